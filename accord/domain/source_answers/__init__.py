"""Answers in settings: filling the places `<key>` of a preset's settings, and reading them back out of what is stored.

Only the places are touched: whatever else somebody has changed in the stored settings stays as they left it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

_PLACE = re.compile(r"<([a-z_]+)>")

Path = tuple[str | int, ...]


def filled(preset: Any, answers: Mapping[str, str], stored: Any = None) -> Any:
    """Return `stored` (at first the preset's settings) with every place as the answers say.

    A place that is the whole of a text takes a whole number as a number.
    """
    settings = _copy(preset if stored is None else stored)
    for path, template in places(preset):
        _put(settings, path, _said(template, answers))
    return settings


def answers_in(preset: Any, stored: Any) -> dict[str, str]:
    """Return the answers that lead from a preset to what is stored, as far as they can be told."""
    answers: dict[str, str] = {}
    # A place of its own is certain; inside a longer text it is a guess.
    for path, template in sorted(places(preset), key=lambda place: len(place[1])):
        for key, answer in _read(template, _at(stored, path)).items():
            answers.setdefault(key, answer)
    return answers


def places(preset: Any, above: Path = ()) -> Iterator[tuple[Path, str]]:
    """Where in a preset's settings an answer is wanted: the way there, and the text that stands there."""
    if isinstance(preset, str):
        if _PLACE.search(preset):
            yield above, preset
    elif isinstance(preset, Mapping):
        for key, value in preset.items():
            yield from places(value, (*above, key))
    elif isinstance(preset, list):
        for place, value in enumerate(preset):
            yield from places(value, (*above, place))


def _said(template: str, answers: Mapping[str, str]) -> str | int:
    text = _PLACE.sub(lambda place: answers.get(place[1], ""), template)
    is_whole = _PLACE.fullmatch(template) and text.isascii() and text.isdigit() and len(text) < 10
    return int(text) if is_whole else text


def _read(template: str, text: object) -> dict[str, str]:
    """The answers that make `text` of a template; none where it was written anew."""
    keys = _PLACE.findall(template)
    parts = _PLACE.split(template)[::2]
    pattern = "(.*?)".join(re.escape(part) for part in parts)
    found = re.fullmatch(pattern, "" if text is None else str(text), re.DOTALL)
    return dict(zip(keys, found.groups(), strict=True)) if found else {}


def _at(settings: Any, path: Path) -> Any:
    for step in path:
        if isinstance(settings, Mapping):
            settings = settings.get(step)
        elif isinstance(settings, list) and isinstance(step, int) and step < len(settings):
            settings = settings[step]
        else:
            return None
    return settings


def _put(settings: Any, path: Path, value: str | int) -> None:
    """Set the value at the end of a way; where somebody has taken the way out, it stays out."""
    holder: Any = _at(settings, path[:-1])
    last = path[-1]
    if isinstance(holder, dict) and value == "":
        # Nothing answered: what is not said is not set.
        holder.pop(last, None)
    elif _has_room(holder, last):
        holder[last] = value


def _has_room(holder: Any, last: str | int) -> bool:
    if isinstance(holder, list):
        return isinstance(last, int) and last < len(holder)
    return isinstance(holder, dict)


def _copy(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _copy(each) for key, each in value.items()}
    return [_copy(each) for each in value] if isinstance(value, list) else value
