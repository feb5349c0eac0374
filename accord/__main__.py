"""The `accord` command: Django's commands under the product's own name."""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    """Run one `accord` verb from the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "accord.config.settings")
    if sys.argv[1:2] == ["demo"]:
        # A home of its own, so that the demo company never lies among an organisation's own data.
        os.environ.setdefault("ACCORD_HOME", ".accord-demo")
        os.environ["ACCORD_DEMO"] = "1"
    try:
        _ = settings.INSTALLED_APPS
    except (ImproperlyConfigured, OSError, ValueError) as error:
        sys.exit(f"accord: the settings in the ACCORD_… variables cannot be used: {error}")
    execute_from_command_line(["accord", *sys.argv[1:]])


if __name__ == "__main__":
    main()
