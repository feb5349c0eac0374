"""A redesign: five short steps from the business objective to the source of the number, and the map that comes of it.

Objective → contribution of the position → behaviour one can see → KPIs → where the numbers come from. What two people
write is kept as plain JSON by step; this module reads it, says what is still missing, and makes the new map.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from accord.domain.position_map import MapKpi, MapOutput, PositionMap
from accord.domain.redesign_words import MISSING
from accord.domain.wording import Language, Text

MINUTES = 30
"""What the whole takes, and about how long each step does."""
MOST_NEW = 4


class Step(StrEnum):
    """The five steps, in order."""

    OBJECTIVE = "objective"
    CONTRIBUTION = "contribution"
    BEHAVIOUR = "behaviour"
    KPIS = "kpis"
    SOURCE = "source"


STEP_MINUTES: dict[Step, int] = {
    Step.OBJECTIVE: 4,
    Step.CONTRIBUTION: 5,
    Step.BEHAVIOUR: 7,
    Step.KPIS: 10,
    Step.SOURCE: 4,
}

Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a KPI that the map recommends today."""

    metric: int
    keep: bool
    reason: str = ""
    movable: bool = True
    target: Decimal | None = None
    threshold: Decimal | None = None


@dataclass(frozen=True, slots=True)
class NewKpi:
    """A KPI to be: one of the library by `metric`, or a new one by name with unit and direction."""

    name: str
    metric: int | None = None
    unit: str = ""
    lower_is_better: bool = False
    why: str = ""
    movable: bool = True
    target: Decimal | None = None
    threshold: Decimal | None = None


