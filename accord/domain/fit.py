"""The fit check: whether the KPIs of an agreement suit the position that carries them.

Each finding is a warning with its reason and what to do; none of them blocks anything. The rules are quiet on purpose:
they speak only where the facts say so, because a warning that is usually wrong is soon not read any more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from accord.domain.fit_words import ADVICE, WHY
from accord.domain.wording import Language, Listed, Text, Wording, trimmed

MOST_KPIS = 7
LIGHTEST = Decimal("0.05")
COMMON_FAMILIES = 3
"""A metric that the map recommends in as many families belongs to everybody."""
FEWEST_VOTES = 3
"""A workshop speaks for the position only where as many have voted."""


class Code(StrEnum):
    """What does not fit; stored with the word that overrides it."""

    OUTSIDE_FAMILY = "outside_family"
    NOT_MOVABLE = "not_movable"
    NO_SOURCE = "no_source"
    NO_OBJECTIVE = "no_objective"
    TOO_LIGHT = "too_light"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class FitLine:
    """One KPI that somebody carries or is to carry. `weight` is a share of 1, or None where it has none yet."""

    metric_id: int
    weight: Decimal | None = None
    key_result_id: int | None = None


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A place of a metric in the position map. `serves` says whether the output serves a named business result."""

    position_id: int
    family_id: int | None = None
    family: Text | None = None
    is_movable: bool = True
    has_source: bool = False
    serves: bool = False


@dataclass(frozen=True, slots=True)
class Votes:
    """How many people of a position said in a closed workshop that they can move a metric."""

    yes: int
    of: int


@dataclass(frozen=True, slots=True)
class KnownMetric:
    """What is known of a metric: its name, where its values come from, and where the map recommends it."""

    name: Text
    has_source: bool = True
    has_values: bool = True
    recommended: tuple[Recommendation, ...] = ()


@dataclass(frozen=True)
class FitFacts:
    """All the rules ask about one position. `linked` is None while the cycle has no objectives to link to."""

    position_id: int
    position: Text
    family_id: int | None
    family: Text | None
    metrics: Mapping[int, KnownMetric]
    linked: frozenset[int] | None = None
    votes: Mapping[int, Votes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not fit. `metric_id` is None where it is about the whole; `reason` picks the sentence."""

    code: Code
    metric_id: int | None
    reason: str
    values: Mapping[str, object]

    def why(self, language: Language) -> str:
        """Return the reason in one sentence."""
        return WHY[self.reason].say(language, self.values)

    def advice(self, language: Language) -> str:
        """Return what to do about it."""
        return ADVICE[self.reason].say(language, self.values)


def findings(facts: FitFacts, lines: Sequence[FitLine]) -> list[Finding]:
    """What does not fit: line by line in the order given, then what is about the whole."""
    unanchored = _unanchored(facts, lines)
    nothing_is_linked = bool(lines) and len(unanchored) == len(lines)
    found = [
        finding
        for line in lines
        if line.metric_id in facts.metrics
        for finding in _of_line(facts, line, not nothing_is_linked and line.metric_id in unanchored)
    ]
    if nothing_is_linked:
        found.append(Finding(Code.NO_OBJECTIVE, None, "nothing_linked", {}))
    if len(lines) > MOST_KPIS:
        found.append(too_many(len(lines)))
    return found


def too_many(count: int) -> Finding:
    """What is said where somebody carries more KPIs than they can keep in mind."""
    return Finding(Code.TOO_MANY, None, "too_many", {"count": count, "most": MOST_KPIS})


def too_light(metric: Text, metric_id: int, weight: Decimal | None = None) -> Finding:
    """What is said where a weight is too small to matter; without `weight` of several people at once."""
    values = {"metric": metric, "least": trimmed(LIGHTEST * 100)}
    if weight is None:
        return Finding(Code.TOO_LIGHT, metric_id, "some_too_light", values)
    return Finding(Code.TOO_LIGHT, metric_id, "too_light", {**values, "weight": trimmed(weight * 100)})


def _of_line(facts: FitFacts, line: FitLine, is_unanchored: bool) -> Iterator[Finding]:
    metric = facts.metrics[line.metric_id]
    about: dict[str, object] = {
        "metric": metric.name,
        "position": facts.position,
        "family": facts.family or Wording("", ""),
    }
    families = _other_families(facts, metric)
    if families:
        values = {**about, "families": Listed(tuple(families))}
        yield Finding(Code.OUTSIDE_FAMILY, line.metric_id, "outside_family", values)
    votes = facts.votes.get(line.metric_id)
    if any(place.position_id == facts.position_id and not place.is_movable for place in metric.recommended):
        yield Finding(Code.NOT_MOVABLE, line.metric_id, "not_movable", about)
    elif votes and votes.of >= FEWEST_VOTES and votes.yes * 3 < votes.of:
        values = {**about, "yes": votes.yes, "of": votes.of}
        reason = "voted_not_movable" if votes.yes else "voted_by_nobody"
        yield Finding(Code.NOT_MOVABLE, line.metric_id, reason, values)
    if not metric.has_values and not metric.has_source and not any(place.has_source for place in _own(facts, metric)):
        yield Finding(Code.NO_SOURCE, line.metric_id, "no_source", about)
    if is_unanchored and not families:
        yield Finding(Code.NO_OBJECTIVE, line.metric_id, "not_linked", about)
    if line.weight is not None and line.weight < LIGHTEST:
        yield too_light(metric.name, line.metric_id, line.weight)


def _other_families(facts: FitFacts, metric: KnownMetric) -> list[Text]:
    """The families that alone have the metric, in the order of the map; none where it may well be carried here.

    A position without a family (a general manager) and a metric that the map does not know are not judged.
    """
    if facts.family_id is None or _own(facts, metric):
        return []
    families = {place.family_id: place.family for place in metric.recommended if place.family}
    if facts.family_id in families or len(families) >= COMMON_FAMILIES:
        return []
    return list(families.values())


def _unanchored(facts: FitFacts, lines: Sequence[FitLine]) -> set[int]:
    """The metrics that nothing ties to an objective: no key result, and no business result that the map names."""
    if facts.linked is None:
        return set()
    return {
        line.metric_id
        for line in lines
        if line.key_result_id is None
        and line.metric_id not in facts.linked
        and line.metric_id in facts.metrics
        and not any(place.serves for place in _near(facts, facts.metrics[line.metric_id]))
    }


def _own(facts: FitFacts, metric: KnownMetric) -> list[Recommendation]:
    return [place for place in metric.recommended if place.position_id == facts.position_id]


def _near(facts: FitFacts, metric: KnownMetric) -> list[Recommendation]:
    """Where the map has the metric for the position or its family; for a position without a family, anywhere."""
    if facts.family_id is None:
        return list(metric.recommended)
    places = {place.position_id for place in metric.recommended if place.family_id == facts.family_id}
    return [place for place in metric.recommended if place.position_id in {*places, facts.position_id}]
