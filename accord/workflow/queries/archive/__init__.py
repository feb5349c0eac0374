"""Reading the archive."""
