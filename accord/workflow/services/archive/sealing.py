"""The sealer: gives facts their numbers, hashes them into the tree and signs a head over the whole log.

Any number of sealers may run. A round is one transaction that writes its head first. No two heads can name the same one
before them, so of two rounds at once one gets through and the other, having changed nothing, is over. Entries are found
by having no number, never by an id above the last one's: on PostgreSQL a lower id may be committed later.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import IntegrityError, connection
from django.utils import timezone

from accord.domain.transparency.heads import Head, digest_of_head
from accord.domain.transparency.records import bears_out, moment, record_text
from accord.domain.transparency.tree import Edge, leaf_hash
from accord.workflow.models import ArchiveEntry, ArchiveHead, ArchiveNode
from accord.workflow.queries.archive.tree import TILE_LEVELS, StoredTree
from accord.workflow.services.archive.durability import durable
from accord.workflow.services.archive.keys import first_key, key_in_force, private_half

ROUND = 2_000
"""As many entries are sealed in one transaction: some tens of milliseconds."""


class _Fact(NamedTuple):
    id: int
    at: datetime
    actor: str
    kind: str
    subject: str
    commit: str


def seal() -> int:
    """Seal everything that waits; return how much that was. Raises KeyMissing where the key is not on this machine."""
    log = first_key().key
    total = 0
    while count := seal_round(log):
        total += count
    return total


def seal_round(log: str) -> int:
    """Seal up to ROUND entries; 0 where nothing waits or another sealer was quicker."""
    before = _newest()
    try:
        with durable():
            return _seal_waiting(log)
    except IntegrityError:
        if _newest() == before:
            raise
        return 0


def _seal_waiting(log: str) -> int:
    # The head is read before the entries: a round that another one overtakes in between then fails on its own head.
    newest = ArchiveHead.objects.order_by("-size").first()
    waiting = ArchiveEntry.objects.filter(seq=None).order_by("id")[:ROUND]
    facts = [_Fact(*row) for row in waiting.values_list(*_Fact._fields)]
    if not facts:
        return 0
    now = timezone.now()
    # A clock that was set back makes no head older than the one before.
    at = max(now, newest.at) if newest else now
    start = newest.size if newest else 0
    records = _records(log, facts, start, newest.at if newest else None, at)
    edge = Edge.of(start, StoredTree().subtree)
    leaves = [leaf_hash(record.encode()) for record in records]
    completed = [node for leaf in leaves for node in edge.append(leaf)]
    _sign(log, edge, newest, at, {fact.id for fact in facts})
    _store(start + 1, facts, records, leaves)
    ArchiveNode.objects.bulk_create(
        ArchiveNode(level=level, place=place, digest=digest)
        for level, place, digest in completed
        if not level % TILE_LEVELS
    )
    return len(facts)


def _records(log: str, facts: Sequence[_Fact], start: int, before: datetime | None, at: datetime) -> list[str]:
    return [
        record_text(
            log=log,
            seq=seq,
            at=fact.at,
            actor=fact.actor,
            kind=fact.kind,
            subject=fact.subject,
            commit=fact.commit,
            is_late=not bears_out(fact.at, before, at),
        )
        for seq, fact in enumerate(facts, start + 1)
    ]


def _sign(log: str, edge: Edge, newest: ArchiveHead | None, at: datetime, sealing: set[int]) -> None:
    key = key_in_force(sealing)
    previous = newest.digest if newest else "0" * 64
    head = Head(log=log, size=edge.size, root=edge.root.hex(), at=moment(at), previous=previous, key=key.key)
    line = head.signed(private_half(key))
    ArchiveHead.objects.create(size=edge.size, previous=previous, digest=digest_of_head(line), at=at, head=line)


def _store(first: int, facts: Sequence[_Fact], records: Sequence[str], leaves: Sequence[bytes]) -> None:
    numbers = [(seq, fact.id) for seq, fact in enumerate(facts, first)]
    rows = [(seq, *row) for seq, row in enumerate(zip(records, leaves, strict=True), first)]
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE archive_entries SET seq = %s WHERE id = %s", numbers)
        cursor.executemany("INSERT INTO archive_records (seq, record, leaf) VALUES (%s, %s, %s)", rows)


def _newest() -> int:
    return ArchiveHead.objects.order_by("-size").values_list("size", flat=True).first() or 0
