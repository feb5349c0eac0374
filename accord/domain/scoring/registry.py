"""The scoring methods, by code. A new one is a rule in a file of its own and a line here."""

from collections.abc import Mapping
from decimal import localcontext

from accord.domain.scoring.arithmetic import ARITHMETIC
from accord.domain.scoring.errors import UnknownMethodError
from accord.domain.scoring.given import Given
from accord.domain.scoring.methods.all_or_nothing import AllOrNothing
from accord.domain.scoring.methods.baseline_linked_points import BaselineLinkedPoints
from accord.domain.scoring.methods.completion_ratio import CompletionRatio
from accord.domain.scoring.methods.deduction import Deduction
from accord.domain.scoring.methods.difference import Difference
from accord.domain.scoring.methods.distribution import Distribution
from accord.domain.scoring.methods.gate import Gate
from accord.domain.scoring.methods.graded import Graded
from accord.domain.scoring.methods.okr import KeyResult, Objective
from accord.domain.scoring.methods.org_times_person import OrgTimesPerson
from accord.domain.scoring.methods.points import Points
from accord.domain.scoring.methods.step_bands import StepBands
from accord.domain.scoring.methods.threshold_target_stretch import ThresholdTargetStretch
from accord.domain.scoring.methods.veto import Veto
from accord.domain.scoring.methods.weighted_total import WeightedTotal
from accord.domain.scoring.rule import Answer, AnswerT, Rule, Score

# The methods that answer with a number, in the order a chooser shows them.
SCORES: dict[str, type[Rule[Score]]] = {
    rule.code: rule
    for rule in (
        CompletionRatio,
        StepBands,
        ThresholdTargetStretch,
        Points,
        BaselineLinkedPoints,
        Difference,
        Deduction,
        AllOrNothing,
        Graded,
        WeightedTotal,
        Gate,
        Veto,
        OrgTimesPerson,
        KeyResult,
        Objective,
    )
}
METHODS: dict[str, type[Rule[Answer]]] = {**SCORES, Distribution.code: Distribution}


def read_rule(method: str, params: Mapping[str, object]) -> Rule[Score]:
    """Return the rule a method and its parameters make; use it for any number of actuals. Raises ScoringError."""
    return _read(SCORES, method, params)


def score(method: str, params: Mapping[str, object], actual: object) -> Score:
    """Apply a method to one actual. Raises ScoringError, never guesses."""
    return read_rule(method, params).answer(actual)


def answer(method: str, params: Mapping[str, object], actual: object) -> Answer:
    """As `score`, for every method there is: distribution answers with headcounts instead of a number."""
    return _read(METHODS, method, params).answer(actual)


def _read(methods: Mapping[str, type[Rule[AnswerT]]], method: str, params: Mapping[str, object]) -> Rule[AnswerT]:
    if not isinstance(method, str) or method not in methods:
        raise UnknownMethodError(given=method)
    given = Given(params)
    with localcontext(ARITHMETIC):
        rule = methods[method].read(given)
    given.refuse_unknown()
    return rule
