"""The tree as it is stored: the leaves with their records, and the hash of every 256th, 65,536th, … of them."""

from __future__ import annotations

from accord.domain.transparency.tree import Digest, node_hash
from accord.workflow.models import ArchiveNode, ArchiveRecord

TILE_LEVELS = 8
"""How many levels are hashed again rather than stored: a tile of 256 hashes is one short range of rows."""

_TILE = 1 << TILE_LEVELS


class StoredTree:
    """Complete subtrees by level and place. Every tile is read once, so a proof costs a few queries at any size."""

    def __init__(self) -> None:
        self._tiles: dict[tuple[int, int], list[Digest]] = {}

    def subtree(self, level: int, place: int) -> Digest:
        """The hash of a complete subtree. Raises LookupError where the log is too short for it."""
        base = level // TILE_LEVELS * TILE_LEVELS
        count = 1 << (level - base)
        tile, start = divmod(place * count, _TILE)
        hashes = self._tile(base, tile)[start : start + count]
        if len(hashes) < count:
            raise LookupError(f"the log has no complete subtree {level}/{place}")
        while len(hashes) > 1:
            hashes = [node_hash(left, right) for left, right in zip(hashes[::2], hashes[1::2], strict=True)]
        return hashes[0]

    def _tile(self, base: int, tile: int) -> list[Digest]:
        if (base, tile) not in self._tiles:
            self._tiles[base, tile] = [bytes(digest) for digest in _stored(base, tile * _TILE)]
        return self._tiles[base, tile]


def _stored(level: int, start: int) -> list[bytes | memoryview]:
    if level == 0:
        rows = ArchiveRecord.objects.filter(seq__gt=start, seq__lte=start + _TILE).order_by("seq")
        return list(rows.values_list("leaf", flat=True))
    nodes = ArchiveNode.objects.filter(level=level, place__gte=start, place__lt=start + _TILE).order_by("place")
    return list(nodes.values_list("digest", flat=True))
