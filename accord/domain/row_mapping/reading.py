"""Reading a rule: everything is checked, and everything wrong is told at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from accord.domain.row_mapping.cells import as_number, plain_text
from accord.domain.row_mapping.filters import WITH_LIST, WITHOUT_VALUE, Filter, Test
from accord.domain.row_mapping.problems import Notes, RuleError
from accord.domain.row_mapping.reading_hours import read_hours
from accord.domain.row_mapping.rule import KEY, VERSION, Aggregate, By, Lookup, Rule, Span, Take, Unit
from accord.domain.wording import Listed
from accord.domain.working_time import OFFICE_HOURS, WorkingHours

MOST_FILTERS, MOST_LOOKUPS, MOST_VALUES, LONGEST_FIELD = 20, 10, 200, 100
_SETTINGS = {
    *("v", "who", "when", "filters", "with", "aggregate", "value", "meets", "weight", "percentile", "factor"),
}
_WEIGHED = {Aggregate.RATIO, Aggregate.WEIGHTED_MEAN}
Streams = Mapping[str, Collection[str]]
Choice = TypeVar("Choice", bound=StrEnum)


def read_rule(raw: object, stream: str = "", streams: Streams | None = None) -> Rule:
    """The rule that `raw` says, for the rows of `stream`. Raises RuleError with all problems.

    With `streams` (their fields by name) each field that the rule names must be there.
    """
    notes = Notes()
    rule = _Reading(stream, streams, notes).rule(raw)
    if notes.problems or rule is None:
        raise RuleError(tuple(notes.problems))
    return rule


class _Reading:
    """One reading: the fields there are, and what was found wrong."""

    def __init__(self, stream: str, streams: Streams | None, notes: Notes) -> None:
        self._stream, self._streams, self._notes = stream, streams, notes
        self._added: set[str] = set()

    def rule(self, raw: object) -> Rule | None:
        notes = self._notes
        if not isinstance(raw, Mapping):
            notes.add("not_a_rule")
            return None
        if raw.get("v") != VERSION:
            notes.at("v").add("unknown_version", given=raw.get("v"))
        _refuse_others(raw, _SETTINGS, notes)
        # First what adds fields, for the rest may name them.
        lookups = self._lookups(raw.get("with"), notes.at("with"))
        who, when = _object(raw, "who", {"field", "by"}, notes), _object(raw, "when", {"field", "zone"}, notes)
        kind = _choice(Aggregate, raw.get("aggregate"), notes.at("aggregate"))
        value = self._value(raw.get("value"), notes.at("value"))
        meets = self._filters(raw.get("meets"), notes.at("meets"))
        weight = self._weight(raw.get("weight"), notes.at("weight"))
        _check_parts(kind, value, weight, meets, notes)
        return Rule(
            who=self._field(who.get("field"), notes.at("who").at("field")),
            by=_choice(By, who.get("by"), notes.at("who").at("by")) or By.EMPLOYEE_NO,
            when=self._field(when.get("field"), notes.at("when").at("field")),
            zone=_zone(when.get("zone"), notes.at("when").at("zone")),
            aggregate=kind or Aggregate.COUNT,
            value=value,
            weight=weight,
            meets=meets,
            filters=self._filters(raw.get("filters"), notes.at("filters")),
            lookups=lookups,
            percentile=_percentile(raw.get("percentile", 90), notes.at("percentile")),
            factor=_factor(raw.get("factor", "1"), notes.at("factor")),
        )

    def _field(self, raw: object, notes: Notes, stream: str | None = None) -> str:
        """The name of a field of the rule's own stream, or of another."""
        if not isinstance(raw, str) or not raw.strip() or len(raw) > LONGEST_FIELD:
            notes.add("field_missing")
            return ""
        known = self._known(self._stream if stream is None else stream)
        if known is not None and raw not in known and not (stream is None and raw in self._added):
            notes.add("field_unknown", given=raw)
        return raw

    def _known(self, stream: str) -> set[str] | None:
        if self._streams is None or stream not in self._streams:
            return None
        return {*self._streams[stream], KEY, "_stamp"}

    def _value(self, raw: object, notes: Notes) -> str | Span | None:
        if raw is None:
            return None
        if not isinstance(raw, Mapping):
            notes.add("object_expected")
            return None
        if "field" in raw:
            _refuse_others(raw, {"field"}, notes)
            return self._field(raw["field"], notes.at("field"))
        _refuse_others(raw, {"from", "to", "in", "working", "hours", "days_off"}, notes)
        is_working, has_days_off = (_truth(raw, name, notes) for name in ("working", "days_off"))
        hours: WorkingHours | None = None
        if is_working:
            hours = read_hours(raw["hours"], notes.at("hours")) if raw.get("hours") is not None else OFFICE_HOURS
        return Span(
            start=self._field(raw.get("from"), notes.at("from")),
            end=self._field(raw.get("to"), notes.at("to")),
            unit=_choice(Unit, raw.get("in"), notes.at("in")) or Unit.MINUTES,
            hours=hours,
            has_days_off=has_days_off is not False,
        )

    def _weight(self, raw: object, notes: Notes) -> str | None:
        if raw is None:
            return None
        if not isinstance(raw, Mapping):
            notes.add("object_expected")
            return None
        return self._field(raw.get("field"), notes.at("field"))

    def _filters(self, raw: object, notes: Notes, stream: str | None = None) -> tuple[Filter, ...]:
        return tuple(
            self._filter(each, notes.at(at), stream) for at, each in enumerate(_list(raw, MOST_FILTERS, notes))
        )

    def _filter(self, raw: object, notes: Notes, stream: str | None) -> Filter:
        if not isinstance(raw, Mapping):
            notes.add("object_expected")
            return Filter("", Test.FILLED)
        _refuse_others(raw, {"field", "is", "value"}, notes)
        name = self._field(raw.get("field"), notes.at("field"), stream)
        test, value = _choice(Test, raw.get("is"), notes.at("is")) or Test.FILLED, raw.get("value")
        if test in WITHOUT_VALUE:
            if value not in (None, ""):
                notes.at("value").add("filter_value_needless")
            return Filter(name, test)
        if isinstance(value, Mapping):
            return Filter(name, test, other=self._field(value.get("field"), notes.at("value").at("field")))
        texts = [plain_text(each) for each in (value if isinstance(value, list) and test in WITH_LIST else [value])]
        if not texts or len(texts) > MOST_VALUES or None in texts or isinstance(value, list) != (test in WITH_LIST):
            notes.at("value").add("filter_value_missing")
        return Filter(name, test, tuple(text for text in texts if text is not None))

    def _lookups(self, raw: object, notes: Notes) -> tuple[Lookup, ...]:
        return tuple(self._lookup(each, notes.at(at)) for at, each in enumerate(_list(raw, MOST_LOOKUPS, notes)))

    def _lookup(self, raw: object, notes: Notes) -> Lookup:
        if not isinstance(raw, Mapping):
            notes.add("object_expected")
            raw = {}
        _refuse_others(raw, {"stream", "on", "take", "field", "filters", "as"}, notes)
        stream = self._other_stream(raw.get("stream"), notes.at("stream"))
        own, theirs = self._on(raw.get("on"), stream, notes.at("on"))
        take = _choice(Take, raw.get("take"), notes.at("take")) or Take.FIRST
        taken = "" if take is Take.COUNT else self._field(raw.get("field"), notes.at("field"), stream)
        filters = self._filters(raw.get("filters"), notes.at("filters"), stream)
        name = raw.get("as")
        if not isinstance(name, str) or not name.strip() or len(name) > LONGEST_FIELD:
            notes.at("as").add("field_missing")
            name = ""
        elif name in self._added or name in (self._known(self._stream) or ()):
            notes.at("as").add("name_taken", given=name)
        self._added.add(name)
        return Lookup(stream, own, theirs, take, taken, filters, name)

    def _other_stream(self, raw: object, notes: Notes) -> str:
        if not isinstance(raw, str) or not raw:
            notes.add("stream_missing")
            return ""
        if raw == self._stream:
            notes.add("same_stream")
        elif self._streams is not None and raw not in self._streams:
            notes.add("stream_unknown", given=raw)
        return raw

    def _on(self, raw: object, stream: str, notes: Notes) -> tuple[str, str]:
        if not isinstance(raw, list) or len(raw) != 2:
            notes.add("on_expected")
            return "", ""
        own, theirs = self._field(raw[0], notes.at(0)), self._field(raw[1], notes.at(1), stream)
        if own in self._added:
            notes.at(0).add("own_is_added", given=own)
        return own, theirs


