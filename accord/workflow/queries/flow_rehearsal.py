"""A dry run: the way a flow would take for somebody, and who would be asked. Nothing is written and nobody is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accord.domain.expressions import Value
from accord.domain.flow_graph import Arm, FlowError, FlowGraph, Kind, Node, Then
from accord.foundation.language import readers_language
from accord.people.models import Employee
from accord.workflow.errors.flow_design import FlowNotReady
from accord.workflow.models import Flow, FlowInstance
from accord.workflow.queries.flow_names import form_of, labels_of, names_in_conditions
from accord.workflow.queries.flow_outline import flow_outline, listed, sentences
from accord.workflow.queries.flow_problems import graph_of, problems_of
from accord.workflow.services.flows.people import Finder

SHOWN = 12


@dataclass(frozen=True)
class RehearsedStep:
    """One place on the way. `number` counts the nodes; a branch that is taken has none."""

    part: str
    kind: str
    name: str
    number: int | None = None
    who: str = ""
    note: str = ""


@dataclass(frozen=True)
class Rehearsal:
    """The way from the start to the end, and how it ends."""

    way: tuple[RehearsedStep, ...]
    ending: str

    def as_json(self) -> dict[str, Any]:
        """For the designer: `id` is the card a step belongs to."""
        way = [
            {"id": s.part, "kind": s.kind, "name": s.name, "place": s.number, "who": s.who, "note": s.note}
            for s in self.way
        ]
        return {"way": way, "ending": self.ending}


def rehearse(
    flow: Flow, body: dict[str, Any], starter: Employee, person: Employee, raw: Mapping[str, Any]
) -> Rehearsal:
    """Walk `body` as it is on the canvas, for `person`, with the values that were typed in. Raises FlowNotReady."""
    try:
        graph = graph_of(flow, body)
    except FlowError as error:
        problem = problems_of(flow, body)[0]
        raise FlowNotReady(name=problem.name or flow.name, problem=problem.text) from error
    walk = _Walk(flow, body, graph, starter, person)
    way = tuple(walk.steps(_values(flow, starter, person, raw)))
    if way and way[-1].note == walk.refused:
        return Rehearsal(way, _("It ends here: rejected, because nobody is found."))
    return Rehearsal(way, _("Then the flow is finished."))


class _Walk:
    """One dry run, with the people of each node looked up as the engine would."""

    refused = "refused"

    def __init__(self, flow: Flow, body: object, graph: FlowGraph, starter: Employee, person: Employee) -> None:
        names = names_in_conditions(form_of(flow))
        self.sentences = sentences(flow_outline(body, labels_of(names)))
        self.graph, self.starter = graph, starter
        self.finder = Finder(FlowInstance(starter=starter, person=person))

    def steps(self, values: Mapping[str, Value]) -> Iterator[RehearsedStep]:
        """Every node in turn, and every branch that is taken on the way."""
        node: Node | None = self.graph.start
        number = 0
        while node is not None:
            number += 1
            step = self.step(node, number)
            yield step
            if step.note == self.refused:
                return
            onward = self.graph.following(node.key, values)
            yield from (self.branch(fork, arm) for fork, arm in onward.taken.items())
            node = onward.node

    def step(self, node: Node, number: int) -> RehearsedStep:
        who, note = self.people(node)
        return RehearsedStep(node.key, node.kind, node.say(readers_language()), number, who, note)

    def branch(self, fork_key: str, arm_key: str) -> RehearsedStep:
        fork = self.graph.node(fork_key)
        arm: Arm = next(arm for arm in fork.arms if arm.key == arm_key)
        name = arm.name.say(readers_language()) if arm.name else _("Branch")
        part = f"{fork_key}/{arm_key}"
        return RehearsedStep(part, "condition", name, who=self.sentences.get(part, ""))

    def people(self, node: Node) -> tuple[str, str]:
        """Who is asked at a node, and what has to be said about it."""
        if node.kind == Kind.START:
            return self.starter.name, ""
        if node.kind == Kind.WAIT:
            return ngettext("%(days)s day", "%(days)s days", node.days) % {"days": node.days}, ""
        found = self.finder.asked(node).people
        if found:
            return _named(found), self.sentences.get(node.key, "")
        if any(rule.by == "chosen" for rule in node.approvers):
            return _("Chosen by whoever starts it"), ""
        return self.nobody(node)

    def nobody(self, node: Node) -> tuple[str, str]:
        if not node.asks:
            return _("Nobody is found; nobody is told."), ""
        if node.empty.then == Then.PASS:
            return _("Nobody is found; the step is passed over."), ""
        if node.empty.then == Then.REFUSE:
            return _("Nobody is found."), self.refused
        return _named(self.finder.instead(node)), _("Nobody is found by the rules, so these stand in.")


def _named(keys: tuple[int, ...]) -> str:
    names = dict(Employee.objects.filter(pk__in=keys).values_list("pk", "name"))
    shown = listed([names[key] for key in keys[:SHOWN] if key in names])
    more = len(keys) - SHOWN
    if more <= 0:
        return shown
    return ngettext("%(names)s and %(more)s more", "%(names)s and %(more)s more", more) % {"names": shown, "more": more}


def _values(flow: Flow, starter: Employee, person: Employee, raw: Mapping[str, Any]) -> dict[str, Value]:
    """What conditions are answered from: what was typed in, as the kind of its field, and facts about the people."""
    kinds = {name.name: name.kind for name in names_in_conditions(form_of(flow))}
    values = {name: _read(kinds[name], text) for name, text in raw.items() if name in kinds}
    for who, one in (("person", person), ("starter", starter)):
        values[f"{who}.position"] = one.position.name
        values[f"{who}.org_unit"] = one.org_unit.path
        values[f"{who}.employee_no"] = one.employee_no
    return values


def _read(kind: str, text: object) -> Value:
    """A value as its field would hold it; what cannot be read is empty, as in a form that was not filled in."""
    said = str(text).strip()[:2000] if isinstance(text, str | int | float) else ""
    if not said:
        return None
    try:
        if kind == "number":
            return Decimal(said)
        if kind == "date":
            return date.fromisoformat(said)
    except (InvalidOperation, ValueError):
        return None
    return [said] if kind == "list" else said
