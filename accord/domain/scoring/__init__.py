"""Scoring: from a rule and an observed value to a number that explains itself.

`score(method, params, actual).value` is a Decimal rounded to 0.01, `explain(…, "zh-hans")` its sentence. Numbers travel
as text, ints or Decimals; what cannot be scored is a ScoringError with a code. Binary floats and Django stay outside.
"""

from accord.domain.scoring.errors import ActualError, NumberError, ParameterError, ScoringError
from accord.domain.scoring.methods.distribution import Allocation
from accord.domain.scoring.methods.veto import VetoedScore
from accord.domain.scoring.registry import METHODS, SCORES, answer, read_rule, score
from accord.domain.scoring.rule import Answer, Direction, Rule, Score
from accord.domain.wording import Language

__all__ = [
    "METHODS",
    "SCORES",
    "ActualError",
    "Allocation",
    "Answer",
    "Direction",
    "Language",
    "NumberError",
    "ParameterError",
    "Rule",
    "Score",
    "ScoringError",
    "VetoedScore",
    "answer",
    "explain",
    "read_rule",
    "score",
]


def explain(result: Answer, language: Language) -> str:
    """Return the sentence from which a person can work out `result` by hand."""
    return result.explain(language)
