"""The archive: facts nobody can change afterwards without being noticed. The database refuses to change its rows.

An entry is what an app kept; once it is sealed, `ArchiveRecord` holds the same fact as the bytes that the log proves.
"""

from __future__ import annotations

from django.db import models

from accord.people.models import Employee


class ArchiveEntry(models.Model):
    """A fact on its way into the log, written in the transaction of whatever it is about; the sealer numbers it.

    `commit` is SHA-256(salt ‖ payload); salt and payload lie in ArchivePayload, so that a person's can be erased while
    the log stays whole. `actor` is a pseudonym. `seq` is given once, at sealing: ids are no order of commits.
    """

    seq = models.BigIntegerField(null=True, unique=True)
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=80, blank=True)
    actor = models.CharField(max_length=32, blank=True)
    at = models.DateTimeField()
    commit = models.CharField(max_length=64)

    class Meta:
        db_table = "archive_entries"
        indexes = [
            models.Index(fields=["subject", "-seq"], name="archive_entries_subject"),
            models.Index(fields=["kind", "-seq"], name="archive_entries_kind"),
            models.Index(fields=["at"], name="archive_entries_at"),
            models.Index(fields=["id"], condition=models.Q(seq=None), name="archive_entries_unsealed"),
        ]

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


class ArchivePseudonym(models.Model):
    """By what name the log knows a person. Deleting the row makes them nobody there."""

    employee = models.OneToOneField(Employee, primary_key=True, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=32, unique=True)

    class Meta:
        db_table = "archive_pseudonyms"

    def __str__(self) -> str:
        return self.name


class ArchiveAbout(models.Model):
    """Whose personal data the payload of an entry holds, so that it can be found when they ask for erasure."""

    entry = models.ForeignKey(ArchiveEntry, on_delete=models.CASCADE, related_name="about")
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")

    class Meta:
        db_table = "archive_about"
        constraints = [models.UniqueConstraint(fields=["employee", "entry"], name="one_archive_about_per_person")]

    def __str__(self) -> str:
        return f"{self.entry_id} about {self.employee_id}"


class ArchiveErasure(models.Model):
    """The payload of `entry` is to be erased, as the record of `announced_by` says. Only then can it be deleted."""

    entry = models.OneToOneField(ArchiveEntry, primary_key=True, on_delete=models.PROTECT, related_name="erasure")
    announced_by = models.ForeignKey(ArchiveEntry, on_delete=models.PROTECT, related_name="erases")

    class Meta:
        db_table = "archive_erasures"

    def __str__(self) -> str:
        return f"erasure of {self.entry_id}"


class ArchiveRecord(models.Model):
    """A sealed fact: number `seq` of the log, exactly the bytes that were hashed, and the hash of the leaf."""

    seq = models.BigIntegerField(primary_key=True)
    record = models.TextField()
    leaf = models.BinaryField(max_length=32)

    class Meta:
        db_table = "archive_records"

    def __str__(self) -> str:
        return f"record {self.seq}"


class ArchiveNode(models.Model):
    """A complete subtree of 256 ** (level / 8) leaves. Levels between are hashed from these when a proof needs them."""

    level = models.PositiveSmallIntegerField()
    place = models.BigIntegerField()
    digest = models.BinaryField(max_length=32)

    class Meta:
        db_table = "archive_nodes"
        constraints = [models.UniqueConstraint(fields=["level", "place"], name="one_archive_node_per_place")]

    def __str__(self) -> str:
        return f"node {self.level}/{self.place}"


class ArchiveKey(models.Model):
    """A key that signs or signed heads. Only its public half is here. `place` counts from 1.

    All but the first were announced by a record, signed by the key before and by themselves.
    """

    place = models.PositiveSmallIntegerField(primary_key=True)
    key = models.CharField(max_length=32, unique=True)
    public = models.CharField(max_length=64)
    statement = models.TextField()
    announced_by = models.OneToOneField(ArchiveEntry, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        db_table = "archive_keys"

    def __str__(self) -> str:
        return self.key


class ArchiveHead(models.Model):
    """What the log was after a round of sealing: `head` is the signed statement, as one line of canonical JSON.

    `previous` is the digest of the head before. It and `size` are unique: two sealers cannot make two histories.
    """

    size = models.BigIntegerField(primary_key=True)
    previous = models.CharField(max_length=64, unique=True)
    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(db_index=True)
    head = models.TextField()

    class Meta:
        db_table = "archive_heads"

    def __str__(self) -> str:
        return f"head of {self.size}"


class ArchiveWitnessing(models.Model):
    """A head was sent to people outside. `day` is the organisation's: one a day is enough."""

    day = models.DateField(primary_key=True)
    head = models.ForeignKey(ArchiveHead, on_delete=models.PROTECT, related_name="witnessings")
    addresses = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        db_table = "archive_witnessings"

    def __str__(self) -> str:
        return f"{self.day}: {self.head_id}"


class ArchiveCheck(models.Model):
    """The whole log was checked: up to which size, how long it took, and what was found (nothing: all is well)."""

    at = models.DateTimeField()
    size = models.BigIntegerField()
    seconds = models.FloatField()
    faults = models.JSONField(default=list)

    class Meta:
        db_table = "archive_checks"

    def __str__(self) -> str:
        return f"check of {self.size} at {self.at}"
