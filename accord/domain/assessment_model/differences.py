"""How two versions of an assessment model differ, in words and in the order of the model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from accord.domain.assessment_model.difference_words import BAND, NOTHING, RANGE, WORDINGS
from accord.domain.assessment_model.methods import METHODS, Parameter
from accord.domain.assessment_model.model import Dimension, Item, Model
from accord.domain.assessment_model.reading import MISSING, NAMES, NOT_LIMITED
from accord.domain.wording import Language, Listed, Text, Wording, percent, plain, quoted, shown

WEIGHT_RANGE = Wording("权重范围", "range of the weight")
TARGET_RANGE = Wording("目标值范围", "range of the target")


@dataclass(frozen=True, slots=True)
class Said:
    """A clause with values of its own, filled in when it is read."""

    wording: Wording
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Difference:
    """One change. `place` is the key of the metric as text, `dimension:<key>`, `dimensions`, `form` or `flow`."""

    code: str
    place: str
    values: Mapping[str, object]

    def explain(self, language: Language) -> str:
        """Return it as one sentence."""
        return WORDINGS[self.code].say(language, {name: _read(value, language) for name, value in self.values.items()})


def differences(
    old: Model, new: Model, names: Mapping[int, Text], people: Mapping[str, str] | None = None
) -> list[Difference]:
    """Return what changed from `old` to `new`; an item is the same one as long as its metric is.

    `names` are those of the metrics by key, `people` those of the authors by their numbers.
    """
    items = _of_items(old, new, names, people or {})
    return [*_of_dimensions(old.dimensions, new.dimensions), *items, *_of_rest(old, new)]


def _of_dimensions(old: tuple[Dimension, ...], new: tuple[Dimension, ...]) -> Iterator[Difference]:
    before, after = ({each.key: each.name for each in dimensions} for dimensions in (old, new))
    for key, name in before.items():
        if key not in after:
            yield Difference("dimension_removed", f"dimension:{key}", {"dimension": name})
    for key, name in after.items():
        if key not in before:
            yield Difference("dimension_added", f"dimension:{key}", {"dimension": name})
        elif before[key] != name:
            yield Difference("dimension_renamed", f"dimension:{key}", {"old": before[key], "new": name})
    if [key for key in before if key in after] != [key for key in after if key in before]:
        yield Difference("dimensions_reordered", "dimensions", {"new": Listed(tuple(after.values()))})


def _of_items(old: Model, new: Model, names: Mapping[int, Text], people: Mapping[str, str]) -> Iterator[Difference]:
    before, after = _placed(old), _placed(new)
    for metric, (dimension, item) in after.items():
        kpi = names.get(metric, Text(f"#{metric}"))
        if metric not in before:
            values = {"kpi": kpi, "dimension": dimension.name, "weight": percent(item.weight)}
            yield Difference("kpi_added", str(metric), values)
            continue
        was_in, was = before[metric]
        if was_in.key != dimension.key:
            yield Difference("kpi_moved", str(metric), {"kpi": kpi, "old": was_in.name, "new": dimension.name})
        yield from _of_item(was, item, kpi)
        if was.author != item.author:
            authors = {when: people.get(each or "", each) for when, each in (("old", was.author), ("new", item.author))}
            yield Difference("credited" if item.author else "credit_cleared", str(metric), {"kpi": kpi, **authors})
    for metric, (_dimension, item) in before.items():
        if metric not in after:
            values = {"kpi": names.get(metric, Text(f"#{metric}")), "weight": percent(item.weight)}
            yield Difference("kpi_removed", str(metric), values)


def _of_item(old: Item, new: Item, kpi: Text) -> Iterator[Difference]:
    place = str(new.metric)
    for setting, say in _SETTINGS:
        yield from _setting(place, kpi, setting, say(old), say(new))
    yield from _of_params(old, new, kpi)
    if old.why != new.why:
        yield Difference("why_changed" if new.why else "why_cleared", place, {"kpi": kpi, "new": quoted(new.why)})


def _of_params(old: Item, new: Item, kpi: Text) -> Iterator[Difference]:
    """Parameters are compared while the method is the same; those of another method are told as its own."""
    before = old.params if old.method == new.method else {}
    for parameter in METHODS[new.method].parameters:
        was, now = before.get(parameter.name, parameter.default), new.params.get(parameter.name, parameter.default)
        if old.method != new.method and now == parameter.default:
            continue
        said = (_parameter(parameter, was), _parameter(parameter, now))
        yield from _setting(str(new.metric), kpi, parameter.label, *said)


def _setting(place: str, kpi: Text, setting: Wording, was: object, now: object) -> Iterator[Difference]:
    if was == now:
        return
    code = "setting_set" if was is None else "setting_cleared" if now is None else "setting_changed"
    yield Difference(code, place, {"kpi": kpi, "setting": setting, "old": was, "new": now})


def _of_rest(old: Model, new: Model) -> Iterator[Difference]:
    for name in ("form", "flow"):
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            yield Difference(f"{name}_changed", name, {"old": was or NOTHING, "new": now or NOTHING})
    if old.missing != new.missing:
        yield Difference("missing_changed", "missing", {"old": MISSING[old.missing], "new": MISSING[new.missing]})


def _placed(model: Model) -> dict[int, tuple[Dimension, Item]]:
    return {item.metric: (dimension, item) for dimension in model.dimensions for item in dimension.items}


def _limits(low: Decimal | None, high: Decimal | None, sign: Callable[[Decimal], str]) -> object:
    if low is None and high is None:
        return None
    ends = {"least": NOT_LIMITED if low is None else sign(low), "most": NOT_LIMITED if high is None else sign(high)}
    return Said(RANGE, ends)


def _level(value: Decimal | None) -> object:
    return None if value is None else plain(value)


def _parameter(parameter: Parameter, value: Any) -> object:
    if value is None:
        return None
    if parameter.shape == "bands":
        return Listed(tuple(Said(BAND, band) for band in value if isinstance(band, Mapping)))
    return (parameter.choices or {}).get(str(value), str(value))


def _read(value: object, language: Language) -> object:
    if isinstance(value, Said):
        return value.wording.say(language, {name: shown(each, language) for name, each in value.values.items()})
    if isinstance(value, Listed):
        return Listed(tuple(_read(thing, language) for thing in value.things))
    return value


_SETTINGS: tuple[tuple[Wording, Callable[[Item], object]], ...] = (
    (NAMES["weight"], lambda item: percent(item.weight)),
    (WEIGHT_RANGE, lambda item: _limits(item.weight_min, item.weight_max, percent)),
    (NAMES["target"], lambda item: plain(item.target)),
    (TARGET_RANGE, lambda item: _limits(item.target_min, item.target_max, plain)),
    (NAMES["threshold"], lambda item: _level(item.threshold)),
    (NAMES["stretch"], lambda item: _level(item.stretch)),
    (NAMES["method"], lambda item: METHODS[item.method].name),
)
