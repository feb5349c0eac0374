"""The scoring methods, by code. A new one is a rule in a file of its own and a line here."""

from collections.abc import Mapping
from decimal import localcontext

from accord.domain.scoring.all_or_nothing import AllOrNothing
from accord.domain.scoring.bands import StepBands
from accord.domain.scoring.baseline import BaselineLinkedPoints
from accord.domain.scoring.coefficients import OrgTimesPerson
from accord.domain.scoring.deduction import Deduction
from accord.domain.scoring.difference import Difference
from accord.domain.scoring.errors import UnknownMethodError
from accord.domain.scoring.forced_distribution import Distribution
from accord.domain.scoring.gate import Gate
from accord.domain.scoring.given import Given
from accord.domain.scoring.graded import Graded
from accord.domain.scoring.interpolation import ThresholdTargetStretch
from accord.domain.scoring.arithmetic import ARITHMETIC
from accord.domain.scoring.okr import KeyResult, Objective
from accord.domain.scoring.points import Points
from accord.domain.scoring.ratio import CompletionRatio
from accord.domain.scoring.rule import Answer, Rule, Score
from accord.domain.scoring.total import WeightedTotal
from accord.domain.scoring.veto import Veto

METHODS: dict[str, type[Rule]] = {
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
        Veto,
        Gate,
        WeightedTotal,
        Distribution,
        OrgTimesPerson,
        KeyResult,
        Objective,
    )
}


def read_rule(method: str, params: Mapping[str, object]) -> Rule:
    """Return the rule a method and its parameters make; use it for any number of actuals. Raises ScoringError."""
    if not isinstance(method, str) or method not in METHODS:
        raise UnknownMethodError(given=method)
    given = Given(params)
    with localcontext(ARITHMETIC):
        rule = METHODS[method].read(given)
    given.refuse_unknown()
    return rule


def answer(method: str, params: Mapping[str, object], actual: object) -> Answer:
    """Apply any method to one actual. Raises ScoringError, never guesses."""
    return read_rule(method, params).answer(actual)


def score(method: str, params: Mapping[str, object], actual: object) -> Score:
    """Apply a method whose answer is a number (every one but distribution). Raises ScoringError."""
    result = answer(method, params, actual)
    if not isinstance(result, Score):
        raise UnknownMethodError(given=method)
    return result
