"""The map of one position: what it is there for, what that serves, and which KPIs show it.

A map is read from plain JSON (`PositionMapVersion.content`), written back to it, checked, and compared in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from accord.domain.position_map_words import CHANGES, PROBLEMS
from accord.domain.wording import Language, Text, Wording, plain, trimmed

MOST_OUTPUTS = 8
MOST_KPIS = 8
"""Of one output. A position with more of either is several positions, or nobody has chosen yet."""


NOTHING = Text("")


@dataclass(frozen=True, slots=True)
class MapKpi:
    """A metric recommended for an output. `name` is what it was called; levels are for one period of the metric."""

    metric: int
    name: Text
    why: Text = NOTHING
    target: Decimal | None = None
    threshold: Decimal | None = None
    source: str = ""
    movable: bool = True


@dataclass(frozen=True, slots=True)
class MapOutput:
    """A core output with the business result it serves."""

    name: Text
    serves: Text = NOTHING
    kpis: tuple[MapKpi, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """One sentence about a map: a problem or a difference."""

    code: str
    wording: Wording
    values: Mapping[str, object]

    def explain(self, language: Language) -> str:
        """Return the sentence."""
        return self.wording.say(language, self.values)


@dataclass(frozen=True, slots=True)
class PositionMap:
    """The outputs of a position in their order."""

    outputs: tuple[MapOutput, ...] = ()

    def kpis(self) -> Iterator[MapKpi]:
        """Return every KPI, output by output."""
        return (kpi for output in self.outputs for kpi in output.kpis)

    def metrics(self) -> set[int]:
        """Return the keys of all its metrics."""
        return {kpi.metric for kpi in self.kpis()}

    def problems(self) -> list[Note]:
        """Return what keeps it from becoming a version."""
        return list(_problems(self.outputs))

    def as_json(self) -> dict[str, object]:
        """Return it as it is stored."""
        return {"v": 1, "outputs": [_output_as_json(output) for output in self.outputs]}


class MapUnreadable(ValueError):
    """The content is no map."""


def read_map(content: object) -> PositionMap:
    """Read a map from stored JSON. Raises MapUnreadable."""
    try:
        if not isinstance(content, Mapping) or content["v"] != 1:
            raise MapUnreadable("not a map of version 1")
        return PositionMap(tuple(map(_output, content["outputs"])))
    except (KeyError, TypeError, AttributeError, InvalidOperation, ValueError) as error:
        raise MapUnreadable(str(error)) from error


def differences(before: PositionMap, after: PositionMap) -> list[Note]:
    """What has changed from one map to the other, output by output, each in a sentence."""
    earlier = {output.name.zh: output for output in before.outputs}
    later = {output.name.zh: output for output in after.outputs}
    changes = [_change("output_gone", output=output.name) for name, output in earlier.items() if name not in later]
    for name, output in later.items():
        old = earlier.get(name)
        if old is None:
            changes.append(_change("output_new", output=output.name))
        elif old.serves != output.serves:
            changes.append(_change("serves", output=output.name, serves=_or_dash(output.serves)))
        changes += _kpi_changes(output.name, old.kpis if old else (), output.kpis)
    if not changes and before != after:
        changes.append(_change("order" if _sorted(before) == _sorted(after) else "words"))
    return changes


def _kpi_changes(output: Text, before: Sequence[MapKpi], after: Sequence[MapKpi]) -> Iterator[Note]:
    earlier, later = ({kpi.metric: kpi for kpi in kpis} for kpis in (before, after))
    for metric, kpi in earlier.items():
        if metric not in later:
            yield _change("kpi_gone", output=output, kpi=kpi.name)
    for metric, kpi in later.items():
        old = earlier.get(metric)
        if old is None:
            yield _change("kpi_new", output=output, kpi=kpi.name)
            continue
        for field, was, now in (
            ("target", old.target, kpi.target),
            ("threshold", old.threshold, kpi.threshold),
            ("source", old.source, kpi.source),
            ("why", old.why, kpi.why),
        ):
            if was != now:
                yield _change(field, kpi=kpi.name, before=_or_dash(was), after=_or_dash(now))
        if old.movable != kpi.movable:
            yield _change("movable" if kpi.movable else "immovable", kpi=kpi.name)


def _problems(outputs: Sequence[MapOutput]) -> Iterator[Note]:
    if not outputs:
        yield _problem("no_outputs")
    if len(outputs) > MOST_OUTPUTS:
        yield _problem("too_many_outputs", most=MOST_OUTPUTS)
    seen: set[str] = set()
    for number, output in enumerate(outputs, start=1):
        if not output.name.zh.strip():
            yield _problem("unnamed", number=number)
        elif output.name.zh in seen:
            yield _problem("output_twice", output=output.name)
        seen.add(output.name.zh)
        if len(output.kpis) > MOST_KPIS:
            yield _problem("too_many_kpis", output=output.name, most=MOST_KPIS)
        yield from _twice(output)


def _twice(output: MapOutput) -> Iterator[Note]:
    metrics: set[int] = set()
    for kpi in output.kpis:
        if kpi.metric in metrics:
            yield _problem("kpi_twice", output=output.name, kpi=kpi.name)
        metrics.add(kpi.metric)


def _problem(code: str, **values: object) -> Note:
    return Note(code, PROBLEMS[code], values)


def _change(code: str, **values: object) -> Note:
    return Note(code, CHANGES[code], values)


def _sorted(which: PositionMap) -> list[tuple[str, list[int]]]:
    return sorted((output.name.zh, sorted(kpi.metric for kpi in output.kpis)) for output in which.outputs)


def _or_dash(value: Text | Decimal | str | None) -> object:
    if isinstance(value, Decimal):
        return trimmed(value)
    empty = value is None or value in ("", NOTHING)
    return "—" if empty else value


def _output(entry: Mapping[str, object]) -> MapOutput:
    kpis = entry["kpis"]
    if not isinstance(kpis, list):
        raise TypeError("kpis are a list")
    return MapOutput(_text(entry["name"]), _text(entry["serves"]), tuple(map(_kpi, kpis)))


def _kpi(entry: Mapping[str, object]) -> MapKpi:
    return MapKpi(
        metric=int(str(entry["metric"])),
        name=_text(entry["name"]),
        why=_text(entry["why"]),
        target=_number(entry["target"]),
        threshold=_number(entry["threshold"]),
        source=str(entry["source"]),
        movable=bool(entry["movable"]),
    )


def _text(entry: object) -> Text:
    if not isinstance(entry, Mapping):
        raise TypeError("a text is an object of languages")
    return Text(str(entry["zh"]), str(entry.get("en", "")))


def _number(entry: object) -> Decimal | None:
    return None if entry is None else Decimal(str(entry))


def _output_as_json(output: MapOutput) -> dict[str, object]:
    return {
        "name": output.name.as_json(),
        "serves": output.serves.as_json(),
        "kpis": [
            {
                "metric": kpi.metric,
                "name": kpi.name.as_json(),
                "why": kpi.why.as_json(),
                "target": None if kpi.target is None else plain(kpi.target),
                "threshold": None if kpi.threshold is None else plain(kpi.threshold),
                "source": kpi.source,
                "movable": kpi.movable,
            }
            for kpi in output.kpis
        ],
    }
