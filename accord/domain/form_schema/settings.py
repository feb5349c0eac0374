"""The settings of one object of a definition: every key must be known, and every needed one be there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from accord.domain.form_schema.problems import Notes
from accord.domain.form_schema.shapes import Shape
from accord.domain.wording import Wording

AN_OBJECT = Wording("一个对象", "an object")


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its key in the definition, what people call it, its shape, and what it is when left out."""

    name: str
    words: Wording
    shape: Shape
    needed: bool = False
    default: Any = None


class Settings:
    """The settings an object has; `apart` are keys that somebody else reads."""

    def __init__(self, *settings: Setting, apart: tuple[str, ...] = ()) -> None:
        """Lay out the table once, for any number of objects."""
        self._apart = apart
        self._by_name = {setting.name: setting for setting in settings}
        self._defaults = {setting.name: setting.default for setting in settings}
        self._needed = [setting for setting in settings if setting.needed]

    def __iter__(self) -> Iterator[Setting]:
        return iter(self._by_name.values())

    def read(self, raw: object, notes: Notes, name: Wording) -> dict[str, Any]:
        """Return the value of each setting; null and blank text count as left out, and so does what was wrong."""
        if not isinstance(raw, dict):
            notes.add("wrong_shape", name=name, expected=AN_OBJECT)
            return {}
        values = self._defaults.copy()
        for key, given in raw.items():
            setting = self._by_name.get(key)
            if setting is None:
                if key not in self._apart:
                    notes.at(str(key)[:40]).add("unknown_setting", given=key)
            elif not _is_blank(given):
                value = setting.shape.read(given, notes.at(key), setting.words)
                values[key] = setting.default if value is None else value
        for setting in self._needed:
            if values[setting.name] is None and _is_blank(raw.get(setting.name)):
                notes.at(setting.name).add("missing_setting", name=setting.words)
        return values

    def is_complete(self, values: Mapping[str, Any]) -> bool:
        """Whether everything needed could be read."""
        return all(values.get(setting.name) is not None for setting in self._needed)

    def dump(self, values: object) -> dict[str, Any]:
        """Return the settings of `values` as they are stored, without those left at their default."""
        dumped = {}
        for setting in self:
            value = getattr(values, setting.name)
            if value is not None and value != setting.default:
                dumped[setting.name] = setting.shape.dump(value)
        return dumped


def _is_blank(raw: object) -> bool:
    """Whether nothing is set: an empty box of a designer comes as blank text, one in two languages as two of them."""
    if isinstance(raw, str):
        return not raw or raw.isspace()
    if isinstance(raw, dict):
        for each in raw.values():
            if each is not None and not (isinstance(each, str) and not each.strip()):
                return False
        return bool(raw)
    return raw is None
