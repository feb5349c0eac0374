from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class FoundationConfig(AppConfig):
    name = "accord.foundation"
    label = "foundation"

    def ready(self) -> None:
        autodiscover_modules("checks")
