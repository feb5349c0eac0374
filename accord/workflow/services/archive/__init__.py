"""Keeping facts in the archive."""
