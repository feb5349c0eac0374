"""The proof that a record is in the log, for people and as a receipt to take along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from accord.domain.transparency.records import VERSION
from accord.domain.transparency.tree import inclusion_path, inclusion_ranges, root_of_path
from accord.workflow.models import ArchiveEntry, ArchiveHead, ArchiveRecord
from accord.workflow.queries.archive.lines import key_lines
from accord.workflow.queries.archive.tree import StoredTree


@dataclass(frozen=True)
class Step:
    """One hash of a proof: that of the records from `first` to `last`, put to the left or to the right."""

    digest: str
    first: int
    last: int
    is_left: bool


@dataclass(frozen=True)
class Proof:
    """How the record `seq` leads to a head. `holds` says whether it really does, reckoned anew."""

    seq: int
    record: str
    leaf: str
    steps: tuple[Step, ...]
    head: ArchiveHead
    root: str
    holds: bool


def proof_of(record: ArchiveRecord, head: ArchiveHead | None = None) -> Proof:
    """The proof of a record under a head, without one under the newest. A handful of queries at any size."""
    head = head or ArchiveHead.objects.latest("size")
    index, leaf = record.seq - 1, bytes(record.leaf)
    path = inclusion_path(index, head.size, StoredTree().subtree)
    root = root_of_path(index, head.size, leaf, path)
    ranges = inclusion_ranges(index, head.size)
    steps = (
        Step(digest.hex(), start + 1, end, is_left=end <= index)
        for digest, (start, end) in zip(path, ranges, strict=True)
    )
    shown = root.hex() if root else ""
    return Proof(record.seq, record.record, leaf.hex(), tuple(steps), head, shown, f'"root":"{shown}"' in head.head)


def receipt_of(entry: ArchiveEntry) -> dict[str, Any] | None:
    """What somebody can take along and hold against any later export; None while the entry is not sealed."""
    if entry.seq is None:
        return None
    proof = proof_of(ArchiveRecord.objects.get(seq=entry.seq))
    return {
        "v": VERSION,
        "seq": proof.seq,
        "record": proof.record,
        "leaf": proof.leaf,
        "path": [step.digest for step in proof.steps],
        "head": proof.head.head,
        "keys": [line.decode().rstrip("\n") for line in key_lines(proof.head.size)],
    }
