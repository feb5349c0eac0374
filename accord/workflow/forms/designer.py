"""What a designer sends: JSON, read without trusting anything in it."""

from __future__ import annotations

import json
from typing import Any, cast

from django.http import HttpRequest

from accord.foundation.errors import NotUnderstood
from accord.workflow.errors.versions import BodyNotUnderstood, BodyTooLarge
from accord.workflow.services.versions.drafts import LARGEST_BODY

_ENVELOPE = 4 * 1024
"""Bytes a request may have around the definition."""


def sent_definition(request: HttpRequest) -> tuple[dict[str, Any], int]:
    """The definition and the save it grew from. Raises BodyTooLarge, NotUnderstood, BodyNotUnderstood."""
    sent = _read(request.body)
    revision = sent.get("revision", 0)
    if isinstance(revision, bool) or not isinstance(revision, int) or revision < 0:
        raise NotUnderstood
    return definition_in(sent.get("body")), revision


def definition_in(body: object) -> dict[str, Any]:
    """`body`, if it is a JSON object as a definition has to be. Raises BodyNotUnderstood."""
    if not isinstance(body, dict):
        raise BodyNotUnderstood(reason=type(body).__name__)
    return cast("dict[str, Any]", body)


def read_definition(text: str) -> dict[str, Any]:
    """A definition out of a file or a text field. Raises BodyTooLarge, NotUnderstood, BodyNotUnderstood."""
    return definition_in(_parsed(text.encode()))


def _read(sent: bytes) -> dict[str, Any]:
    found = _parsed(sent)
    if not isinstance(found, dict):
        raise NotUnderstood
    return found


def _parsed(sent: bytes) -> object:
    if len(sent) > LARGEST_BODY + _ENVELOPE:
        raise BodyTooLarge(limit=LARGEST_BODY // 1024)
    try:
        return json.loads(sent, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise NotUnderstood from error


def _no_number(text: str) -> None:
    """NaN and Infinity are no JSON, and PostgreSQL would refuse them later."""
    raise ValueError(text)
