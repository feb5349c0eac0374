"""Periods whose values have left the database."""

from django.db import models


class StoredPeriod(models.Model):
    """A period whose values lie in a file of their own; `digest` is the SHA-256 of the file and stands in the archive.

    Once the file is deleted too, its name is empty and what was in it stays known by its digest alone.
    """

    period = models.IntegerField(unique=True)
    file_name = models.CharField(max_length=100, blank=True)
    digest = models.CharField(max_length=64)
    values = models.PositiveIntegerField()
    revisions = models.PositiveIntegerField()
    stored_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "stored_periods"

    def __str__(self) -> str:
        return f"{self.period}: {self.values}"
