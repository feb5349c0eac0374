"""Composition root: tables only, imported by nobody. Apps reach them by the dotted names in the settings."""
