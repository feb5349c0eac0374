"""What a designer sends: JSON, read without trusting anything in it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accord.foundation.errors import NotUnderstood
from accord.workflow.errors.versions import BodyNotUnderstood, BodyTooLarge
from accord.workflow.services.versions.drafts import LARGEST_BODY

_ENVELOPE = 4 * 1024
"""Bytes a request may have around the definition."""


@dataclass(frozen=True)
class Sent:
    """A definition, the save it grew from; as which step to look at it, and what was written into it so far."""

    body: dict[str, Any]
    revision: int
    step: str
    written: str


def sent_definition(request: HttpRequest) -> Sent:
    """What a designer posted. Raises BodyTooLarge, BodyNotUnderstood, NotUnderstood."""
    sent = _parsed(request.body)
    body = _definition_in(sent.get("body") if isinstance(sent, dict) else sent)
    revision, step, written = sent.get("revision", 0), sent.get("step", ""), sent.get("written", "")
    if type(revision) is not int or revision < 0 or not isinstance(step, str) or not isinstance(written, str):
        raise NotUnderstood
    return Sent(body, revision, step, written)


class DefinitionForm(forms.Form):
    """The same by hand: a definition as text or, going before it, as a file."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    text = forms.CharField(
        label=pgettext_lazy("form", "Definition"),
        required=False,
        widget=forms.Textarea(attrs={"class": "designer-code"}),
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy("A .json file as the designer exports it; it goes before the text below."),
    )

    def clean(self) -> dict[str, Any]:
        """Read the definition into `body`; what is wrong with it is said at the text."""
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        sent = file.read(LARGEST_BODY + _ENVELOPE + 1) if file else str(cleaned.get("text", "")).encode()
        try:
            cleaned["body"] = _definition_in(_parsed(sent))
            self.ensure_drawable(cleaned["body"])
        except (BodyTooLarge, BodyNotUnderstood) as error:
            self.add_error("file" if file else "text", str(error))
        return cleaned

    def ensure_drawable(self, body: dict[str, Any]) -> None:
        """Raises BodyNotUnderstood where the designer could not draw `body`."""


def _definition_in(found: object) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise BodyNotUnderstood(reason=_("it should be a JSON object."))
    return found


def _parsed(sent: bytes) -> Any:
    """The JSON in `sent`, as a database can keep it: no NaN, no zero characters, no halves of characters."""
    if len(sent) > LARGEST_BODY + _ENVELOPE:
        raise BodyTooLarge(limit=LARGEST_BODY // 1024)
    try:
        found = json.loads(sent)
        written = json.dumps(found, ensure_ascii=False, allow_nan=False)
        written.encode()
    except (ValueError, RecursionError) as error:
        raise BodyNotUnderstood(reason=_("it is no complete JSON.")) from error
    if "\\u0000" in written:
        raise BodyNotUnderstood(reason=_("it holds characters that are no text."))
    return found
