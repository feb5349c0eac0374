"""An assessment model as the designer may draw it: only its outline. Whether it can be published the domain says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from accord.foundation.errors import NotUnderstood
from accord.workflow.errors.versions import BodyNotUnderstood
from accord.workflow.forms.designer import DefinitionForm, Sent, sent_definition

_TEXTS = ("method", "why")


def sent_model(request: HttpRequest) -> Sent:
    """The model the designer posted. Raises BodyTooLarge, BodyNotUnderstood, NotUnderstood."""
    sent = sent_definition(request)
    ensure_drawable(sent.body)
    return sent


class ModelDefinitionForm(DefinitionForm):
    """The definition of a model by hand."""

    def ensure_drawable(self, body: dict[str, Any]) -> None:
        """As `ensure_drawable` of this module."""
        ensure_drawable(body)


def ensure_drawable(body: Mapping[str, Any]) -> None:
    """Raises BodyNotUnderstood where `body` is not laid out as a model, so that every kept draft can be drawn."""
    dimensions = body.get("dimensions")
    _ensure(_are_objects(dimensions), "dimensions")
    keys = []
    for at, dimension in enumerate(dimensions or ()):
        place = f"dimensions[{at}]"
        keys.append(dimension.get("key"))
        _ensure(isinstance(dimension.get("key"), str), f"{place}.key")
        _ensure(isinstance(dimension.get("name"), dict), f"{place}.name")
        _ensure(_are_objects(dimension.get("items")), f"{place}.items")
        for row, item in enumerate(dimension["items"]):
            _ensure_drawable_item(item, f"{place}.items[{row}]")
    _ensure(len(set(keys)) == len(keys), "dimensions[].key")


def _ensure_drawable_item(item: Mapping[str, Any], place: str) -> None:
    _ensure(type(item.get("metric")) is int, f"{place}.metric")
    _ensure(isinstance(item.get("params", {}), dict), f"{place}.params")
    for name in _TEXTS:
        _ensure(isinstance(item.get(name, ""), str), f"{place}.{name}")
    _ensure(_are_objects(item.get("params", {}).get("bands", [])), f"{place}.params.bands")


def _are_objects(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)


def _ensure(sound: bool, place: str) -> None:
    if not sound:
        reason = _("“%(place)s” is missing or of the wrong kind.")
        raise BodyNotUnderstood(reason=reason % {"place": place})


def sent_search(request: HttpRequest) -> str:
    """What was typed into the search of the palette. Raises NotUnderstood."""
    try:
        sent = json.loads(request.body)
    except ValueError as error:
        raise NotUnderstood from error
    typed = sent.get("search") if isinstance(sent, dict) else None
    if not isinstance(typed, str):
        raise NotUnderstood
    return typed.replace("\0", "").strip()[:100]
