"""What every scoring method is: a rule that reads its parameters once and then answers any number of actuals."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum
from typing import ClassVar, Generic, Self, TypeVar

from accord.domain.scoring.arithmetic import ARITHMETIC, read_number
from accord.domain.scoring.errors import (
    FloorAboveCapError,
    MissingActualError,
    NegativeParameterError,
    ParameterNotPositiveError,
)
from accord.domain.scoring.given import Given
from accord.domain.scoring.wording import Sentence
from accord.domain.wording import Language, Wording

CAPPED = Wording("超过上限，按 {cap} 分计", "above the cap, so {cap} counts")
FLOORED = Wording("低于下限，按 {floor} 分计", "below the floor, so {floor} counts")
ON_TARGET = Wording("实际 {actual}，与目标 {target} 持平", "actual {actual} is exactly the target {target}")
RESULT = Wording("得 {value} 分", "score {value}")


class Direction(StrEnum):
    """Which way is good: 正向 (up) or 反向 (down)."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Answer(ABC):
    """What a rule says about one actual, and the sentence that explains it."""

    method: str
    sentence: Sentence

    @property
    @abstractmethod
    def result(self) -> str | list[int]:
        """The answer as it travels in JSON."""

    def explain(self, language: Language) -> str:
        """Return one sentence from which the answer can be worked out by hand."""
        return self.sentence.say(language)


@dataclass(frozen=True, slots=True)
class Score(Answer):
    """A number: points, a coefficient or the 0 to 1 of a key result, rounded half-up to 0.01."""

    value: Decimal

    @property
    def result(self) -> str:
        """The score with two decimals, as text."""
        return format(self.value, "f")


AnswerT = TypeVar("AnswerT", bound=Answer, covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(ABC, Generic[AnswerT]):
    """One scoring method with its parameters. Building one with parameters that contradict each other raises."""

    code: ClassVar[str]
    name: ClassVar[Wording]

    @classmethod
    @abstractmethod
    def read(cls, given: Given) -> Self:
        """Build the rule from parameters that came from outside."""

    @abstractmethod
    def judge(self, actual: object) -> AnswerT:
        """Answer one actual; runs inside `ARITHMETIC`. This is the method itself."""

    def answer(self, actual: object) -> AnswerT:
        """Answer one actual, whatever decimal context the caller has set. Raises ScoringError."""
        with localcontext(ARITHMETIC):
            return self.judge(actual)


def observed(actual: object) -> Decimal:
    """Return the observed value as a number; nothing observed is MissingActualError."""
    if actual is None:
        raise MissingActualError
    return read_number(actual, "actual")


def advantage(actual: Decimal, target: Decimal, direction: Direction) -> Decimal:
    """Return how far `actual` lies on the good side of `target`; negative on the bad side."""
    return actual - target if direction is Direction.UP else target - actual


def within(raw: Decimal, floor: Decimal | None, cap: Decimal | None) -> tuple[Decimal, tuple[Wording, ...]]:
    """Clamp `raw` and return with it the clause that says so, if a limit was used."""
    if cap is not None and raw > cap:
        return cap, (CAPPED,)
    if floor is not None and raw < floor:
        return floor, (FLOORED,)
    return raw, ()


def require_limits_in_order(floor: Decimal, cap: Decimal) -> None:
    """Raise FloorAboveCapError when no score could satisfy both."""
    if floor > cap:
        raise FloorAboveCapError(floor=floor, cap=cap)


def require_not_negative(**parameters: Decimal | None) -> None:
    """Raise NegativeParameterError for the first one below zero."""
    for name, given in parameters.items():
        if given is not None and given < 0:
            raise NegativeParameterError(name=name, given=given)


def require_positive(**parameters: Decimal) -> None:
    """Raise ParameterNotPositiveError for the first one at or below zero."""
    for name, given in parameters.items():
        if given <= 0:
            raise ParameterNotPositiveError(name=name, given=given)
