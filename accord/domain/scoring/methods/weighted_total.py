"""加权汇总: the weighted sum of item scores, plus bonuses, minus deductions."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum
from typing import ClassVar, NamedTuple, Self

from accord.domain.scoring.arithmetic import ARITHMETIC, NO_CENTS, ONE, ZERO, Rounded, cents
from accord.domain.scoring.errors import MissingActualError, MissingScoreError
from accord.domain.scoring.given import Given
from accord.domain.scoring.rule import (
    RESULT,
    Rule,
    Score,
    require_limits_in_order,
    require_not_negative,
    within,
)
from accord.domain.scoring.weights import require_weights
from accord.domain.scoring.wording import Sentence, Terms
from accord.domain.wording import Wording


class Missing(StrEnum):
    """What happens to the weight of an item without a score."""

    REDISTRIBUTE = "redistribute"
    ZERO = "zero"
    BLOCK = "block"


SHARED = Wording(
    "{missing} 项暂无得分，其权重由其余各项按比例分担",
    "items without a score: {missing}, whose weight the others share in proportion",
)
ZEROED = Wording("{missing} 项暂无得分，以 0 分计入", "items without a score: {missing}, which count as 0")
ADDED = Wording("加分 {bonuses} 分", "bonuses {bonuses}")
TAKEN = Wording("扣分 {deductions} 分", "deductions {deductions}")
ADDED_LIMIT = Wording("超过加分上限，只加 {bonus_cap} 分", "above the limit, so only {bonus_cap} is added")
TAKEN_LIMIT = Wording("超过扣分上限，只扣 {deduction_cap} 分", "above the limit, so only {deduction_cap} is taken off")
TOTAL = Wording("加权合计 {sum}{extras} = {raw}", "weighted total {sum}{extras} = {raw}")
SHARED_TOTAL = Wording(
    "加权合计 ({sum}) ÷ {weight}{extras} = {raw}", "weighted total ({sum}) ÷ {weight}{extras} = {raw}"
)


class Item(NamedTuple):
    """A weight and a score already rounded to 0.01; the score is None while there is none."""

    weight: Decimal
    score: Decimal | None


class Extras(NamedTuple):
    """Bonuses or deductions, what they sum to, and the most of it that counts."""

    amounts: tuple[Decimal, ...] = ()
    cap: Decimal | None = None
    total: Decimal = ZERO

    @classmethod
    def of(cls, amounts: tuple[Decimal, ...], cap: Decimal | None) -> Self:
        """Add up `amounts`."""
        return cls(amounts, cap, sum(amounts, ZERO))

    @property
    def exceeds_cap(self) -> bool:
        """Whether the cap cuts them."""
        return self.cap is not None and self.total > self.cap

    @property
    def counted(self) -> Decimal:
        """What of them counts."""
        return self.cap if self.cap is not None and self.exceeds_cap else self.total

    def told(self, amounts: Wording, limit: Wording) -> tuple[Wording, ...]:
        """Return the clauses that speak of them."""
        if not self.amounts:
            return ()
        return (amounts, limit) if self.exceeds_cap else (amounts,)

    def __str__(self) -> str:
        terms = str(Terms(tuple((amount,) for amount in self.amounts)))
        return f"{terms} = {self.total:f}" if len(self.amounts) > 1 else terms


NO_EXTRAS = Extras()


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightedTotal(Rule[Score]):
    """Σ weight · score + bonuses − deductions, each side capped, the total clamped to floor … cap.

    The actual is the list of items `{weight, score, name?}`; weights sum to exactly 1, a null score is missing.
    Item scores are rounded to 0.01 first, so the printed sheet adds up by hand. Defaults: missing block (a total is
    never made up), no bonuses, no deductions, no caps, floor 0.
    """

    code: ClassVar[str] = "weighted_total"
    name: ClassVar[Wording] = Wording("加权汇总", "Weighted total")

    missing: Missing = Missing.BLOCK
    bonuses: Extras = NO_EXTRAS
    deductions: Extras = NO_EXTRAS
    floor: Decimal = ZERO
    cap: Decimal | None = None

    def __post_init__(self) -> None:
        """Refuse extras and caps with a wrong sign, and limits that exclude each other."""
        require_not_negative(
            bonuses=min(self.bonuses.amounts, default=ZERO),
            deductions=min(self.deductions.amounts, default=ZERO),
            bonus_cap=self.bonuses.cap,
            deduction_cap=self.deductions.cap,
        )
        if self.cap is not None:
            require_limits_in_order(self.floor, self.cap)

    @classmethod
    def read(cls, given: Given) -> Self:
        """Build the rule from parameters that came from outside."""
        return cls(
            missing=given.choice("missing", Missing, Missing.BLOCK),
            bonuses=Extras.of(given.numbers("bonuses"), given.optional_number("bonus_cap")),
            deductions=Extras.of(given.numbers("deductions"), given.optional_number("deduction_cap")),
            floor=given.number("floor", ZERO),
            cap=given.optional_number("cap"),
        )

    def judge(self, actual: object) -> Score:
        """Sum up a list of items that came from outside."""
        if actual is None:
            raise MissingActualError
        given = Given({"actual": actual})
        items = [_item(row) for row in given.rows("actual")]
        given.refuse_unknown()
        return self._total(items)

    def total(self, items: Sequence[Item]) -> Score:
        """Sum up items this program scored itself. Raises WeightsNotOneError and MissingScoreError."""
        with localcontext(ARITHMETIC):
            return self._total(items)

    def _total(self, items: Sequence[Item]) -> Score:
        require_weights([item.weight for item in items])
        missing = sum(item.score is None for item in items)
        weight = self._weight_that_counts(items, missing)
        # A zero-scored item keeps its place in the printed sum; one whose weight is shared out does not.
        terms = tuple(
            (item.weight, item.score or NO_CENTS)
            for item in items
            if item.score is not None or self.missing is Missing.ZERO
        )
        raw = sum([weight * score for weight, score in terms], ZERO) / weight
        raw += self.bonuses.counted - self.deductions.counted
        clamped, limits = within(raw, self.floor, self.cap)
        value = cents(clamped)
        values: dict[str, object] = {
            "missing": missing,
            "bonuses": self.bonuses,
            "bonus_cap": self.bonuses.cap,
            "deductions": self.deductions,
            "deduction_cap": self.deductions.cap,
            "sum": Terms(terms),
            "weight": weight,
            "extras": self._extras(),
            "raw": Rounded(raw),
            "floor": self.floor,
            "cap": self.cap,
            "value": value,
        }
        return Score(self.code, Sentence((*self._clauses(missing), *limits, RESULT), values), value)

    def _weight_that_counts(self, items: Sequence[Item], missing: int) -> Decimal:
        """Return what the weighted sum is divided by; raises MissingScoreError where there is no total."""
        weight = ONE
        if missing and self.missing is Missing.REDISTRIBUTE:
            weight = sum((item.weight for item in items if item.score is not None), ZERO)
        if missing and (missing == len(items) or weight == 0 or self.missing is Missing.BLOCK):
            raise MissingScoreError(missing=missing, items=len(items))
        return weight

    def _extras(self) -> str:
        added = f" + {self.bonuses.counted:f}" if self.bonuses.amounts else ""
        taken = f" − {self.deductions.counted:f}" if self.deductions.amounts else ""
        return added + taken

    def _clauses(self, missing: int) -> tuple[Wording, ...]:
        shared = missing > 0 and self.missing is Missing.REDISTRIBUTE
        return (
            *((SHARED if shared else ZEROED,) if missing else ()),
            *self.bonuses.told(ADDED, ADDED_LIMIT),
            *self.deductions.told(TAKEN, TAKEN_LIMIT),
            SHARED_TOTAL if shared else TOTAL,
        )


def _item(row: Given) -> Item:
    row.text("name", "")
    score = row.optional_number("score")
    return Item(row.number("weight"), None if score is None else cents(score))
