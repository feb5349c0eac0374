"""一票否决: an event that overrides the result. Applied last; the score it overrides is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar, Self

from accord.domain.scoring.arithmetic import NO_CENTS, cents
from accord.domain.scoring.errors import MissingActualError, MissingParameterError, UnknownChoiceError
from accord.domain.scoring.given import Given
from accord.domain.scoring.rule import Rule, Score
from accord.domain.scoring.wording import Sentence
from accord.domain.wording import Wording


class Effect(StrEnum):
    """What the event does to the result."""

    TOTAL_ZERO = "total_zero"
    GRADE_CAP = "grade_cap"
    COEFFICIENT_ZERO = "coefficient_zero"


BECAUSE = Wording("触发一票否决（{cause}）", "vetoed ({cause})")
TRIGGERED = Wording("触发一票否决", "vetoed")
TOTAL_ZERO = Wording("总分记 0.00 分", "the total is 0.00")
GRADE_LOWERED = Wording("等级由 {grade} 降为 {grade_cap}", "the grade is lowered from {grade} to {grade_cap}")
GRADE_KEPT = Wording(
    "等级最高为 {grade_cap}，现为 {grade}，不变", "the grade may be {grade_cap} at best, {grade} stays"
)
GRADE_LIMIT = Wording("等级最高为 {grade_cap}", "the grade may be {grade_cap} at best")
COEFFICIENT_ZERO = Wording("系数记 0.00", "the coefficient is 0.00")
KEPT = Wording("原得分 {kept} 分留档，可申诉", "the score of {kept} is kept on record and an appeal is open")


@dataclass(frozen=True, slots=True)
class VetoedScore(Score):
    """A result after a veto: `value` is what counts now, `kept` what was reached, for the record and the appeal.

    `grade` is the grade that counts now (under grade_cap without a known grade: the best one still possible, else
    None), `coefficient` the pay coefficient that counts now, if one was given or the veto sets it to zero.
    """

    kept: Decimal
    grade: str | None
    coefficient: Decimal | None
    cause: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """The result before the veto."""

    score: Decimal
    grade: str
    coefficient: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Veto(Rule[VetoedScore]):
    """The effect of a veto event on a finished result.

    The actual is the score, or `{score, grade?, coefficient?}`. Under grade_cap `grade_cap` is the best grade left and
    `grades` lists all of them from best to worst. Cause and evidence go with the result, to be stored.
    """

    code: ClassVar[str] = "veto"
    name: ClassVar[Wording] = Wording("一票否决", "Veto")

    effect: Effect
    grade_cap: str = ""
    grades: tuple[str, ...] = ()
    cause: str = ""
    evidence: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a grade cap without a cap or outside its own scale."""
        if self.effect is not Effect.GRADE_CAP:
            return
        if not self.grade_cap:
            raise MissingParameterError(name="grade_cap")
        if self.grades:
            self._rank(self.grade_cap)

    @classmethod
    def read(cls, given: Given) -> Self:
        """Build the rule from parameters that came from outside."""
        return cls(
            effect=given.choice("effect", Effect),
            grade_cap=given.text("grade_cap", ""),
            grades=given.texts("grades"),
            cause=given.text("cause", ""),
            evidence=given.texts("evidence"),
        )

    def judge(self, actual: object) -> VetoedScore:
        """Apply the veto to a finished result."""
        before = _standing(actual)
        kept = cents(before.score)
        value = NO_CENTS if self.effect is Effect.TOTAL_ZERO else kept
        coefficient = NO_CENTS if self.effect is Effect.COEFFICIENT_ZERO else before.coefficient
        grade, clause = self._outcome(before.grade)
        values: dict[str, object] = {
            "cause": self.cause,
            "grade": before.grade,
            "grade_cap": self.grade_cap,
            "kept": kept,
        }
        sentence = Sentence((BECAUSE if self.cause else TRIGGERED, clause, KEPT), values)
        return VetoedScore(self.code, sentence, value, kept, grade or None, coefficient, self.cause, self.evidence)

    def _outcome(self, grade: str) -> tuple[str, Wording]:
        """Return the grade that counts now and the clause that says what the veto did."""
        if self.effect is Effect.TOTAL_ZERO:
            return grade, TOTAL_ZERO
        if self.effect is Effect.COEFFICIENT_ZERO:
            return grade, COEFFICIENT_ZERO
        if not grade:
            return self.grade_cap, GRADE_LIMIT
        if not self.grades:
            raise MissingParameterError(name="grades")
        if self._rank(grade) < self._rank(self.grade_cap):
            return self.grade_cap, GRADE_LOWERED
        return grade, GRADE_KEPT

    def _rank(self, grade: str) -> int:
        if grade not in self.grades:
            raise UnknownChoiceError(name="grade", choices=" / ".join(self.grades), given=grade)
        return self.grades.index(grade)


def _standing(actual: object) -> Standing:
    if actual is None:
        raise MissingActualError
    if not isinstance(actual, Mapping):
        return Standing(Given({"actual": actual}).number("actual"), "", None)
    given = Given(actual, "actual.")
    standing = Standing(given.number("score"), given.text("grade", ""), given.optional_number("coefficient"))
    given.refuse_unknown()
    return standing
