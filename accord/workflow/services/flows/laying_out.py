"""The document of a sign node, made of the form once the flow stands there."""

from __future__ import annotations

from datetime import timedelta

from accord.domain.flow_graph import By, Node
from accord.domain.flow_graph.describing import rule_in_words
from accord.people.models import Employee
from accord.workflow.queries.flow_texts import text_of
from accord.workflow.services.documents import make_document
from accord.workflow.services.flows.change import Change


def save(change: Change) -> None:
    """Write a change, and lay out the document of the sign node it came to, if it came to one."""
    change.save()
    if change.to_sign:
        _lay_out(change, change.graph.node(change.to_sign))


def _lay_out(change: Change, node: Node) -> None:
    instance = change.instance
    title, text, content = text_of(instance)
    make_document(
        kind="flow",
        title=title,
        text=text,
        content=content,
        parties=_parties(change, node),
        subject=instance.subject or f"flow_instances:{instance.pk}",
        expires_in=timedelta(days=node.days),
        instance=instance,
        node_key=node.key,
        round=instance.round,
    )


def _parties(change: Change, node: Node) -> list[tuple[Employee, dict[str, str]]]:
    """Who signs, and as what: the rule that found them."""
    keys = [task.assignee_id for task in change.tasks if task.node_key == node.key]
    people = Employee.objects.select_related("user").in_bulk(keys)
    return [(people[key], _label(change, node, key)) for key in keys]


def _label(change: Change, node: Node, person: int) -> dict[str, str]:
    if person == change.instance.person_id and any(rule.by == By.SELF for rule in node.approvers):
        return {"zh": "本人", "en": "the person themselves"}
    words = rule_in_words(node.approvers[min(change.finder.found_by.get(person, 0), len(node.approvers) - 1)])
    return {"zh": words.say("zh-hans"), "en": words.say("en")}
