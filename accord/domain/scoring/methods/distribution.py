"""强制分布: how many people each grade gets. Advice, unless the organisation enforces it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Self

from accord.domain.distribution import largest_remainder
from accord.domain.scoring.arithmetic import HUNDRED
from accord.domain.scoring.errors import ActualError, NegativeActualError
from accord.domain.scoring.given import Given
from accord.domain.scoring.rule import Answer, Rule, observed
from accord.domain.scoring.weights import require_weights
from accord.domain.scoring.wording import Sentence
from accord.domain.wording import Listed, Wording

COUNTS = Wording(
    "{headcount} 人按 {shares} 分布，理想人数为 {ideals}，先取整数，余下名额依次给小数部分最大的等级，得 {counts} 人",
    "{headcount} people at {shares} would be {ideals}, whole parts first and the places left to the largest remainders,"
    " which gives {counts}",
)


class HeadcountNotWholeError(ActualError):
    """Half a person."""

    code = "headcount_not_whole"
    wording = Wording("人数须为整数，现为 {given}。", "A headcount is a whole number, not {given}.")


@dataclass(frozen=True, slots=True)
class Allocation(Answer):
    """Places for each grade, in the order of the shares; they sum to the headcount."""

    counts: tuple[int, ...]

    @property
    def result(self) -> list[int]:
        """The counts as a list."""
        return list(self.counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution(Rule[Allocation]):
    """Share out a headcount over grades by largest remainder. `shares` run from the first grade and sum to 1."""

    code: ClassVar[str] = "distribution"
    name: ClassVar[Wording] = Wording("强制分布", "Forced distribution")

    shares: tuple[Decimal, ...]

    def __post_init__(self) -> None:
        """Refuse shares that are not parts of one whole."""
        require_weights(self.shares)

    @classmethod
    def read(cls, given: Given) -> Self:
        """Build the rule from parameters that came from outside."""
        return cls(shares=given.numbers("shares"))

    def judge(self, actual: object) -> Allocation:
        """Share out a headcount, which may be 0."""
        headcount = observed(actual)
        if headcount < 0:
            raise NegativeActualError(name="actual", given=headcount)
        if headcount != headcount.to_integral_value():
            raise HeadcountNotWholeError(given=headcount)
        ideals = tuple(share * headcount for share in self.shares)
        counts = tuple(largest_remainder(ideals))
        values: dict[str, object] = {
            "headcount": int(headcount),
            "shares": Listed(tuple((HUNDRED * share).normalize() for share in self.shares), "%"),
            "ideals": Listed(tuple(ideal.normalize() for ideal in ideals)),
            "counts": Listed(counts),
        }
        return Allocation(self.code, Sentence((COUNTS,), values), counts)
