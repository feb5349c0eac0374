"""`accord migrate`: Django's own, and what the product ships put into an organisation that is still empty."""

from typing import Any

from django.conf import settings
from django.core.management.commands import migrate
from django.utils.module_loading import import_string


class Command(migrate.Command):
    """Brings the database up to date and fills in what is shipped."""

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if options["app_label"] is None:
            for name in settings.ACCORD_INSTALL:
                import_string(name)()