@dataclass(frozen=True)
class Redesign:
    """What both have written so far."""

    objective: str = ""
    objective_id: int | None = None
    output: str = ""
    contribution: str = ""
    behaviours: tuple[str, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    new: tuple[NewKpi, ...] = ()
    sources: Mapping[str, str] | None = None

    def source_of(self, name: str) -> str:
        """Return where the values of a KPI come from, by its name; empty while nobody has said so."""
        return (self.sources or {}).get(name, "")

    def verdict_on(self, metric: int) -> Verdict | None:
        """Return what was said of a KPI of the map."""
        return next((verdict for verdict in self.verdicts if verdict.metric == metric), None)


@dataclass(frozen=True, slots=True)
class Missing:
    """Something a step still lacks before the whole can become a map."""

    step: Step
    code: str
    values: Mapping[str, object]

    def explain(self, language: Language) -> str:
        """Return the sentence."""
        return MISSING[self.code].say(language, self.values)


def read_redesign(steps: Mapping[str, Any]) -> Redesign:
    """Read what is stored; what is not there, or is no sense, is simply not said yet."""
    said = {step: _answers(steps, step) for step in Step}
    objective, contribution, kpis = said[Step.OBJECTIVE], said[Step.CONTRIBUTION], said[Step.KPIS]
    lines = _words(said[Step.BEHAVIOUR], "lines").splitlines()
    sources = _mapping(said[Step.SOURCE].get("sources"))
    return Redesign(
        objective=_words(objective, "text"),
        objective_id=_key(objective.get("objective")),
        output=_words(contribution, "output"),
        contribution=_words(contribution, "text"),
        behaviours=tuple(line.strip() for line in lines if line.strip()),
        verdicts=tuple(_verdict(entry) for entry in _rows(kpis, "existing") if _key(entry.get("metric"))),
        new=tuple(_new(entry) for entry in _rows(kpis, "new") if _words(entry, "name")),
        sources={str(name): str(source).strip() for name, source in sources.items()},
    )


def missing(redesign: Redesign, before: PositionMap, sources: Mapping[str, str]) -> list[Missing]:
    """What is still missing, step by step; the whole can be finished when nothing is.

    `sources` are those that the library names, by metric.
    """
    found = []
    if not redesign.objective:
        found.append(Missing(Step.OBJECTIVE, "objective", {}))
    if not redesign.output:
        found.append(Missing(Step.CONTRIBUTION, "output", {}))
    if not redesign.contribution:
        found.append(Missing(Step.CONTRIBUTION, "contribution", {}))
    if not redesign.behaviours:
        found.append(Missing(Step.BEHAVIOUR, "behaviour", {}))
    found += _missing_kpis(redesign, before)
    for kpi in compose(redesign, before, {}).kpis():
        if not kpi.source and not sources.get(kpi.name.zh):
            found.append(Missing(Step.SOURCE, "source", {"kpi": kpi.name}))
    return found


def compose(redesign: Redesign, before: PositionMap, keys: Mapping[str, int]) -> PositionMap:
    """The map that comes of it. `keys` are the metrics that new names have become; 0 stands for those to be made.

    What is kept stays below its output; what is new comes below the output that the redesign is about.
    """
    outputs = [_kept(redesign, output) for output in before.outputs]
    new = tuple(_mapped(redesign, kpi, keys) for kpi in redesign.new)
    serves = Text(redesign.objective)
    places = [place for place, output in enumerate(outputs) if _is_about(redesign, output)]
    if places:
        output = outputs[places[0]]
        stays = redesign.objective in ("", output.serves.zh)
        outputs[places[0]] = replace(
            output, serves=output.serves if stays else serves, kpis=_without_doubles(output.kpis + new)
        )
    elif redesign.output:
        outputs.insert(0, MapOutput(Text(redesign.output), serves, _without_doubles(new)))
    # An output of which nothing is left says nothing any more, except the one this was about.
    return PositionMap(
        tuple(
            output for output in outputs if output.kpis or _is_about(redesign, output) or not _had_kpis(output, before)
        )
    )


def _is_about(redesign: Redesign, output: MapOutput) -> bool:
    return bool(redesign.output) and redesign.output in (output.name.zh, output.name.en)


def _missing_kpis(redesign: Redesign, before: PositionMap) -> list[Missing]:
    found = []
    for kpi in before.kpis():
        verdict = redesign.verdict_on(kpi.metric)
        if verdict is None:
            found.append(Missing(Step.KPIS, "verdict", {"kpi": kpi.name}))
        elif not verdict.keep and not verdict.reason:
            found.append(Missing(Step.KPIS, "reason", {"kpi": kpi.name}))
    if not any(verdict.keep for verdict in redesign.verdicts) and not redesign.new:
        found.append(Missing(Step.KPIS, "no_kpi", {}))
    return found


def _kept(redesign: Redesign, output: MapOutput) -> MapOutput:
    kpis = []
    for kpi in output.kpis:
        verdict = redesign.verdict_on(kpi.metric)
        if verdict is None:
            kpis.append(replace(kpi, source=redesign.source_of(kpi.name.zh) or kpi.source))
        elif verdict.keep:
            kpis.append(
                replace(
                    kpi,
                    movable=verdict.movable,
                    target=verdict.target,
                    threshold=verdict.threshold,
                    source=redesign.source_of(kpi.name.zh) or kpi.source,
                )
            )
    return replace(output, kpis=tuple(kpis))


def _mapped(redesign: Redesign, kpi: NewKpi, keys: Mapping[str, int]) -> MapKpi:
    return MapKpi(
        metric=kpi.metric or keys.get(kpi.name, 0),
        name=Text(kpi.name),
        why=Text(kpi.why),
        target=kpi.target,
        threshold=kpi.threshold,
        source=redesign.source_of(kpi.name),
        movable=kpi.movable,
    )


def _without_doubles(kpis: Sequence[MapKpi]) -> tuple[MapKpi, ...]:
    """One entry a metric, the first; those still to be made go by their names."""
    first: dict[int | str, MapKpi] = {}
    for kpi in kpis:
        first.setdefault(kpi.metric or kpi.name.zh, kpi)
    return tuple(first.values())


def _had_kpis(output: MapOutput, before: PositionMap) -> bool:
    return any(old.name == output.name and old.kpis for old in before.outputs)


def _answers(steps: Mapping[str, Any], step: Step) -> Answers:
    return _mapping(_mapping(steps.get(step.value)).get("answers"))


def _rows(answers: Answers, name: str) -> list[Answers]:
    rows = answers.get(name)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def _verdict(entry: Answers) -> Verdict:
    return Verdict(
        metric=_key(entry.get("metric")) or 0,
        keep=bool(entry.get("keep", True)),
        reason=_words(entry, "reason"),
        movable=bool(entry.get("movable", True)),
        target=_number(entry.get("target")),
        threshold=_number(entry.get("threshold")),
    )


def _new(entry: Answers) -> NewKpi:
    return NewKpi(
        name=_words(entry, "name"),
        metric=_key(entry.get("metric")),
        unit=_words(entry, "unit"),
        lower_is_better=bool(entry.get("lower_is_better")),
        why=_words(entry, "why"),
        movable=bool(entry.get("movable", True)),
        target=_number(entry.get("target")),
        threshold=_number(entry.get("threshold")),
    )


def _words(answers: Answers, name: str) -> str:
    said = answers.get(name)
    return said.strip() if isinstance(said, str) else ""


def _key(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None


def _number(value: object) -> Decimal | None:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _mapping(value: object) -> Answers:
    return value if isinstance(value, Mapping) else {}
