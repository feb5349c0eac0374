"""Reading the settings of one object of a definition: every key must be known, and every needed one be there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from accord.domain.form_schema.field import Setting
from accord.domain.form_schema.problems import Notes
from accord.domain.wording import Wording

AN_OBJECT = Wording("一个对象", "an object")


def read_settings(settings: tuple[Setting, ...], raw: object, notes: Notes, name: Wording) -> dict[str, Any]:
    """Return the value of each setting; null and blank text count as left out. What is wrong is noted and None."""
    if not isinstance(raw, Mapping):
        notes.add("wrong_shape", name=name, expected=AN_OBJECT)
        return {}
    names = {setting.name for setting in settings}
    for key in raw:
        if key not in names:
            notes.at(str(key)[:40]).add("unknown_setting", given=key)
    return {setting.name: _read(setting, raw.get(setting.name), notes) for setting in settings}


def _read(setting: Setting, raw: object, notes: Notes) -> Any:
    if _is_blank(raw):
        if setting.needed:
            notes.at(setting.name).add("missing_setting", name=setting.words)
        return setting.default
    return setting.shape.read(raw, notes.at(setting.name), setting.words)


def _is_blank(raw: object) -> bool:
    """Whether nothing is set: an empty box of a designer comes as blank text, one in two languages as two of them."""
    if isinstance(raw, Mapping):
        return bool(raw) and all(each is None or (isinstance(each, str) and not each.strip()) for each in raw.values())
    return raw is None or (isinstance(raw, str) and not raw.strip())


def is_complete(settings: tuple[Setting, ...], values: Mapping[str, Any]) -> bool:
    """Whether everything needed could be read."""
    return all(values.get(setting.name) is not None for setting in settings if setting.needed)


def dump_settings(settings: tuple[Setting, ...], values: object) -> dict[str, Any]:
    """Return the settings of `values` as they are stored, without those left at their default."""
    dumped = {}
    for setting in settings:
        value = getattr(values, setting.name)
        if value is not None and value != setting.default:
            dumped[setting.name] = setting.shape.dump(value)
    return dumped
