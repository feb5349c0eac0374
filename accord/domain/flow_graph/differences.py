"""Telling two versions of a flow apart, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from accord.domain.flow_graph.describing import settings_of
from accord.domain.flow_graph.graph import FlowGraph
from accord.domain.flow_graph.nodes import KIND_NAMES, Node
from accord.domain.wording import Language, Text, Wording, shown

SENTENCES: Mapping[str, Wording] = {
    "added": Wording("新增{kind}节点「{node}」。", "The step “{node}” ({kind}) is new."),
    "removed": Wording("删除{kind}节点「{node}」。", "The step “{node}” ({kind}) is gone."),
    "moved": Wording("节点「{node}」换了位置。", "The step “{node}” has moved."),
    "changed": Wording(
        "「{node}」的{setting}由“{before}”改为“{after}”。", "“{node}”: {setting} was “{before}”, is “{after}”."
    ),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs: `code` is a key of SENTENCES, `key` the node's."""

    code: str
    key: str
    values: Mapping[str, object]

    def explain(self, language: Language) -> str:
        """Say it in one sentence."""
        return SENTENCES[self.code].say(language, {name: shown(value, language) for name, value in self.values.items()})


def differences(old: FlowGraph, new: FlowGraph) -> list[Difference]:
    """What changed from `old` to `new`, in the order of the new one, with what is gone at the end."""
    before = {node.key: node for node in old.walk()}
    moved = set(_moved(old, new))
    found: list[Difference] = []
    for node in new.walk():
        was = before.pop(node.key, None)
        if was is None or was.kind != node.kind:
            if was is not None:
                found.append(_about("removed", was))
            found.append(_about("added", node))
            continue
        if node.key in moved:
            found.append(_about("moved", node))
        found += _changes(was, node)
    return [*found, *(_about("removed", node) for node in before.values())]


def _about(code: str, node: Node) -> Difference:
    return Difference(code, node.key, {"node": _called(node), "kind": KIND_NAMES[node.kind]})


def _changes(was: Node, node: Node) -> Iterator[Difference]:
    before, after = settings_of(was), settings_of(node)
    for setting in dict.fromkeys((*after, *before)):
        old, new = before.get(setting, _NOTHING), after.get(setting, _NOTHING)
        if old != new:
            yield Difference(
                "changed", node.key, {"node": _called(node), "setting": setting, "before": old, "after": new}
            )


_NOTHING = Wording("无", "none")


def _called(node: Node) -> Text:
    return node.name or KIND_NAMES[node.kind]


def _moved(old: FlowGraph, new: FlowGraph) -> Iterator[str]:
    """The nodes that are in both and that changed their arm, or their place among those that stayed in it."""
    before, after = _lists(old.nodes, ""), _lists(new.nodes, "")
    where = {key: name for name, keys in before.items() for key in keys}
    for name, keys in after.items():
        yield from (key for key in keys if key in where and where[key] != name)
        stayed = [key for key in keys if where.get(key) == name]
        order = [key for key in before.get(name, []) if key in set(stayed)]
        kept = {
            stayed[at]
            for block in SequenceMatcher(None, order, stayed, autojunk=False).get_matching_blocks()
            for at in range(block.b, block.b + block.size)
        }
        yield from (key for key in stayed if key not in kept)


def _lists(nodes: tuple[Node, ...], name: str) -> dict[str, list[str]]:
    """The keys in each list: that at the top and those of the arms, by the branch and arm they belong to."""
    lists = {name: [node.key for node in nodes]}
    for node in nodes:
        for arm in node.arms:
            lists |= _lists(arm.nodes, f"{node.key}/{arm.key}")
    return lists
