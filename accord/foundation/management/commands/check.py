"""`accord check`: Django's checks, and whether this installation is fit to run."""

from typing import Any

from django.core import checks
from django.core.management.commands import check

from accord.foundation.checks import FITNESS


class Command(check.Command):
    """Says what is wrong and what to do; exits with 1 where something must be mended."""

    help = "Tell what is wrong with this installation and what to do about it."

    def handle(self, *app_labels: Any, **options: Any) -> None:
        if app_labels or options["tags"] or options["list_tags"]:
            super().handle(*app_labels, **options)
            return
        level = getattr(checks, options["fail_level"])
        self.check(include_deployment_checks=options["deploy"], fail_level=level, databases=options["databases"])
        self.check(tags=[FITNESS], display_num_errors=True, include_deployment_checks=True, fail_level=level)
