"""基准值联动: as 加减分法, but a target set below what was already reached earns a smaller bonus."""

from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal
from typing import ClassVar, Self

from accord.domain.scoring.arithmetic import CENT, HUNDRED, ONE, Rounded
from accord.domain.scoring.errors import ParameterError
from accord.domain.scoring.given import Given
from accord.domain.scoring.methods.points import Points
from accord.domain.scoring.rule import Direction, Rule, Score, advantage
from accord.domain.scoring.wording import Sentence
from accord.domain.wording import Wording

# How far the target lies below the baseline, at most, and the bonus cap that goes with it.
BONUS_CAPS = ((Decimal("0.3"), Decimal(3)), (Decimal("0.5"), Decimal(2)))
LOWEST_BONUS_CAP = ONE

BASELINE = {
    Direction.UP: Wording(
        "基准值 {baseline}（上期实际 {last_actual}，与上期目标 {last_target} 的均值 {mean}，取低者）",
        "baseline {baseline} (last actual {last_actual}, mean of it and last target {last_target}: {mean},"
        " the lower counts)",
    ),
    Direction.DOWN: Wording(
        "基准值 {baseline}（越低越好，上期实际 {last_actual}，与上期目标 {last_target} 的均值 {mean}，取高者）",
        "baseline {baseline} (lower is better, last actual {last_actual}, mean of it and last target {last_target}:"
        " {mean}, the higher counts)",
    ),
}
AMBITIOUS = Wording("目标不低于基准要求", "the target is at least as demanding")
MODEST = Wording(
    "目标比基准宽松 {shortfall}%，加分上限为 {bonus_cap} 分",
    "the target is {shortfall}% less demanding, so at most {bonus_cap} can be added",
)


class BaselineNotPositiveError(ParameterError):
    """The target lies below a baseline of which no percentage can be taken."""

    code = "baseline_not_positive"
    wording = Wording(
        "基准值 {given} 不大于 0，无法计算目标低于基准的比例，请改用加减分法。",
        "The baseline {given} is not above 0, so no share of it can be taken; use the points method.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineLinkedPoints(Rule[Score]):
    """Points whose bonus cap depends on how the target compares with the baseline.

    Baseline: the lower of last actual and the mean of last target and last actual. A target below it by up to 30 %
    caps the bonus at 3, by up to 50 % at 2, by more at 1, never above the rule's own cap: setting a lower target
    must not pay. A target at the baseline or above keeps the own cap. Downwards everything is mirrored: the
    baseline is the higher of the two, and a target above it is the modest one.
    """

    code: ClassVar[str] = "baseline_linked_points"
    name: ClassVar[Wording] = Wording("基准值联动", "Points linked to a baseline")

    points: Points
    last_actual: Decimal
    last_target: Decimal

    def __post_init__(self) -> None:
        """Refuse a modest target where its distance from the baseline has no percentage."""
        if self._shortfall() > 0 >= self._baseline():
            raise BaselineNotPositiveError(given=self._baseline())

    @classmethod
    def read(cls, given: Given) -> Self:
        """Build the rule from parameters that came from outside."""
        return cls(
            points=Points.read(given),
            last_actual=given.number("last_actual"),
            last_target=given.number("last_target"),
        )

    def judge(self, actual: object) -> Score:
        """Score one observed value."""
        cap = self._bonus_cap()
        score = replace(self.points, cap_plus=cap).judge(actual)
        values: dict[str, object] = {
            "baseline": self._baseline(),
            "last_actual": self.last_actual,
            "last_target": self.last_target,
            "mean": self._mean(),
            "bonus_cap": cap,
        }
        comparison = AMBITIOUS
        if self._shortfall() > 0:
            comparison = MODEST
            # Rounded up, so that 30.001 % does not read as the 30 % it exceeds.
            values["shortfall"] = Rounded(HUNDRED * self._shortfall() / self._baseline(), CENT, ROUND_CEILING)
        clauses = (BASELINE[self.points.direction], comparison, *score.sentence.clauses)
        return Score(self.code, Sentence(clauses, {**values, **score.sentence.values}), score.value)

    def _mean(self) -> Decimal:
        return (self.last_target + self.last_actual) / 2

    def _baseline(self) -> Decimal:
        easier = min if self.points.direction is Direction.UP else max
        return easier(self.last_actual, self._mean())

    def _shortfall(self) -> Decimal:
        """Return how much less demanding the target is than the baseline, in units of the metric."""
        return -advantage(self.points.target, self._baseline(), self.points.direction)

    def _bonus_cap(self) -> Decimal | None:
        shortfall = self._shortfall()
        if shortfall <= 0:
            return self.points.cap_plus
        baseline = self._baseline()
        cap = next((cap for share, cap in BONUS_CAPS if shortfall <= share * baseline), LOWEST_BONUS_CAP)
        return cap if self.points.cap_plus is None else min(cap, self.points.cap_plus)
