"""扣分法: start with the full score and lose points for every event."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Self

from accord.domain.scoring.arithmetic import ZERO, Rounded, cents
from accord.domain.scoring.errors import NegativeActualError
from accord.domain.scoring.given import Given
from accord.domain.scoring.rule import (
    RESULT,
    Rule,
    Score,
    observed,
    require_limits_in_order,
    require_not_negative,
    within,
)
from accord.domain.scoring.wording import Sentence, formula
from accord.domain.wording import Wording

EVENTS = Wording(
    "满分 {full} 分，发生 {actual} 次，每次扣 {per_event} 分",
    "{full} at the start, {per_event} taken off for each of {actual} events",
)
SUM = formula("{full} − {per_event} × {actual} = {raw}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduction(Rule[Score]):
    """full − per_event · events, not below `floor` (default 0; it may be negative)."""

    code: ClassVar[str] = "deduction"
    name: ClassVar[Wording] = Wording("扣分法", "Deduction")

    full: Decimal
    per_event: Decimal
    floor: Decimal = ZERO

    def __post_init__(self) -> None:
        """Refuse events that would add points, and a floor above the full score."""
        require_not_negative(per_event=self.per_event)
        require_limits_in_order(self.floor, self.full)

    @classmethod
    def read(cls, given: Given) -> Self:
        """Build the rule from parameters that came from outside."""
        return cls(full=given.number("full"), per_event=given.number("per_event"), floor=given.number("floor", ZERO))

    def judge(self, actual: object) -> Score:
        """Score a number of events; fewer than none is an error, half an event is not."""
        events = observed(actual)
        if events < 0:
            raise NegativeActualError(name="actual", given=events)
        raw = self.full - self.per_event * events
        clamped, limits = within(raw, self.floor, None)
        value = cents(clamped)
        values: dict[str, object] = {
            "actual": events,
            "full": self.full,
            "per_event": self.per_event,
            "raw": Rounded(raw),
            "floor": self.floor,
            "value": value,
        }
        return Score(self.code, Sentence((EVENTS, SUM, *limits, RESULT), values), value)
