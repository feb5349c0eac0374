"""The way a flow would take for what is filled in so far, with the people it would ask."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from copy import copy
from dataclasses import dataclass

from accord.domain.flow_graph import By, Kind, Node
from accord.people.models import Employee
from accord.workflow.models import FlowInstance, FlowVersion, FormFill
from accord.workflow.queries.checking import sound
from accord.workflow.queries.flow_outline import flow_outline, kind_label, sentences, text_in_language
from accord.workflow.services.flows.graphs import graph_of
from accord.workflow.services.flows.people import Finder
from accord.workflow.services.flows.values import condition_values


@dataclass(frozen=True)
class Stop:
    """One node on the way. `rule` says in words how its people are found, for where nobody is found yet."""

    name: str
    kind: Kind
    people: Sequence[str]
    rule: str


@dataclass(frozen=True)
class Choice:
    """A node whose people the starter chooses; one that stands in a fork may be left out."""

    key: str
    name: str
    least: int
    most: int | None
    is_on_every_way: bool


def choices_of(version: FlowVersion) -> list[Choice]:
    """The nodes at which the starter chooses, in the order of reading."""
    graph, found = graph_of(version), []
    for node in graph.walk():
        rule = next((rule for rule in node.approvers if rule.by == By.CHOSEN), None)
        if rule:
            found.append(Choice(node.key, _name(node), rule.least, rule.most, node in graph.nodes))
    return found


def flow_preview(
    version: FlowVersion,
    starter: Employee,
    fill: FormFill | None = None,
    chosen: Mapping[str, Sequence[int]] | None = None,
) -> list[Stop]:
    """The nodes after the start in their order, forks decided by what is filled in now."""
    graph = graph_of(version)
    instance = FlowInstance(version=version, starter=starter, person=starter, chosen=dict(chosen or {}))
    if fill is not None:
        # A draft also keeps what is half typed; conditions see what a form can work with.
        instance.fill = copy(fill)
        instance.fill.answers = sound(fill.version, fill.answers)
    finder, rules = Finder(instance), sentences(flow_outline(version.body))
    way: list[tuple[Node, Sequence[int]]] = []
    node: Node | None = graph.start
    while node is not None:
        names = graph.names_after(node.key)
        node = graph.following(node.key, condition_values(instance, names) if names else {}).node
        if node is not None:
            way.append((node, finder.asked(node).people if node.approvers else ()))
    known = _names({key for _node, people in way for key in people})
    return [_stop(node, [known[key] for key in people if key in known], rules) for node, people in way]


def _stop(node: Node, people: Sequence[str], rules: Mapping[str, str]) -> Stop:
    return Stop(_name(node), node.kind, people, "" if people else rules.get(node.key, ""))


def _name(node: Node) -> str:
    return text_in_language(node.name.as_json()) if node.name else kind_label(node.kind)


def _names(keys: Collection[int]) -> dict[int, str]:
    return dict(Employee.objects.filter(pk__in=keys).values_list("pk", "name"))
