from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "accord.foundation"
    label = "foundation"