def _check_parts(
    kind: Aggregate | None, value: str | Span | None, weight: str | None, meets: tuple[Filter, ...], notes: Notes
) -> None:
    """That a value, a weight and the conditions of a numerator are there where they are needed, and only there."""
    if meets and kind is not Aggregate.RATIO:
        notes.at("meets").add("meets_needless")
    if weight and kind is not None and (kind not in _WEIGHED or meets):
        notes.at("weight").add("weight_needless")
    if kind is Aggregate.RATIO and bool(meets) == (value is not None):
        notes.at("meets").add("ratio_incomplete")
    if kind is Aggregate.COUNT and value is not None:
        notes.at("value").add("value_needless")
    if kind not in (None, Aggregate.COUNT, Aggregate.RATIO) and value is None:
        notes.at("value").add("value_missing")
    if kind in _WEIGHED and value is not None and not weight:
        notes.at("weight").add("weight_missing")


def _object(raw: Mapping[Any, Any], name: str, settings: set[str], notes: Notes) -> Mapping[Any, Any]:
    found, place = raw.get(name), notes.at(name)
    if not isinstance(found, Mapping):
        place.add("object_expected")
        return {}
    _refuse_others(found, settings, place)
    return found


def _list(raw: object, most: int, notes: Notes) -> list[Any]:
    if raw is None:
        return []
    if not isinstance(raw, list):
        notes.add("list_expected")
        return []
    if len(raw) > most:
        notes.add("too_many", given=len(raw), most=most)
    return raw[:most]


