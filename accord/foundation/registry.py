"""Reads the tables of the composition root, which foundation may not import, by their dotted names."""

from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


def table(setting: str) -> Any:
    """Return the table that the setting `setting` names, e.g. `table("ACCORD_REACTIONS")`."""
    return import_string(getattr(settings, setting))
