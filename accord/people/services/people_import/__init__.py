"""Bringing people in from a file: read, check, plan, store."""

from accord.people.services.people_import.columns import COLUMNS
from accord.people.services.people_import.command import import_people

__all__ = ["COLUMNS", "import_people"]
