"""A flow as the designer may draw it, and a dry run of it. Whether it can be published is for the domain to say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from accord.people.models import Employee
from accord.people.queries.lookups import employee_named_or_numbered
from accord.workflow.errors.versions import BodyNotUnderstood
from accord.workflow.forms.designer import DefinitionForm, Sent, sent_definition

DEEPEST = 12


def sent_flow(request: HttpRequest) -> Sent:
    """The flow the designer posted. Raises BodyTooLarge, BodyNotUnderstood, NotUnderstood."""
    sent = sent_definition(request)
    ensure_drawable(sent.body)
    return sent


class FlowDefinitionForm(DefinitionForm):
    """The definition of a flow by hand."""

    def ensure_drawable(self, body: dict[str, Any]) -> None:
        """As `ensure_drawable` of this module."""
        ensure_drawable(body)


@dataclass(frozen=True)
class SentRehearsal:
    """A dry run as it was asked for."""

    body: dict[str, Any]
    starter: Employee
    person: Employee
    values: dict[str, Any]


def sent_rehearsal(request: HttpRequest) -> SentRehearsal:
    """The flow, whoever starts it, whom it is about (the same unless another is named) and the values typed in.

    Raises what `sent_flow` and `employee_named_or_numbered` raise.
    """
    body = sent_flow(request).body
    sent = json.loads(request.body)
    starter = employee_named_or_numbered(_said(sent.get("starter")))
    about = _said(sent.get("person"))
    values = sent.get("values")
    person = employee_named_or_numbered(about) if about else starter
    return SentRehearsal(body, starter, person, values if isinstance(values, dict) else {})


def ensure_drawable(body: Mapping[str, Any]) -> None:
    """Raises BodyNotUnderstood where `body` is not laid out as a flow, so that every draft kept can be drawn."""
    _check_nodes(body.get("nodes"), "nodes", DEEPEST)
    _ensure(bool(body["nodes"]), "nodes.0")


def _check_nodes(nodes: object, place: str, depth: int) -> None:
    _ensure(isinstance(nodes, list) and depth > 0, place)
    for at, node in enumerate(nodes if isinstance(nodes, list) else ()):
        _check_part(node, f"{place}.{at}")
        _ensure(isinstance(node.get("kind"), str), f"{place}.{at}.kind")
        _ensure(_is_list_of_objects(node.get("approvers", [])), f"{place}.{at}.approvers")
        if node["kind"] == "branch":
            _check_branches(node.get("branches"), f"{place}.{at}.branches", depth)


def _check_branches(branches: object, place: str, depth: int) -> None:
    _ensure(isinstance(branches, list) and bool(branches), place)
    for at, branch in enumerate(branches if isinstance(branches, list) else ()):
        _check_part(branch, f"{place}.{at}")
        _check_nodes(branch.get("nodes"), f"{place}.{at}.nodes", depth - 1)


def _check_part(part: Any, place: str) -> None:
    _ensure(isinstance(part, dict), place)
    key = part.get("key")
    _ensure(isinstance(key, str) and bool(key) and "/" not in key, f"{place}.key")
    for name, kind in (("name", dict), ("empty", dict), ("deadline", dict), ("may", list), ("when", str)):
        # A setting that is not there, or null, is as good as one that is right.
        _ensure(isinstance(part.get(name) or kind(), kind), f"{place}.{name}")


def _is_list_of_objects(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)


def _ensure(sound: bool, place: str) -> None:
    if not sound:
        reason = _("“%(place)s” is missing or of the wrong kind.")
        raise BodyNotUnderstood(reason=reason % {"place": place})


def _said(text: object) -> str:
    return text.replace("\0", "").strip()[:200] if isinstance(text, str) else ""
