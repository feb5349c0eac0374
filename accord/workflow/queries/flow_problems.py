"""What is wrong with a flow, each problem with the card of the designer it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accord.domain.flow_graph import FlowError, FlowGraph, Problem, read_flow
from accord.foundation.language import readers_language
from accord.people.models import RoleGrant
from accord.workflow.models import Flow
from accord.workflow.queries.flow_names import field_keys, form_of, steps_of
from accord.workflow.queries.flow_outline import flow_outline, kind_label, sentences, text_in_language

_NAME_FIRST = re.compile(r"^(「[^」]*」[的中]?|“[^”]*”:? )")


@dataclass(frozen=True)
class PartProblem:
    """A sentence about one part: a node by its key, a branch by `<fork>/<branch>`, "" for the whole."""

    part: str
    name: str
    text: str


def graph_of(flow: Flow, body: object) -> FlowGraph:
    """The flow that `body` says, checked against its form and the roles there are. Raises FlowError."""
    form = form_of(flow)
    return read_flow(
        body,
        form_steps=[key for key, _label in steps_of(form)],
        form_fields=field_keys(form) if flow.form_id else None,
        roles=RoleGrant.Role.values,
    )


def problems_of(flow: Flow, body: object) -> list[PartProblem]:
    """Every problem of a body, in the order of the flow."""
    try:
        graph_of(flow, body)
    except FlowError as error:
        order = {part: at for at, part in enumerate(sentences(flow_outline(body)))}
        told = dict.fromkeys(_told(error.problems, body))
        return sorted(told, key=lambda problem: order.get(problem.part, -1))
    return []


def _told(problems: tuple[Problem, ...], body: object) -> Iterator[PartProblem]:
    waiting = [part for part, _name in _branches_without_condition(body)]
    for part, name in _branches_without_condition(body):
        yield PartProblem(part, name or _("Branch"), _("This branch has no condition yet."))
    for problem in problems:
        # A branch that waits for its condition is no otherwise; what stands behind it will be reached.
        if problem.code == "after_otherwise" and waiting:
            continue
        part, name = part_at(body, problem.place)
        text = problem.explain(readers_language())
        yield PartProblem(part, name, _beside_the_name(text) if part else text)


def _beside_the_name(text: str) -> str:
    """The sentence without the name it begins with, for where the name stands beside it."""
    rest = _NAME_FIRST.sub("", text)
    return rest[:1].upper() + rest[1:]


def part_at(body: object, place: str) -> tuple[str, str]:
    """The id and name of the innermost part that a place such as `nodes.2.branches.0.when` lies in."""
    at, fork, found = body, "", ("", "")
    for step in place.split("."):
        at = _into(at, step)
        key = at.get("key") if isinstance(at, dict) else None
        if not isinstance(at, dict) or not isinstance(key, str):
            continue
        name = text_in_language(at.get("name"))
        if "kind" in at:
            fork, found = key, (key, name or kind_label(str(at["kind"])))
        else:
            found = (f"{fork}/{key}", name or _("Branch"))
    return found


def _into(at: object, step: str) -> object:
    if isinstance(at, dict):
        return at.get(step)
    if isinstance(at, list) and step.isdigit() and int(step) < len(at):
        return at[int(step)]
    return None


def _branches_without_condition(body: object) -> Iterator[tuple[str, str]]:
    nodes = body.get("nodes") if isinstance(body, dict) else None
    for node in nodes if isinstance(nodes, list) else ():
        branches = node.get("branches") if isinstance(node, dict) else None
        sound = [each for each in branches if isinstance(each, dict)] if isinstance(branches, list) else []
        for at, branch in enumerate(sound):
            if at < len(sound) - 1 and not branch.get("when"):
                yield f"{node.get('key')}/{branch.get('key')}", text_in_language(branch.get("name"))
            yield from _branches_without_condition(branch)
