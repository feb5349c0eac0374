"""非此即彼: the full score when the target is met, otherwise nothing."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Self

from accord.domain.scoring.arithmetic import HUNDRED, ZERO, cents
from accord.domain.scoring.given import Given
from accord.domain.scoring.rule import RESULT, Direction, Rule, Score, advantage, observed, require_not_negative
from accord.domain.scoring.wording import Sentence
from accord.domain.wording import Wording

MET = {
    Direction.UP: Wording(
        "实际 {actual}，不低于目标 {target}，已达成", "actual {actual} is not below target {target}, so it is met"
    ),
    Direction.DOWN: Wording(
        "实际 {actual}，不高于目标 {target}，已达成", "actual {actual} is not above target {target}, so it is met"
    ),
}
MISSED = {
    Direction.UP: Wording(
        "实际 {actual}，低于目标 {target}，未达成", "actual {actual} is below target {target}, so it is not met"
    ),
    Direction.DOWN: Wording(
        "实际 {actual}，高于目标 {target}，未达成", "actual {actual} is above target {target}, so it is not met"
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOrNothing(Rule[Score]):
    """`full` when the actual is at the target or on its good side, otherwise 0. Defaults: direction up, full 100."""

    code: ClassVar[str] = "all_or_nothing"
    name: ClassVar[Wording] = Wording("非此即彼", "All or nothing")

    target: Decimal
    direction: Direction = Direction.UP
    full: Decimal = HUNDRED

    def __post_init__(self) -> None:
        """Refuse a full score that would punish reaching the target."""
        require_not_negative(full=self.full)

    @classmethod
    def read(cls, given: Given) -> Self:
        """Build the rule from parameters that came from outside."""
        return cls(
            target=given.number("target"),
            direction=given.choice("direction", Direction, Direction.UP),
            full=given.number("full", HUNDRED),
        )

    def judge(self, actual: object) -> Score:
        """Score one observed value."""
        number = observed(actual)
        met = advantage(number, self.target, self.direction) >= 0
        value = cents(self.full if met else ZERO)
        clause = (MET if met else MISSED)[self.direction]
        values = {"actual": number, "target": self.target, "value": value}
        return Score(self.code, Sentence((clause, RESULT), values), value)
