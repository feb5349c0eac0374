"""门槛联动: while one metric misses its threshold, bonus items do not count; base scores stay."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, NamedTuple, Self

from accord.domain.scoring.arithmetic import ZERO, cents
from accord.domain.scoring.given import Given
from accord.domain.scoring.rule import RESULT, Direction, Rule, Score, advantage, observed, require_not_negative
from accord.domain.scoring.wording import Sentence, Terms
from accord.domain.wording import Listed, Wording

OPEN = Wording("{metric}实际 {actual}，达到门槛 {threshold}", "{metric} at {actual} reaches the threshold {threshold}")
CLOSED = Wording(
    "{metric}实际 {actual}，未达到门槛 {threshold}", "{metric} at {actual} does not reach the threshold {threshold}"
)
OFF = Wording("加分项（{off}）不计", "the bonus items ({off}) do not count")
NONE_OFF = Wording("没有因此停计的加分项", "no bonus item is switched off by it")
ALL_COUNT = Wording("加分项照常计入", "all bonus items count")
SUM = Wording("基础分 {sum} = {value}", "base {sum} = {value}")
BASE = Wording("基础分 {base}", "base {base}")
THIS_METRIC = Wording("门槛指标", "the gate metric")


class Bonus(NamedTuple):
    """A named bonus item and its points."""

    name: str
    points: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate(Rule[Score]):
    """Base score plus the bonus items that still count.

    The actual is `{value, base, bonuses: [{name, points}]}`: the gate metric, the score without bonuses, the bonus
    items. Missing its `threshold` switches off the items named in `switches`, all of them when none is named.
    """

    code: ClassVar[str] = "gate"
    name: ClassVar[Wording] = Wording("门槛联动", "Gate")

    threshold: Decimal
    metric: str = ""
    direction: Direction = Direction.UP
    switches: tuple[str, ...] = ()

    @classmethod
    def read(cls, given: Given) -> Self:
        """Build the rule from parameters that came from outside."""
        return cls(
            threshold=given.number("threshold"),
            metric=given.text("metric", ""),
            direction=given.choice("direction", Direction, Direction.UP),
            switches=given.texts("switches"),
        )

    def is_open(self, value: Decimal) -> bool:
        """Say whether `value` reaches the threshold, so that every bonus item counts."""
        return advantage(value, self.threshold, self.direction) >= 0

    def judge(self, actual: object) -> Score:
        """Add the bonus items that count to the base score."""
        given = Given(actual, "actual.") if actual is not None else Given({}, "actual.")
        number = observed(given.optional_number("value"))
        base = given.number("base")
        bonuses = tuple(Bonus(row.text("name"), row.number("points")) for row in given.rows("bonuses"))
        given.refuse_unknown()
        require_not_negative(bonuses=min((bonus.points for bonus in bonuses), default=ZERO))
        is_open = self.is_open(number)
        off = () if is_open else tuple(bonus for bonus in bonuses if self._switches(bonus))
        counted = [bonus.points for bonus in bonuses if bonus not in off]
        value = cents(base + sum(counted, ZERO))
        values: dict[str, object] = {
            "metric": self.metric or THIS_METRIC,
            "actual": number,
            "threshold": self.threshold,
            "off": Listed(tuple(bonus.name for bonus in off)),
            "base": base,
            "sum": Terms(((base,), *((points,) for points in counted))),
            "value": value,
        }
        told = (OPEN, ALL_COUNT) if is_open else (CLOSED, OFF if off else NONE_OFF)
        clauses = (*told, SUM if counted else BASE, RESULT)
        return Score(self.code, Sentence(clauses, values), value)

    def _switches(self, bonus: Bonus) -> bool:
        return not self.switches or bonus.name in self.switches
