"""Bringing people in from a file: read, check, plan, store."""

from accord.people.services.people_import.command import import_people

__all__ = ["import_people"]
