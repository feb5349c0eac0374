"""The sealer: gives facts their numbers, hashes them into the tree and signs a head over the whole log.

Any number of sealers may run. A round is one transaction whose rows are all unique (number, head, head before), so of
two at once one gets through and the other changes nothing. Entries are found by having no number, never by an id higher
than the last one's: on PostgreSQL a transaction with a lower id may commit later.
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
    waiting = ArchiveEntry.objects.filter(seq=None).order_by("id")[:ROUND]
    facts = [_Fact(*row) for row in waiting.values_list(*_Fact._fields)]
    if not facts:
        return 0
    newest = ArchiveHead.objects.order_by("-size").first()
    now = timezone.now()
    # A clock that was set back makes no head older than the one before.
    at = max(now, newest.at) if newest else now
    edge = _append(log, facts, newest, at)
    _sign(log, edge, newest, at)
    return len(facts)


def _append(log: str, facts: Sequence[_Fact], newest: ArchiveHead | None, at: datetime) -> Edge:
    edge = Edge.of(newest.size if newest else 0, StoredTree().subtree)
    numbers, records, nodes = [], [], []
    for seq, fact in enumerate(facts, edge.size + 1):
        is_late = not bears_out(fact.at, newest.at if newest else None, at)
        text = record_text(
            log=log,
            seq=seq,
            at=fact.at,
            actor=fact.actor,
            kind=fact.kind,
            subject=fact.subject,
            commit=fact.commit,
            is_late=is_late,
        )
        leaf = leaf_hash(text.encode())
        completed = edge.append(leaf)
        nodes += [(level, place, digest) for level, place, digest in completed if not level % TILE_LEVELS]
        numbers.append((seq, fact.id))
        records.append((seq, text, leaf))
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE archive_entries SET seq = %s WHERE id = %s", numbers)
        cursor.executemany("INSERT INTO archive_records (seq, record, leaf) VALUES (%s, %s, %s)", records)
    ArchiveNode.objects.bulk_create(ArchiveNode(level=n[0], place=n[1], digest=n[2]) for n in nodes)
    return edge


def _sign(log: str, edge: Edge, newest: ArchiveHead | None, at: datetime) -> None:
    key = key_in_force()
    previous = newest.digest if newest else "0" * 64
    head = Head(log=log, size=edge.size, root=edge.root.hex(), at=moment(at), previous=previous, key=key.key)
    line = head.signed(private_half(key))
    ArchiveHead.objects.create(size=edge.size, previous=previous, digest=digest_of_head(line), at=at, head=line)


def _newest() -> int:
    return ArchiveHead.objects.order_by("-size").values_list("size", flat=True).first() or 0
