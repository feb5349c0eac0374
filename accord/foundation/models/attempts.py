"""How often somebody tried something lately."""

from django.db import models


class AttemptCount(models.Model):
    """Attempts of one subject in one stretch of time that ends at `until`. `key` is a keyed hash, never what was typed.

    A row of its own makes the count exact for all web processes at once: it only ever grows by one conditional UPDATE.
    """

    key = models.CharField(max_length=64)
    until = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "attempt_counts"
        constraints = [models.UniqueConstraint(fields=["key", "until"], name="one_count_per_stretch")]
        indexes = [models.Index(fields=["until"], name="attempt_counts_until")]

    def __str__(self) -> str:
        return f"{self.count} until {self.until}"
