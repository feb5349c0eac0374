"""Starting a flow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from accord.domain.flow_graph import By, FlowGraph
from accord.people.models import Employee
from accord.workflow.errors.flows import ChoiceMissing, FlowNotPublished
from accord.workflow.models import FlowAct, FlowInstance, FlowVersion, FormFill
from accord.workflow.services.flows.change import Change
from accord.workflow.services.flows.graphs import graph_of
from accord.workflow.services.flows.laying_out import save
from accord.workflow.services.flows.people import working
from accord.workflow.services.flows.walking import go_on


@transaction.atomic
def start(
    version: FlowVersion,
    starter: Employee,
    *,
    person: Employee | None = None,
    title: str,
    subject: str = "",
    url: str = "",
    fill: FormFill | None = None,
    values: Mapping[str, Any] | None = None,
    chosen: Mapping[str, Sequence[int]] | None = None,
) -> FlowInstance:
    """Start an instance on a published `version`, which it keeps, and walk to the first node where somebody has to act.

    `person` is whom it is about (the starter). `fill` is the form that was filled in; `values` are plain values that
    conditions may ask for beside its answers; `chosen` are keys of employees by node key, where the starter chooses.
    Raises FlowNotPublished or ChoiceMissing.
    """
    if version.state != FlowVersion.State.PUBLISHED:
        raise FlowNotPublished
    instance = FlowInstance(
        version=version,
        title=title[:200],
        starter=starter,
        person=person or starter,
        subject=subject,
        url=url,
        fill=fill,
        values=dict(values or {}),
        chosen=_chosen(graph_of(version), chosen or {}),
        round=1,
    )
    change = Change(instance, starter)
    start_node = change.graph.start
    change.move(node_key=start_node.key)
    change.note(FlowAct.Kind.STARTED)
    go_on(change, start_node)
    save(change)
    return instance


def _chosen(graph: FlowGraph, chosen: Mapping[str, Sequence[int]]) -> dict[str, list[int]]:
    """Whom the starter chose, where they may; a choice on a way that may not be taken can be left out."""
    kept: dict[str, list[int]] = {}
    at_the_top = {node.key for node in graph.nodes}
    for node in graph.walk():
        rule = next((rule for rule in node.approvers if rule.by == By.CHOSEN), None)
        if rule is None or (node.key not in chosen and node.key not in at_the_top):
            continue
        people, most = working(list(chosen.get(node.key, ()))), rule.most or len(chosen.get(node.key, ())) or rule.least
        if not rule.least <= len(people) <= most:
            raise ChoiceMissing(node=node.say("zh-hans"), least=rule.least, most=most)
        kept[node.key] = people
    return kept
