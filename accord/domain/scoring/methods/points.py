"""加减分法: a base score, points added above the target and taken off below it, each side capped."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar, NamedTuple, Self

from accord.domain.scoring.arithmetic import cents
from accord.domain.scoring.given import Given
from accord.domain.scoring.rule import (
    ON_TARGET,
    RESULT,
    Direction,
    Rule,
    Score,
    advantage,
    observed,
    require_not_negative,
    require_positive,
)
from accord.domain.scoring.wording import Sentence, formula
from accord.domain.wording import Wording


class Counting(StrEnum):
    """Whether a part of a unit counts for its part, or only whole units count."""

    PRO_RATA = "pro_rata"
    FULL_UNITS = "full_units"


class Side(NamedTuple):
    """How one side of the target is put into words."""

    sign: str
    gap: Wording
    each: dict[Counting, Wording]
    capped: Wording


ABOVE = Side(
    "+",
    Wording("实际 {actual}，优于目标 {target}，差额 {gap}", "actual {actual} is better than target {target} by {gap}"),
    {
        Counting.PRO_RATA: Wording("每 {per} 加 {rate} 分，按比例计", "{rate} added for each {per}, in proportion"),
        Counting.FULL_UNITS: Wording(
            "每满 {per} 加 {rate} 分，计 {units} 个", "{rate} added for each full {per}, {units} of them"
        ),
    },
    Wording("超过加分上限，只加 {cap} 分", "above the limit, so only {cap} is added"),
)
BELOW = Side(
    "−",
    Wording("实际 {actual}，差于目标 {target}，差额 {gap}", "actual {actual} is worse than target {target} by {gap}"),
    {
        Counting.PRO_RATA: Wording("每 {per} 扣 {rate} 分，按比例计", "{rate} taken off for each {per}, in proportion"),
        Counting.FULL_UNITS: Wording(
            "每满 {per} 扣 {rate} 分，计 {units} 个", "{rate} taken off for each full {per}, {units} of them"
        ),
    },
    Wording("超过扣分上限，只扣 {cap} 分", "above the limit, so only {cap} is taken off"),
)
SUM = {
    Counting.PRO_RATA: formula("{base} {sign} {rate} × {gap} ÷ {per} = {value}"),
    Counting.FULL_UNITS: formula("{base} {sign} {rate} × {units} = {value}"),
}
CAPPED_SUM = formula("{base} {sign} {cap} = {value}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Points(Rule[Score]):
    """`base` plus `plus` (minus `minus`) points for each `per` the actual is better (worse) than the target.

    Each side is capped by its own cap, without one it is not capped. Defaults: direction up, mode pro_rata.
    """

    code: ClassVar[str] = "points"
    name: ClassVar[Wording] = Wording("加减分法", "Points added and taken off")

    base: Decimal
    target: Decimal
    per: Decimal
    plus: Decimal
    minus: Decimal
    direction: Direction = Direction.UP
    mode: Counting = Counting.PRO_RATA
    cap_plus: Decimal | None = None
    cap_minus: Decimal | None = None

    def __post_init__(self) -> None:
        """Refuse a unit that is not a length, and points or caps with a wrong sign."""
        require_positive(per=self.per)
        require_not_negative(plus=self.plus, minus=self.minus, cap_plus=self.cap_plus, cap_minus=self.cap_minus)

    @classmethod
    def read(cls, given: Given) -> Self:
        """Build the rule from parameters that came from outside."""
        return cls(
            base=given.number("base"),
            target=given.number("target"),
            per=given.number("per"),
            plus=given.number("plus"),
            minus=given.number("minus"),
            direction=given.choice("direction", Direction, Direction.UP),
            mode=given.choice("mode", Counting, Counting.PRO_RATA),
            cap_plus=given.optional_number("cap_plus"),
            cap_minus=given.optional_number("cap_minus"),
        )

    def judge(self, actual: object) -> Score:
        """Score one observed value."""
        number = observed(actual)
        gap = advantage(number, self.target, self.direction)
        side, rate, cap = (ABOVE, self.plus, self.cap_plus) if gap >= 0 else (BELOW, self.minus, self.cap_minus)
        units = abs(gap) // self.per
        earned = rate * units if self.mode is Counting.FULL_UNITS else rate * abs(gap) / self.per
        capped = cap is not None and earned > cap
        points = cap if cap is not None and capped else earned
        value = cents(self.base + points if gap >= 0 else self.base - points)
        values: dict[str, object] = {
            "actual": number,
            "target": self.target,
            "gap": abs(gap),
            "per": self.per,
            "rate": rate,
            "units": units,
            "base": self.base,
            "sign": side.sign,
            "cap": cap,
            "value": value,
        }
        return Score(self.code, Sentence((*self._clauses(side, gap, capped), RESULT), values), value)

    def _clauses(self, side: Side, gap: Decimal, capped: bool) -> tuple[Wording, ...]:
        if gap == 0:
            return (ON_TARGET,)
        if capped:
            return (side.gap, side.each[self.mode], side.capped, CAPPED_SUM)
        return (side.gap, side.each[self.mode], SUM[self.mode])
