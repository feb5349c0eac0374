"""完成率法: the share of the target that was reached."""

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum
from typing import ClassVar, Self

from accord.domain.scoring.arithmetic import CENT, HUNDRED, ZERO, Rounded, cents
from accord.domain.scoring.errors import TargetNotPositiveError
from accord.domain.scoring.given import Given
from accord.domain.scoring.rule import (
    RESULT,
    Direction,
    Rule,
    Score,
    observed,
    require_limits_in_order,
    within,
)
from accord.domain.scoring.wording import Sentence
from accord.domain.wording import Wording


class DownFormula(StrEnum):
    """The two rival ratios of a lower-is-better metric; they differ, so the sentence names the one used."""

    TWO_MINUS = "two_minus"
    INVERSE = "inverse"


UP = Wording("实际 {actual}，目标 {target}，完成率 {ratio}%", "actual {actual}, target {target}, completion {ratio}%")
DOWN = {
    DownFormula.TWO_MINUS: Wording(
        "实际 {actual}，目标 {target}，越低越好，完成率 2 − 实际 ÷ 目标 = {ratio}%",
        "actual {actual}, target {target}, lower is better, completion 2 − actual ÷ target = {ratio}%",
    ),
    DownFormula.INVERSE: Wording(
        "实际 {actual}，目标 {target}，越低越好，完成率 目标 ÷ 实际 = {ratio}%",
        "actual {actual}, target {target}, lower is better, completion target ÷ actual = {ratio}%",
    ),
}
NOTHING_TO_DIVIDE_BY = Wording(
    "实际 {actual} 不大于 0，目标 {target}，越低越好，按上限 {cap} 分计",
    "actual {actual} is not above 0, target {target}, lower is better, so the cap of {cap} counts",
)
ZEROED = Wording("低于计分起点 {zero_below}%，记 0 分", "below the {zero_below}% where scoring starts, so 0 counts")


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionRatio(Rule[Score]):
    """100 · actual ÷ target, clamped to floor … cap; below `zero_below` (tested before clamping) it is worth 0.

    Defaults: direction up, down_formula two_minus, floor 0, cap 120, no zero_below. The target must be above 0.
    """

    code: ClassVar[str] = "completion_ratio"
    name: ClassVar[Wording] = Wording("完成率法", "Completion ratio")

    target: Decimal
    direction: Direction = Direction.UP
    down_formula: DownFormula = DownFormula.TWO_MINUS
    floor: Decimal = ZERO
    cap: Decimal = Decimal(120)
    zero_below: Decimal | None = None

    def __post_init__(self) -> None:
        """Refuse a target that gives no ratio, and limits that exclude each other."""
        if self.target <= 0:
            raise TargetNotPositiveError(given=self.target)
        require_limits_in_order(self.floor, self.cap)

    @classmethod
    def read(cls, given: Given) -> Self:
        """Build the rule from parameters that came from outside."""
        return cls(
            target=given.number("target"),
            direction=given.choice("direction", Direction, Direction.UP),
            down_formula=given.choice("down_formula", DownFormula, DownFormula.TWO_MINUS),
            floor=given.number("floor", ZERO),
            cap=given.number("cap", Decimal(120)),
            zero_below=given.optional_number("zero_below"),
        )

    def judge(self, actual: object) -> Score:
        """Score one observed value."""
        number = observed(actual)
        values: dict[str, object] = {"actual": number, "target": self.target, "floor": self.floor, "cap": self.cap}
        ratio = self._ratio(number)
        if ratio is None:
            clauses: tuple[Wording, ...] = (NOTHING_TO_DIVIDE_BY,)
            raw = self.cap
        else:
            zeroed = self.zero_below is not None and ratio < self.zero_below
            raw, limits = within(ZERO if zeroed else ratio, self.floor, self.cap)
            clauses = (self._formula(), *((ZEROED,) if zeroed else ()), *limits)
            values |= {"ratio": self._shown(ratio, zeroed), "zero_below": self.zero_below}
        value = cents(raw)
        return Score(self.code, Sentence((*clauses, RESULT), values | {"value": value}), value)

    def _ratio(self, actual: Decimal) -> Decimal | None:
        """Return the ratio in percent, or None where the inverse formula has nothing to divide by."""
        if self.direction is Direction.UP:
            return HUNDRED * actual / self.target
        if self.down_formula is DownFormula.TWO_MINUS:
            return HUNDRED * (2 - actual / self.target)
        return HUNDRED * self.target / actual if actual > 0 else None

    def _formula(self) -> Wording:
        return UP if self.direction is Direction.UP else DOWN[self.down_formula]

    def _shown(self, ratio: Decimal, zeroed: bool) -> Rounded:
        """Show a zeroed ratio rounded down, so that 59.996 % does not read as the 60 % it missed."""
        if not zeroed or self.zero_below is None:
            return Rounded(ratio)
        return Rounded(ratio, min(CENT, Decimal(1).scaleb(int(self.zero_below.as_tuple().exponent))), ROUND_FLOOR)
