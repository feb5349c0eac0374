"""OKR: how far a key result came, and the weighted sum of an objective's key results. Never part of pay by itself."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Self

from accord.domain.scoring.arithmetic import ONE, ZERO, Rounded, cents
from accord.domain.scoring.errors import ActualError, MissingActualError, MissingScoreError, ParameterError
from accord.domain.scoring.given import Given
from accord.domain.scoring.rule import Rule, Score, observed, within
from accord.domain.scoring.weights import require_weights
from accord.domain.scoring.wording import Sentence, Terms, formula
from accord.domain.wording import Wording

TENTH = Decimal("0.1")

PROGRESS = Wording("起点 {start}，目标 {target}，实际 {actual}", "from {start} to target {target}, actual {actual}")
SHARE = formula("({actual} − {start}) ÷ ({target} − {start}) = {raw}")
SUM = formula("{sum} = {value}")
SHOWN = Wording("完成度 {value}，显示为 {shown}", "progress {value}, shown as {shown}")


class TargetIsStartError(ParameterError):
    """There is no way to go."""

    code = "target_is_start"
    wording = Wording(
        "目标与起点同为 {given}，无法计算完成度，请修改其中之一。",
        "Target and start are both {given}, so there is no progress to measure; change one of them.",
    )


class KeyResultsMismatchError(ActualError):
    """Not one key result for each weight."""

    code = "key_results_mismatch"
    wording = Wording(
        "有 {weights} 个权重，却有 {given} 个关键结果，请一一对应。",
        "There are {weights} weights and {given} key results; give one for each.",
    )


class KeyResultOutOfRangeError(ActualError):
    """A key result below 0 or above 1."""

    code = "key_result_out_of_range"
    wording = Wording(
        "关键结果的完成度须在 0 到 1 之间，现为 {given}。", "A key result lies between 0 and 1, not at {given}."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyResult(Rule[Score]):
    """(actual − start) ÷ (target − start), clamped to 0 … 1. A target below the start runs downwards by itself."""

    code: ClassVar[str] = "key_result"
    name: ClassVar[Wording] = Wording("关键结果", "Key result")

    start: Decimal
    target: Decimal

    def __post_init__(self) -> None:
        """Refuse a target that equals the start."""
        if self.start == self.target:
            raise TargetIsStartError(given=self.start)

    @classmethod
    def read(cls, given: Given) -> Self:
        """Build the rule from parameters that came from outside."""
        return cls(start=given.number("start"), target=given.number("target"))

    def judge(self, actual: object) -> Score:
        """Score one observed value."""
        number = observed(actual)
        raw = (number - self.start) / (self.target - self.start)
        clamped, limits = within(raw, ZERO, ONE)
        value = cents(clamped)
        values: dict[str, object] = {
            "start": self.start,
            "target": self.target,
            "actual": number,
            "raw": Rounded(raw),
            "floor": ZERO,
            "cap": ONE,
            "value": value,
            "shown": Rounded(value, TENTH),
        }
        return Score(self.code, Sentence((PROGRESS, SHARE, *limits, SHOWN), values), value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective(Rule[Score]):
    """Σ weight · key result. The actual is the list of key results (0 … 1), one for each of `weights`."""

    code: ClassVar[str] = "objective"
    name: ClassVar[Wording] = Wording("目标（OKR）", "Objective")

    weights: tuple[Decimal, ...]

    def __post_init__(self) -> None:
        """Refuse weights that are not shares of one whole."""
        require_weights(self.weights)

    @classmethod
    def read(cls, given: Given) -> Self:
        """Build the rule from parameters that came from outside."""
        return cls(weights=given.numbers("weights"))

    def judge(self, actual: object) -> Score:
        """Sum up a list of key results."""
        terms = tuple(zip(self.weights, self._key_results(actual), strict=True))
        value = cents(sum((weight * reached for weight, reached in terms), ZERO))
        values: dict[str, object] = {"sum": Terms(terms), "value": value, "shown": Rounded(value, TENTH)}
        return Score(self.code, Sentence((SUM, SHOWN), values), value)

    def _key_results(self, actual: object) -> list[Decimal]:
        if actual is None:
            raise MissingActualError
        if isinstance(actual, list | tuple) and (missing := sum(value is None for value in actual)):
            raise MissingScoreError(missing=missing, items=len(actual))
        reached = Given({"actual": actual}).numbers("actual")
        if len(reached) != len(self.weights):
            raise KeyResultsMismatchError(weights=len(self.weights), given=len(reached))
        for value in reached:
            if not 0 <= value <= 1:
                raise KeyResultOutOfRangeError(given=value)
        return [cents(value) for value in reached]
