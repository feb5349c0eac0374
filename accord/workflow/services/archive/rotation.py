"""Going over to a new key: the old one says so in a record, and both sign it."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import IntegrityError

from accord.domain.transparency.heads import handing_over
from accord.foundation.services.events import record
from accord.people.models import Employee
from accord.workflow.errors.archive import RotatedElsewhere
from accord.workflow.models import ArchiveKey
from accord.workflow.services.archive import keys
from accord.workflow.services.archive.durability import durable
from accord.workflow.services.archive.keeping import keep
from accord.workflow.services.archive.sealing import seal

CHANGED = "archive.key_changed"


def rotate_key(actor: Employee | None = None) -> ArchiveKey:
    """Make the next key, sign a head with it that covers its announcement, and delete the old private half.

    Raises KeyMissing, or RotatedElsewhere where somebody else did the same at this moment.
    """
    log = keys.first_key().key
    old = ArchiveKey.objects.latest("place")
    private = Ed25519PrivateKey.generate()
    statement = handing_over(log, keys.private_half(old), private)
    made = keys.new_row(private, place=old.place + 1, statement=statement)
    path = keys.write_private_half(made.key, private)
    try:
        with durable():
            made.announced_by = keep(CHANGED, f"archive_keys:{made.place}", {"statement": statement}, actor=actor)
            made.save(force_insert=True)
            record(CHANGED, subject=f"archive_keys:{made.place}", actor=actor.user if actor else None, place=made.place)
    except IntegrityError as error:
        path.unlink()
        raise RotatedElsewhere from error
    seal()
    if keys.key_in_force() == made:
        keys.forget_private_half(old)
    return made
