"""等级描述: a person picks the description that fits; both ends of the scale need evidence."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Self

from accord.domain.scoring.arithmetic import cents
from accord.domain.scoring.errors import ActualError, MissingActualError, ParameterError
from accord.domain.scoring.given import Given
from accord.domain.scoring.rule import RESULT, Rule, Score
from accord.domain.scoring.wording import Sentence
from accord.domain.wording import Wording

PICKED = Wording("评为“{label}”", "rated “{label}”")
DESCRIBED = Wording("评为“{label}”（{text}）", "rated “{label}” ({text})")
AT_AN_END = Wording("属两端等级，须附事实依据", "an end of the scale, which needs evidence")
SHOWN = Wording("属两端等级，已附 {evidence} 份事实依据", "an end of the scale, evidence attached: {evidence}")


class NoGradesError(ParameterError):
    """A scale without a grade."""

    code = "grades_empty"
    wording = Wording("等级表为空，请至少填写一个等级。", "The scale is empty; give at least one grade.")


class GradeTwiceError(ParameterError):
    """Two grades with the same label."""

    code = "grade_twice"
    wording = Wording(
        "等级“{label}”出现了两次，请改名或删除。", "Grade “{label}” stands there twice; rename or remove one."
    )


class UnknownGradeError(ActualError):
    """A pick that is not on the scale."""

    code = "unknown_grade"
    wording = Wording("没有等级“{label}”，可选：{labels}。", "There is no grade “{label}”; the scale has {labels}.")


class EvidenceMissingError(ActualError):
    """The best or the worst grade without evidence."""

    code = "evidence_missing"
    wording = Wording(
        "“{label}”属两端等级，请附上事实依据后再提交。",
        "“{label}” is an end of the scale; attach evidence and submit again.",
    )


@dataclass(frozen=True, slots=True)
class Grade:
    """One description of behaviour and what it is worth."""

    label: str
    text: str
    score: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded(Rule[Score]):
    """The score of the grade a rater picked.

    The actual is either a label, which asks what the grade is worth, or a rating `{label, evidence: [references]}`;
    a rating with the best or the worst grade is refused without evidence.
    """

    code: ClassVar[str] = "graded"
    name: ClassVar[Wording] = Wording("等级描述", "Graded description")

    grades: tuple[Grade, ...]

    def __post_init__(self) -> None:
        """Refuse an empty scale and labels that stand twice."""
        if not self.grades:
            raise NoGradesError
        label, times = Counter(grade.label for grade in self.grades).most_common(1)[0]
        if times > 1:
            raise GradeTwiceError(label=label)

    @classmethod
    def read(cls, given: Given) -> Self:
        """Build the rule from parameters that came from outside."""
        return cls(
            grades=tuple(
                Grade(row.text("label"), row.text("text", ""), row.number("score")) for row in given.rows("grades")
            )
        )

    def judge(self, actual: object) -> Score:
        """Score a label or a rating."""
        label, evidence = _rating(actual)
        grade = next((grade for grade in self.grades if grade.label == label), None)
        if grade is None:
            raise UnknownGradeError(label=label, labels="、".join(grade.label for grade in self.grades))
        at_end = self.needs_evidence(grade)
        if at_end and evidence == 0:
            raise EvidenceMissingError(label=label)
        clauses = [DESCRIBED if grade.text else PICKED]
        if at_end:
            clauses.append(AT_AN_END if evidence is None else SHOWN)
        value = cents(grade.score)
        values: dict[str, object] = {"label": label, "text": grade.text, "evidence": evidence, "value": value}
        return Score(self.code, Sentence((*clauses, RESULT), values), value)

    def needs_evidence(self, grade: Grade) -> bool:
        """Say whether `grade` is worth the most or the least of the scale."""
        scores = [other.score for other in self.grades]
        return grade.score in (min(scores), max(scores))


def _rating(actual: object) -> tuple[str, int | None]:
    """Return the label and the number of pieces of evidence, None when only a label was given."""
    if actual is None:
        raise MissingActualError
    if not isinstance(actual, Mapping):
        return Given({"actual": actual}).text("actual"), None
    rating = Given(actual, "actual.")
    label, evidence = rating.text("label"), rating.texts("evidence")
    rating.refuse_unknown()
    return label, len(evidence)