def _choice(kind: type[Choice], raw: object, notes: Notes) -> Choice | None:
    choices = {each.value: each for each in kind}
    if isinstance(raw, str) and raw in choices:
        return choices[raw]
    notes.add("choice_unknown", given=raw, choices=Listed(tuple(choices)))
    return None


def _zone(raw: object, notes: Notes) -> ZoneInfo | None:
    if raw in (None, ""):
        return None
    try:
        return ZoneInfo(str(raw))
    except (ValueError, OSError, KeyError):
        notes.add("zone_unknown", given=raw)
        return None


def _percentile(raw: object, notes: Notes) -> Decimal:
    number = _plain_number(raw)
    if number is None or not 0 < number <= 100:
        notes.add("percentile_outside")
        return Decimal(90)
    return number


def _factor(raw: object, notes: Notes) -> Decimal:
    number = _plain_number(raw)
    if not number or not -9 <= number.adjusted() <= 9:
        notes.add("factor_not_a_number")
        return Decimal(1)
    return number


def _plain_number(raw: object) -> Decimal | None:
    return None if isinstance(raw, bool) or raw is None else as_number(str(raw))


def _truth(raw: Mapping[Any, Any], name: str, notes: Notes) -> bool | None:
    found = raw.get(name)
    if found is not None and not isinstance(found, bool):
        notes.at(name).add("truth_expected")
        return None
    return found


def _refuse_others(raw: Mapping[Any, Any], settings: set[str], notes: Notes) -> None:
    for name in raw:
        if name not in settings:
            notes.at(str(name)).add("unknown_setting", given=name)
