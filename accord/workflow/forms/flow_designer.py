"""What the designer of flows sends: the flow itself, a dry run, and the form of the page without a script."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import BusinessError
from accord.people.models import Employee
from accord.people.queries.lookups import employee_named_or_numbered
from accord.workflow.errors.flow_design import FlowNotDrawable
from accord.workflow.forms.designer import read_definition, sent_definition

DEEPEST = 12


class FlowTextForm(forms.Form):
    """A flow as JSON, pasted or as a file, over the save it grew from."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("File"), required=False, widget=forms.FileInput(attrs={"accept": ".json,application/json"})
    )
    body = forms.CharField(
        label=_("Definition"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 24, "class": "designer-code", "spellcheck": "false", "translate": "no"}),
        help_text=_("A file takes the place of what stands here."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        try:
            cleaned["definition"] = drawable(read_definition(self._text(cleaned)))
        except BusinessError as error:
            raise forms.ValidationError(f"{error} {error.advice()}", code=error.code) from error
        return cleaned

    def _text(self, cleaned: dict[str, Any]) -> str:
        file = cleaned.get("file")
        return file.read().decode("utf-8-sig", errors="replace") if file else str(cleaned.get("body") or "")


def as_text(body: object) -> str:
    """A definition as people edit it."""
    return json.dumps(body, ensure_ascii=False, indent=2)


def drawable(body: dict[str, Any]) -> dict[str, Any]:
    """`body`, if its skeleton is that of a flow, so that it can be shown. Raises FlowNotDrawable.

    What is wrong with it beyond that is shown on the cards; a draft may have problems.
    """
    _check_nodes(body.get("nodes"), "nodes", DEEPEST)
    if not body["nodes"]:
        raise FlowNotDrawable(place="nodes.0")
    return body


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
    _ensure(isinstance(part.get("name", {}), dict), f"{place}.name")


def _is_list_of_objects(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)


def _ensure(sound: bool, place: str) -> None:
    if not sound:
        raise FlowNotDrawable(place=place)


@dataclass(frozen=True)
class SentRehearsal:
    """A dry run as it was asked for."""

    body: dict[str, Any]
    starter: Employee
    person: Employee
    values: dict[str, Any]


def sent_rehearsal(request: HttpRequest) -> SentRehearsal:
    """The flow, whoever starts it, whom it is about (the same unless another is named) and the values typed in.

    Raises what `sent_definition` and `employee_named_or_numbered` raise.
    """
    body, _revision = sent_definition(request)
    sent = json.loads(request.body)
    starter = employee_named_or_numbered(_said(sent.get("starter")))
    about = _said(sent.get("person"))
    values = sent.get("values")
    person = employee_named_or_numbered(about) if about else starter
    return SentRehearsal(body, starter, person, values if isinstance(values, dict) else {})


def _said(text: object) -> str:
    return text.replace("\0", "").strip()[:200] if isinstance(text, str) else ""
