"""The archive: facts nobody can change afterwards without being noticed."""

from __future__ import annotations

from django.db import models


class ArchiveEntry(models.Model):
    """A fact on its way into the log, written in the transaction of whatever it is about; the sealer numbers it.

    `commit` is SHA-256(salt ‖ payload); salt and payload lie in ArchivePayload, so that a person's can be erased while
    the log stays whole. `actor` is a pseudonym.
    """

    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    actor = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    commit = models.CharField(max_length=64)

    class Meta:
        db_table = "archive_entries"
        indexes = [models.Index(fields=["subject"], name="archive_entries_subject")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class ArchivePayload(models.Model):
    """The content of an entry as canonical JSON, with the salt of its commitment."""

    entry = models.OneToOneField(ArchiveEntry, primary_key=True, on_delete=models.PROTECT, related_name="payload")
    salt = models.CharField(max_length=64)
    payload = models.TextField()

    class Meta:
        db_table = "archive_payloads"

    def __str__(self) -> str:
        return f"payload of {self.entry_id}"
