"""门槛-目标-挑战: nothing below the threshold, then linear to the target and on to the stretch value."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Self

from accord.domain.scoring.arithmetic import HUNDRED, ZERO, cents
from accord.domain.scoring.errors import ParameterError
from accord.domain.scoring.given import Given
from accord.domain.scoring.rule import RESULT, Direction, Rule, Score, advantage, observed
from accord.domain.scoring.wording import Sentence, formula
from accord.domain.wording import Wording

MISSED = Wording("实际 {actual}，未达到门槛 {threshold}", "actual {actual} does not reach the threshold {threshold}")
STRETCHED = Wording("实际 {actual}，达到挑战值 {stretch}", "actual {actual} reaches the stretch value {stretch}")
TO_TARGET = Wording(
    "实际 {actual}，在门槛 {start}（{start_score} 分）与目标 {end}（{end_score} 分）之间按比例计",
    "actual {actual} lies between threshold {start} ({start_score}) and target {end} ({end_score})",
)
TO_STRETCH = Wording(
    "实际 {actual}，在目标 {start}（{start_score} 分）与挑战值 {end}（{end_score} 分）之间按比例计",
    "actual {actual} lies between target {start} ({start_score}) and stretch {end} ({end_score})",
)
LINE = formula("{start_score} + {rise} × {way} ÷ {span} = {value}")


class LevelsNotInOrderError(ParameterError):
    """Threshold, target and stretch do not follow each other in the good direction."""

    code = "levels_not_in_order"
    wording = Wording(
        "门槛 {threshold}、目标 {target}、挑战 {stretch} 须依次递进（越低越好时依次递减）。",
        "Threshold {threshold}, target {target} and stretch {stretch} must rise one after the other"
        " (fall, when lower is better).",
    )


class LevelScoresNotInOrderError(ParameterError):
    """A better result would be worth less."""

    code = "level_scores_not_in_order"
    wording = Wording(
        "门槛、目标、挑战的得分 {threshold}、{target}、{stretch} 不能递减。",
        "The scores of threshold, target and stretch, {threshold}, {target}, {stretch}, must not fall.",
    )


@dataclass(frozen=True, slots=True)
class Level:
    """A value of the metric and what it is worth."""

    at: Decimal
    score: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdTargetStretch(Rule[Score]):
    """0 before the threshold, linear between the three levels, the stretch score from the stretch value on.

    Defaults: direction up, scores 60, 100 and 120. Downwards the levels fall and everything is mirrored.
    """

    code: ClassVar[str] = "threshold_target_stretch"
    name: ClassVar[Wording] = Wording("门槛-目标-挑战", "Threshold, target, stretch")

    threshold: Level
    target: Level
    stretch: Level
    direction: Direction = Direction.UP

    def __post_init__(self) -> None:
        """Refuse levels that stand still or run against the direction."""
        levels = (self.threshold, self.target, self.stretch)
        words = ("threshold", "target", "stretch")
        if not self._gap(self.threshold, self.target) > 0 < self._gap(self.target, self.stretch):
            raise LevelsNotInOrderError(**{word: level.at for word, level in zip(words, levels, strict=True)})
        if not self.threshold.score <= self.target.score <= self.stretch.score:
            raise LevelScoresNotInOrderError(**{word: level.score for word, level in zip(words, levels, strict=True)})

    @classmethod
    def read(cls, given: Given) -> Self:
        """Build the rule from parameters that came from outside."""
        return cls(
            threshold=Level(given.number("threshold"), given.number("threshold_score", Decimal(60))),
            target=Level(given.number("target"), given.number("target_score", HUNDRED)),
            stretch=Level(given.number("stretch"), given.number("stretch_score", Decimal(120))),
            direction=given.choice("direction", Direction, Direction.UP),
        )

    def judge(self, actual: object) -> Score:
        """Score one observed value."""
        number = observed(actual)
        if advantage(number, self.threshold.at, self.direction) < 0:
            return self._at(MISSED, number, ZERO)
        if advantage(number, self.stretch.at, self.direction) >= 0:
            return self._at(STRETCHED, number, self.stretch.score)
        if advantage(number, self.target.at, self.direction) < 0:
            return self._between(TO_TARGET, number, self.threshold, self.target)
        return self._between(TO_STRETCH, number, self.target, self.stretch)

    def _gap(self, start: Level, end: Level) -> Decimal:
        return advantage(end.at, start.at, self.direction)

    def _at(self, clause: Wording, actual: Decimal, raw: Decimal) -> Score:
        value = cents(raw)
        values = {"actual": actual, "value": value, "threshold": self.threshold.at, "stretch": self.stretch.at}
        return Score(self.code, Sentence((clause, RESULT), values), value)

    def _between(self, clause: Wording, actual: Decimal, start: Level, end: Level) -> Score:
        rise, span = end.score - start.score, self._gap(start, end)
        way = advantage(actual, start.at, self.direction)
        value = cents(start.score + rise * way / span)
        values = {
            "actual": actual,
            "start": start.at,
            "start_score": start.score,
            "end": end.at,
            "end_score": end.score,
            "rise": rise,
            "way": way,
            "span": span,
            "value": value,
        }
        return Score(self.code, Sentence((clause, LINE, RESULT), values), value)
