"""The tree: known roots, proofs for every leaf and every beginning, and none for anything else."""

import hashlib

from hypothesis import given, settings
from hypothesis import strategies as st

from accord.domain.transparency.tree import (
    EMPTY,
    Edge,
    consistency_path,
    inclusion_path,
    is_consistent,
    leaf_hash,
    node_hash,
    root_of_path,
)

# The leaves and roots of the reference log of RFC 6962's own implementations.
LEAVES = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


class Log:
    """A log in memory that keeps every complete subtree, as the real one does on the disk."""

    def __init__(self, leaves: list[bytes]) -> None:
        self.edge, self.nodes, self.roots = Edge(), {}, [EMPTY]
        for place, record in enumerate(leaves):
            self.nodes[0, place] = leaf_hash(record)
            self.nodes |= {(level, place): digest for level, place, digest in self.edge.append(self.nodes[0, place])}
            self.roots.append(self.edge.root)

    def subtree(self, level: int, place: int) -> bytes:
        return self.nodes[level, place]


def by_definition(leaves: list[bytes]) -> bytes:
    """RFC 6962, 2.1, as it is written there."""
    if len(leaves) < 2:
        return leaf_hash(leaves[0]) if leaves else hashlib.sha256().digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(by_definition(leaves[:split]), by_definition(leaves[split:]))


def test_the_roots_are_those_of_the_standard() -> None:
    assert [root.hex() for root in Log(LEAVES).roots[1:]] == ROOTS


@given(st.integers(0, 70))
@settings(max_examples=40, deadline=None)
def test_growing_by_the_edge_is_the_definition(size: int) -> None:
    leaves = [bytes([place]) for place in range(size)]
    log = Log(leaves)
    assert log.edge.root == by_definition(leaves)
    assert Edge.of(size, log.subtree).peaks == log.edge.peaks


def test_every_leaf_of_every_size_has_a_proof_that_fits_nothing_else() -> None:
    log = Log([bytes([place]) for place in range(33)])
    for size in range(1, 34):
        for index in range(size):
            path = inclusion_path(index, size, log.subtree)
            leaf = log.nodes[0, index]
            assert root_of_path(index, size, leaf, path) == log.roots[size]
            assert root_of_path(index, size, leaf_hash(b"forged"), path) != log.roots[size]
            assert root_of_path((index + 1) % size, size, leaf, path) != log.roots[size] or size == 1
            assert root_of_path(index, size, leaf, [*path, leaf]) is None
            assert not path or root_of_path(index, size, leaf, path[:-1]) != log.roots[size]


def test_every_beginning_has_a_proof_and_no_other_log_has() -> None:
    log = Log([bytes([place]) for place in range(33)])
    other = Log([bytes([place ^ 1]) for place in range(33)])
    for new in range(1, 34):
        for old in range(1, new + 1):
            path = consistency_path(old, new, log.subtree)
            assert is_consistent(old, new, log.roots[old], log.roots[new], path)
            assert not is_consistent(old, new, other.roots[old], log.roots[new], path)
            assert not is_consistent(old, new, log.roots[old], other.roots[new], path)
            assert not is_consistent(old, new, log.roots[old], log.roots[new], [*path, b"\0" * 32])
            assert not path or not is_consistent(old, new, log.roots[old], log.roots[new], path[:-1])
