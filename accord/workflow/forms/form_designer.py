"""A form as the designer may draw it: only its outline. Whether it can be published is for the domain to say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from accord.workflow.errors.versions import BodyNotUnderstood
from accord.workflow.forms.designer import DefinitionForm, Sent, sent_definition
from accord.workflow.queries.form_palette import KINDS

_LISTS = ("options", "anchors", "columns")


def sent_form(request: HttpRequest) -> Sent:
    """The form the designer posted. Raises BodyTooLarge, BodyNotUnderstood, NotUnderstood."""
    sent = sent_definition(request)
    ensure_drawable(sent.body)
    return sent


class FormDefinitionForm(DefinitionForm):
    """The definition of a form by hand."""

    def ensure_drawable(self, body: dict[str, Any]) -> None:
        """As `ensure_drawable` of this module."""
        ensure_drawable(body)


def ensure_drawable(body: Mapping[str, Any]) -> None:
    """Raises BodyNotUnderstood where `body` is not laid out as a form, so that every kept draft can be opened."""
    fields, steps = body.get("fields"), body.get("steps")
    if not _all_keyed(fields) or not _all_keyed(steps) or not steps:
        raise BodyNotUnderstood(
            reason=_("“fields” and “steps” should be lists of objects, each with a key of its own.")
        )
    if not isinstance(body.get("title"), dict):
        raise BodyNotUnderstood(reason=_("it has no “title”."))
    for number, field in enumerate(fields or (), 1):
        _ensure_drawable_field(number, field)


def _ensure_drawable_field(number: int, field: Mapping[str, Any]) -> None:
    kind = field.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        reason = _("field %(number)s is of the kind “%(kind)s”, which there is not.")
        raise BodyNotUnderstood(reason=reason % {"number": number, "kind": str(kind)[:40]})
    for name in _LISTS:
        rows = field.get(name, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            reason = _("“%(name)s” of field %(number)s should be a list of objects.")
            raise BodyNotUnderstood(reason=reason % {"number": number, "name": name})


def _all_keyed(things: object) -> bool:
    """Whether it is a list of objects, each with a key of its own."""
    if not isinstance(things, list) or not all(isinstance(thing, dict) for thing in things):
        return False
    keys = [thing.get("key") for thing in things]
    return all(isinstance(key, str) and key for key in keys) and len(set(keys)) == len(keys)
