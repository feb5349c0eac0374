"""The totals of the phases, and of the cycle: their mean weighted by calendar days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from accord.domain.scorecard.card import Card, Phase
from accord.domain.scorecard.lines import ScoredLine, score_line
from accord.domain.scoring import Score, ScoringError
from accord.domain.scoring.arithmetic import ARITHMETIC, ONE, ZERO, cents
from accord.domain.scoring.methods.weighted_total import Item, Missing, WeightedTotal
from accord.domain.wording import Language, Wording, percent

NOTHING = Wording("这一周期还没有指标。", "There are no KPIs in this cycle.")
DAYS = Wording("{days} 天 × {total}", "{days} days × {total}")
MEAN = Wording("按天数加权：({sum}) ÷ {days} 天，得 {value} 分。", "Weighted by days: ({sum}) ÷ {days} days = {value}.")
NO_OBJECTIVES = Wording("目标（OKR）还没有得分，暂不能汇总。", "Objectives have no score yet, so there is no total.")
WITH_OKR = Wording(
    "{kpi_share} × KPI {kpi} 分 + {okr_share} × 目标（OKR）{okr} 分，得 {value} 分。",
    "{kpi_share} × KPI {kpi} + {okr_share} × objectives {okr} = {value}.",
)


@dataclass(frozen=True, slots=True)
class ScoredPhase:
    """A phase with its lines and its total. `days` is the weight of it.

    `part` is the total of the lines that have a score, their weights taken as the whole; `share` is what those weigh.
    """

    phase: Phase
    lines: tuple[ScoredLine, ...]
    days: int
    total: Score | None
    error: ScoringError | None
    part: Decimal | None
    share: Decimal

    @property
    def points(self) -> Decimal | None:
        """The total, rounded to 0.01; None while there is none."""
        return self.total.value if self.total else None

    @property
    def is_empty(self) -> bool:
        """Whether no line has a score."""
        return all(line.score is None for line in self.lines)

    def sentence(self, language: Language) -> str:
        """Return how the total follows from the lines, or why there is none."""
        if self.error is None:
            return self.total.explain(language) if self.total else NOTHING.say(language)
        return self.error.explain(language)


@dataclass(frozen=True, slots=True)
class ScoredCard:
    """What a card comes to. `total` is None while a score is missing; `part` then says how it stands without it."""

    card: Card
    phases: tuple[ScoredPhase, ...]
    kpi_total: Decimal | None
    total: Decimal | None
    part: Decimal | None

    @property
    def counted(self) -> Sequence[ScoredPhase]:
        """The phases that weigh: in the end all, until then those that have begun and have some score."""
        return _counted(self.phases, self.card.is_final)

    @property
    def share(self) -> Decimal:
        """The weight of the lines that have a score, over all days that weigh."""
        counted = self.counted
        days = sum(phase.days for phase in counted)
        return sum((phase.share * phase.days for phase in counted), ZERO) / days if days else ZERO

    def sentences(self, language: Language) -> list[str]:
        """Return how the total follows from the phases and from the objectives, or what is missing."""
        if not self.phases:
            return [NOTHING.say(language)]
        counted = self.counted
        if len(counted) > 1 and self.kpi_total is not None:
            told = [self._mean(counted, language)]
        else:
            told = [
                phase.sentence(language) for phase in counted or self.phases if len(counted) <= 1 or not phase.total
            ]
        return [*told, *self._objectives(language)]

    def _mean(self, counted: Sequence[ScoredPhase], language: Language) -> str:
        parts = (DAYS.say(language, {"days": each.days, "total": each.points}) for each in counted)
        days = sum(each.days for each in counted)
        return MEAN.say(language, {"sum": " + ".join(parts), "days": days, "value": self.kpi_total})

    def _objectives(self, language: Language) -> list[str]:
        share, okr = self.card.okr_share, self.card.objective_score
        if not share or self.kpi_total is None:
            return []
        if okr is None:
            return [NO_OBJECTIVES.say(language)]
        values = {"kpi_share": percent(ONE - share), "okr_share": percent(share)}
        values |= {"kpi": str(self.kpi_total), "okr": str(cents(okr)), "value": str(self.total)}
        return [WITH_OKR.say(language, values)]


def score_card(card: Card) -> ScoredCard:
    """Score a whole card. Never raises: where there is no total, the lines and phases say why."""
    phases = tuple(_score_phase(phase, card) for phase in card.phases)
    counted = _counted(phases, card.is_final)
    kpi_total = mean_of_days([(phase.days, phase.points) for phase in counted])
    part = mean_of_days([(phase.days, phase.part) for phase in counted if phase.part is not None])
    return ScoredCard(
        card,
        phases,
        kpi_total,
        with_objectives(kpi_total, card),
        with_objectives(part, card) if card.objective_score is not None else part,
    )


def with_objectives(kpi_total: Decimal | None, card: Card) -> Decimal | None:
    """(1 − share) · KPI total + share · objective score; the KPI total alone where objectives do not count."""
    if kpi_total is None or not card.okr_share:
        return kpi_total
    if card.objective_score is None:
        return None
    with localcontext(ARITHMETIC):
        return cents((ONE - card.okr_share) * kpi_total + card.okr_share * card.objective_score)


def _score_phase(phase: Phase, card: Card) -> ScoredPhase:
    lines = tuple(score_line(line, card.on, card.is_final) for line in phase.lines)
    items = [Item(line.line.weight, line.points) for line in lines]
    total, error = _total(items, phase.missing)
    part, _ = _total(items, Missing.REDISTRIBUTE)
    return ScoredPhase(
        phase,
        lines,
        phase.days(card.on, card.is_final),
        total,
        error,
        part.value if part else None,
        sum((item.weight for item in items if item.score is not None), ZERO),
    )


def _total(items: list[Item], missing: Missing) -> tuple[Score | None, ScoringError | None]:
    try:
        return WeightedTotal(missing=missing).total(items), None
    except ScoringError as error:
        return None, error


def _counted(phases: Sequence[ScoredPhase], is_final: bool) -> Sequence[ScoredPhase]:
    if is_final:
        return phases
    return [phase for phase in phases if phase.days and not phase.is_empty]


def mean_of_days(totals: Sequence[tuple[int, Decimal | None]]) -> Decimal | None:
    """The mean weighted by days, rounded half-up to 0.01; None where one is missing or there is none."""
    days = sum(each for each, _ in totals)
    there = [each * total for each, total in totals if total is not None]
    if not days or len(there) < len(totals):
        return None
    with localcontext(ARITHMETIC):
        return cents(sum(there, ZERO) / days)
