"""差额法: points for the distance from the target, for targets that may be zero or negative."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Self

from accord.domain.scoring.arithmetic import HUNDRED, ZERO, Rounded, cents
from accord.domain.scoring.given import Given
from accord.domain.scoring.rule import (
    ON_TARGET,
    RESULT,
    Direction,
    Rule,
    Score,
    advantage,
    observed,
    require_limits_in_order,
    require_not_negative,
    require_positive,
    within,
)
from accord.domain.scoring.wording import Sentence, formula
from accord.domain.wording import Wording

BETTER = Wording(
    "实际 {actual}，优于目标 {target}，差额 {gap}，每 {unit} 加 {points_per_unit} 分",
    "actual {actual} is better than target {target} by {gap}, {points_per_unit} added for each {unit}",
)
WORSE = Wording(
    "实际 {actual}，差于目标 {target}，差额 {gap}，每 {unit} 扣 {points_per_unit} 分",
    "actual {actual} is worse than target {target} by {gap}, {points_per_unit} taken off for each {unit}",
)
SUM = formula("100 {sign} {points_per_unit} × {gap} ÷ {unit} = {raw}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference(Rule[Score]):
    """100 + points_per_unit · (actual − target) ÷ unit, clamped to floor … cap; down: target − actual.

    Defaults: direction up, floor 0, cap 120. The target may be zero or negative.
    """

    code: ClassVar[str] = "difference"
    name: ClassVar[Wording] = Wording("差额法", "Difference")

    target: Decimal
    unit: Decimal
    points_per_unit: Decimal
    direction: Direction = Direction.UP
    floor: Decimal = ZERO
    cap: Decimal = Decimal(120)

    def __post_init__(self) -> None:
        """Refuse a unit that is not a length, points with a wrong sign, and limits that exclude each other."""
        require_positive(unit=self.unit)
        require_not_negative(points_per_unit=self.points_per_unit)
        require_limits_in_order(self.floor, self.cap)

    @classmethod
    def read(cls, given: Given) -> Self:
        """Build the rule from parameters that came from outside."""
        return cls(
            target=given.number("target"),
            unit=given.number("unit"),
            points_per_unit=given.number("points_per_unit"),
            direction=given.choice("direction", Direction, Direction.UP),
            floor=given.number("floor", ZERO),
            cap=given.number("cap", Decimal(120)),
        )

    def judge(self, actual: object) -> Score:
        """Score one observed value."""
        number = observed(actual)
        gap = advantage(number, self.target, self.direction)
        raw = HUNDRED + self.points_per_unit * gap / self.unit
        clamped, limits = within(raw, self.floor, self.cap)
        value = cents(clamped)
        values: dict[str, object] = {
            "actual": number,
            "target": self.target,
            "gap": abs(gap),
            "unit": self.unit,
            "points_per_unit": self.points_per_unit,
            "sign": "+" if gap >= 0 else "−",
            "raw": Rounded(raw),
            "floor": self.floor,
            "cap": self.cap,
            "value": value,
        }
        way = (BETTER if gap > 0 else WORSE, SUM) if gap else (ON_TARGET,)
        return Score(self.code, Sentence((*way, *limits, RESULT), values), value)
