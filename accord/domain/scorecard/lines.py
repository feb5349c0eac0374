"""The score of one line, and the sentence that explains it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accord.domain.scorecard.actuals import Actual, actual_of, is_summed, sums_of_parts
from accord.domain.scorecard.card import Aggregation, Line
from accord.domain.scoring import Rule, Score, ScoringError
from accord.domain.scoring.errors import MissingActualError
from accord.domain.scoring.levels import level_rule
from accord.domain.wording import Language, Wording

NEWEST = Wording("取最新一期的数值", "The newest value counts")
ONE_PERIOD = Wording("计入 1 期", "1 period counts")
SUMMED = Wording("计入 {counted} 期合计", "The sum of {counted} periods counts")
SPREAD = Wording("计入 {counted} 期，取每期平均", "{counted} periods count, on average of each")
MEAN = Wording("计入 {counted} 期均值", "The mean of {counted} periods counts")
PARTS = Wording(
    "计入 {counted} 期，按分子合计 ÷ 分母合计", "{counted} periods count, all numerators ÷ all denominators"
)
GAPS = Wording("另有 {gaps} 期没有数值", "{gaps} more have no value")
NO_VALUE = Wording("还没有数值，暂不计分。", "There is no value yet, so there is no score.")


@dataclass(frozen=True, slots=True)
class ScoredLine:
    """A line with what it came to. `score` is None where there is no score; `error` then says why."""

    line: Line
    actual: Actual
    score: Score | None
    error: ScoringError | None
    basis: tuple[Wording, ...]

    @property
    def points(self) -> Decimal | None:
        """The score, rounded to 0.01; None while there is none."""
        return self.score.value if self.score else None

    @property
    def results(self) -> tuple[Decimal | None, ...]:
        """What is frozen of what came of it: actual, target and score."""
        return self.actual.actual, self.actual.target, self.points

    def sentence(self, language: Language) -> str:
        """Return from which periods the actual comes, and how the score follows from it."""
        if self.score is None:
            no_value = isinstance(self.error, MissingActualError) or self.error is None
            return NO_VALUE.say(language) if no_value else str(self.error and self.error.explain(language))
        counted = {"counted": self.actual.counted, "gaps": self.actual.expected - self.actual.counted}
        stop, comma, gap = ("。", "，", "") if language == "zh-hans" else (".", ", ", " ")
        basis = comma.join(clause.say(language, counted) for clause in self.basis)
        return f"{basis}{stop}{gap}{self.score.explain(language)}"


def score_line(line: Line, on: date, is_final: bool) -> ScoredLine:
    """Score one line as of a day. Never raises: what has no score says why."""
    actual = actual_of(line, on, is_final)
    basis = _basis(line, actual, on, is_final)
    try:
        return ScoredLine(line, actual, rule_of(line, actual).answer(actual.actual), None, basis)
    except ScoringError as error:
        # A rule that cannot be used is worth telling only once there is something to score.
        told = error if actual.actual is not None else MissingActualError()
        return ScoredLine(line, actual, None, told, basis)


def rule_of(line: Line, levels: Actual) -> Rule[Score]:
    """The rule of `line` with levels of its own. Raises ScoringError."""
    return level_rule(
        line.method,
        line.params,
        lower_is_better=line.lower_is_better,
        target=levels.target,
        threshold=levels.threshold,
        stretch=levels.stretch,
    )


def _basis(line: Line, actual: Actual, on: date, is_final: bool) -> tuple[Wording, ...]:
    if line.aggregation is Aggregation.LAST:
        return (NEWEST,)
    gaps = (GAPS,) if actual.expected > actual.counted else ()
    if sums_of_parts(line, line.counted(on, is_final)) is not None and actual.counted > 1:
        return (PARTS, *gaps)
    if actual.counted == 1:
        return (ONE_PERIOD, *gaps)
    if line.aggregation is Aggregation.SUM:
        return (SUMMED if is_summed(line) else SPREAD, *gaps)
    return (MEAN, *gaps)
