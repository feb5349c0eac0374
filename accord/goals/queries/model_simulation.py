"""A version of a model tried on a cycle that is over: what everybody's total would have been, beside what it was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accord.domain.assessment_model import Model, read_model
from accord.domain.periods import Frequency
from accord.domain.scorecard import ScoredCard, score_card
from accord.domain.scoring.methods.weighted_total import Missing
from accord.foundation.language import readers_language
from accord.goals.models import AssessmentModelVersion, Cycle
from accord.goals.periods import always, forever
from accord.goals.queries.kpis import imported
from accord.goals.queries.scorecard_inputs import Entry, Holding, cards_from, cards_of
from accord.metrics.models import Metric
from accord.people.models import Employee

BANDS = (60, 80, 90, 100, 110)
"""The scores at which a band of the distribution begins; below the first and above the last lie two more."""
_BATCH = 2_000


@dataclass(frozen=True)
class Tried:
    """One person: the total of the cycle as it was, and as it would have been. `why` says why there is none."""

    employee: Employee
    before: Decimal | None
    after: Decimal | None
    why: str = ""

    @property
    def change(self) -> Decimal | None:
        """By how much they would move."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True)
class Band:
    """How many people stand in a band of scores."""

    label: str
    before: int
    after: int


@dataclass(frozen=True)
class Simulation:
    """What a version would have made of a cycle. `moved` is everybody with a new total, the farthest first."""

    cycle: Cycle
    moved: Sequence[Tried]
    unscored: Sequence[Tried]

    @property
    def bands(self) -> list[Band]:
        """The distribution before and after, of those who have both."""
        both = [(each.before, each.after) for each in self.moved if each.before is not None]
        return [
            Band(label, *(sum(_within(score, *ends) for score in column) for column in zip(*both, strict=True)))
            for label, ends in (_bands() if both else ())
        ]

    @property
    def risers(self) -> int:
        return sum((each.change or 0) > 0 for each in self.moved)

    @property
    def fallers(self) -> int:
        return sum((each.change or 0) < 0 for each in self.moved)

    @property
    def means(self) -> tuple[Decimal, Decimal] | None:
        """The mean before and after, of those who have both."""
        both = [(each.before, each.after) for each in self.moved if each.before is not None and each.after is not None]
        if not both:
            return None
        before, after = (sum(column, Decimal()) / len(both) for column in zip(*both, strict=True))
        return before, after


def simulate(version: AssessmentModelVersion, cycle: Cycle, people: QuerySet[Employee], today: date) -> Simulation:
    """Score a cycle by a version that need not be published. Whoever calls has made sure the reader may see `people`.

    A fixed number of statements a batch of people. Raises ModelError for a version with something to mend.
    """
    model = read_model(version.body)
    entries, day, is_final = _entries(model), min(today, cycle.ends_on), today > cycle.ends_on
    tried: list[Tried] = []
    everybody = list(people)
    for start in range(0, len(everybody), _BATCH):
        some = everybody[start : start + _BATCH]
        before = cards_of(some, cycle, day, is_final=is_final)
        after = cards_from(_holdings(some, model, entries, cycle), some, cycle, day, is_final=is_final)
        names = {entry.metric.pk: entry.metric for entry in entries}
        tried += [_tried(each, score_card(before[each.pk]), score_card(after[each.pk]), names) for each in some]
    moved = sorted((each for each in tried if each.after is not None), key=lambda each: -abs(each.change or Decimal()))
    return Simulation(cycle, moved, [each for each in tried if each.after is None])


def _entries(model: Model) -> list[Entry]:
    """The items as entries of a card, their levels the same in every period."""
    metrics = Metric.objects.in_bulk([item.metric for item in model.items()])
    return [
        Entry(
            metrics[item.metric],
            item.weight,
            item.method,
            item.params,
            [(*_always(metrics[item.metric]), item.target, item.threshold, item.stretch)],
        )
        for item in model.items()
        if item.metric in metrics
    ]


def _always(metric: Metric) -> tuple[int, int]:
    frequency = Frequency(metric.frequency)
    return always(frequency), forever(frequency)


def _holdings(people: Sequence[Employee], model: Model, entries: Sequence[Entry], cycle: Cycle) -> dict[int, Holding]:
    terms = imported(cycle)
    holdings = {employee.pk: Holding([terms], {terms.key: Missing(model.missing)}) for employee in people}
    for holding in holdings.values():
        holding.entries[terms.key] = list(entries)
    return holdings


def _tried(employee: Employee, before: ScoredCard, after: ScoredCard, metrics: dict[int, Metric]) -> Tried:
    why = _("; ").join(_missing(after, metrics)) if after.total is None else ""
    return Tried(employee, before.total, after.total, why)


def _missing(card: ScoredCard, metrics: dict[int, Metric]) -> Iterator[str]:
    """Why a card has no total: line by line, or as a whole where there are none."""
    language = readers_language()
    lines = [line for phase in card.phases for line in phase.lines if line.points is None]
    for line in lines:
        metric = metrics[line.line.metric]
        name = metric.name_en if language == "en" and metric.name_en else metric.name
        yield f"{name}: {line.sentence(language)}" if language == "en" else f"{name}：{line.sentence(language)}"
    if not lines:
        yield from card.sentences(language)


def _within(score: Decimal | None, low: int | None, high: int | None) -> bool:
    return score is not None and (low is None or score >= low) and (high is None or score < high)


def _bands() -> list[tuple[str, tuple[int | None, int | None]]]:
    first, last = (_("below %(score)s") % {"score": BANDS[0]}, (None, BANDS[0])), (f"≥ {BANDS[-1]}", (BANDS[-1], None))
    between: list[Any] = [(f"{low}–{high}", (low, high)) for low, high in pairwise(BANDS)]
    return [first, *between, last]


def distribution_chart(simulation: Simulation) -> dict[str, Any]:
    """The distribution before and after as an ECharts option."""
    bands = simulation.bands
    return {
        "grid": {"left": 4, "right": 12, "top": 36, "bottom": 4, "containLabel": True},
        "legend": {"top": 0, "left": 0, "textStyle": {"color": "var(--text-muted)"}},
        "xAxis": {
            "type": "category",
            "data": [band.label for band in bands],
            "axisLabel": {"color": "var(--text-muted)"},
            "axisTick": {"show": False},
            "axisLine": {"lineStyle": {"color": "var(--line)"}},
        },
        "yAxis": {
            "type": "value",
            "minInterval": 1,
            "axisLabel": {"color": "var(--text-muted)"},
            "splitLine": {"lineStyle": {"color": "var(--line)"}},
        },
        "series": [
            _bars(_("As it was"), "var(--grey)", [band.before for band in bands]),
            _bars(_("By this version"), "var(--series-1)", [band.after for band in bands]),
        ],
    }


def _bars(name: str, colour: str, counts: Sequence[int]) -> dict[str, Any]:
    style = {"color": colour, "borderRadius": [3, 3, 0, 0]}
    return {"name": name, "type": "bar", "data": list(counts), "itemStyle": style, "barMaxWidth": 28}
