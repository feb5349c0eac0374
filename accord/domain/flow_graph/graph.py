"""Walking a flow: what comes after a node, what lay before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from accord.domain.expressions import ExpressionError, Value, holds
from accord.domain.flow_graph.nodes import Arm, Kind, Node


@dataclass(frozen=True, slots=True)
class Onward:
    """The next node that is not a branch (None: the end), and the ways taken on the way: branch key → arm key."""

    node: Node | None
    taken: Mapping[str, str]


@dataclass(frozen=True)
class FlowGraph:
    """A flow that was read. `nodes` is the list at the top; its first is the start."""

    nodes: tuple[Node, ...]
    _by_key: dict[str, Node] = field(init=False, repr=False, compare=False, default_factory=dict)
    # What follows a node whatever was decided before it; the end of an arm leads behind its branch.
    _after: dict[str, Node | None] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._link(self.nodes, None)

    def _link(self, nodes: tuple[Node, ...], behind: Node | None) -> None:
        for node, after in zip(nodes, (*nodes[1:], behind), strict=False):
            self._by_key[node.key], self._after[node.key] = node, after
            for arm in node.arms:
                self._link(arm.nodes, after)

    @property
    def start(self) -> Node:
        """Where it begins."""
        return self.nodes[0]

    def node(self, key: str) -> Node:
        """The node with a key, branches included. Raises KeyError."""
        return self._by_key[key]

    def walk(self) -> Iterator[Node]:
        """Every node, in the order of reading, branches before what is in them."""
        return iter(self._by_key.values())

    def following(self, key: str, values: Mapping[str, Value]) -> Onward:
        """What comes after the node `key`, with branches decided by `values` as they are right now.

        The first arm whose condition holds is taken; one that cannot be answered (a value of the wrong kind) does not
        hold, so the otherwise is always left.
        """
        taken: dict[str, str] = {}
        node = self._after[key]
        while node is not None and node.kind == Kind.BRANCH:
            arm = next(arm for arm in node.arms if _is_taken(arm, values))
            taken[node.key] = arm.key
            node = arm.nodes[0] if arm.nodes else self._after[node.key]
        return Onward(node, taken)

    def names_after(self, key: str) -> frozenset[str]:
        """The names that conditions may ask for on the way from `key` to the next node; empty without a branch."""
        after = self._after[key]
        return self._asked(after) if after is not None else frozenset()

    def _asked(self, node: Node) -> frozenset[str]:
        if node.kind != Kind.BRANCH:
            return frozenset()
        names = {name for arm in node.arms if arm.when for name in arm.when.names}
        for arm in node.arms:
            first = arm.nodes[0] if arm.nodes else self._after[node.key]
            names |= self._asked(first) if first is not None else frozenset()
        return frozenset(names)

    def way(self, taken: Mapping[str, str]) -> Iterator[tuple[Node, Arm | None]]:
        """The nodes from the start as far as they are known, each branch with the arm that was taken.

        A branch that was not decided yet comes last, with None; nothing behind it is told.
        """
        node: Node | None = self.start
        while node is not None:
            arm = next((arm for arm in node.arms if arm.key == taken.get(node.key)), None)
            yield node, arm
            if node.kind == Kind.BRANCH and arm is None:
                return
            node = arm.nodes[0] if arm and arm.nodes else self._after[node.key]

    def earlier(self, key: str, taken: Mapping[str, str]) -> list[Node]:
        """The nodes before `key` on the way that was taken that people may be sent back to, the start first."""
        before: list[Node] = []
        for node, _ in self.way(taken):
            if node.key == key:
                return before
            if node.asks or node.kind == Kind.START:
                before.append(node)
        return []

    def behind(self, branch: Node) -> Node | None:
        """What follows a branch whichever way is taken."""
        return self._after[branch.key]


def _is_taken(arm: Arm, values: Mapping[str, Value]) -> bool:
    try:
        return arm.when is None or holds(arm.when, values)
    except ExpressionError:
        return False
