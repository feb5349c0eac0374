"""A Merkle tree as in RFC 6962 and RFC 9162: one hash for a whole log, short proofs for each of its leaves.

A log of n leaves is a tree whose complete subtrees never change as it grows; only its right edge does. So appending
needs the edge alone, and a proof needs complete subtrees, which `Subtree` fetches by level (0: leaves) and place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

Digest = bytes
Subtree = Callable[[int, int], Digest]

EMPTY: Digest = hashlib.sha256().digest()
"""The root of a log without leaves."""


def leaf_hash(record: bytes) -> Digest:
    """The hash of a record. Its prefix differs from a node's, so that no node passes for a record."""
    return hashlib.sha256(b"\0" + record).digest()


def node_hash(left: Digest, right: Digest) -> Digest:
    """The hash over two subtrees."""
    return hashlib.sha256(b"\1" + left + right).digest()


@dataclass
class Edge:
    """The right edge of a growing tree: its complete subtrees from the largest to the smallest."""

    size: int = 0
    peaks: list[Digest] = field(default_factory=list)

    @classmethod
    def of(cls, size: int, subtree: Subtree) -> Edge:
        """The edge of a stored log."""
        places = ((level, (size >> level) - 1) for level in range(size.bit_length() - 1, -1, -1) if size >> level & 1)
        return cls(size, [subtree(level, place) for level, place in places])

    def append(self, leaf: Digest) -> Iterable[tuple[int, int, Digest]]:
        """Add a leaf; yield level, place and hash of every subtree that it completes, smallest first."""
        self.size += 1
        self.peaks.append(leaf)
        completed, level = [], 0
        while not self.size >> level & 1:
            right, left = self.peaks.pop(), self.peaks.pop()
            level += 1
            self.peaks.append(node_hash(left, right))
            completed.append((level, (self.size >> level) - 1, self.peaks[-1]))
        return completed

    @property
    def root(self) -> Digest:
        """The hash of the whole log."""
        if not self.peaks:
            return EMPTY
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = node_hash(peak, root)
        return root


def inclusion_ranges(index: int, size: int) -> list[tuple[int, int]]:
    """Which leaves each step of a proof stands for, from a first up to but without a last, bottom up."""
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not among {size}")
    ranges, start, end = [], 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    return ranges[::-1]


def inclusion_path(index: int, size: int, subtree: Subtree) -> list[Digest]:
    """The hashes that lead from leaf `index` (from 0) to the root of the first `size` leaves, bottom up."""
    return [_range_hash(start, end, subtree) for start, end in inclusion_ranges(index, size)]


def root_of_path(index: int, size: int, leaf: Digest, path: Sequence[Digest]) -> Digest | None:
    """The root that `path` leads to, None where it has not the length it must have (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return None
    place, last, root = index, size - 1, leaf
    for step in path:
        if last == 0:
            return None
        if place & 1 or place == last:
            root = node_hash(step, root)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            root = node_hash(root, step)
        place, last = place >> 1, last >> 1
    return root if last == 0 else None


def consistency_path(old: int, new: int, subtree: Subtree) -> list[Digest]:
    """The hashes that show that the first `old` of `new` leaves are those of an older head (RFC 9162, 2.1.4.1)."""
    if not 0 < old <= new:
        raise ValueError(f"a log of {old} is not the beginning of one of {new}")
    path: list[Digest] = []
    start, end, is_whole = 0, new, True
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(_range_hash(middle, end, subtree))
            end = middle
        else:
            path.append(_range_hash(start, middle, subtree))
            start, is_whole = middle, False
    if not is_whole:
        path.append(_range_hash(start, end, subtree))
    return path[::-1]


def is_consistent(old: int, new: int, old_root: Digest, new_root: Digest, path: Sequence[Digest]) -> bool:
    """Whether `path` shows that the log with `new_root` begins with the one with `old_root` (RFC 9162, 2.1.4.2)."""
    if old == new:
        return not path and old_root == new_root
    if not 0 < old < new or not path:
        return False
    steps = [old_root, *path] if old & (old - 1) == 0 else list(path)
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    first = second = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            first, second = node_hash(step, first), node_hash(step, second)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            second = node_hash(second, step)
        place, last = place >> 1, last >> 1
    return last == 0 and (first, second) == (old_root, new_root)


def _split(count: int) -> int:
    """The largest power of two below `count`."""
    return 1 << (count - 1).bit_length() - 1


def _range_hash(start: int, end: int, subtree: Subtree) -> Digest:
    """The hash over the leaves from `start` up to `end`, where `start` is where a subtree of that size may begin."""
    count = end - start
    if count & (count - 1) == 0:
        level = count.bit_length() - 1
        return subtree(level, start >> level)
    middle = start + _split(count)
    return node_hash(_range_hash(start, middle, subtree), _range_hash(middle, end, subtree))
