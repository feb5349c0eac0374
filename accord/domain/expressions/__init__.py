"""Expressions: the conditions and formulas people write into forms and flows.

`parse(text)` reads one, `expression.value(values)` works it out. A grammar of its own with decimal arithmetic; whatever
is wrong is an ExpressionError with a code, a position and a sentence, and nothing runs longer than its step budget.
"""

from accord.domain.expressions.errors import ExpressionError
from accord.domain.expressions.expression import Expression, holds, parse
from accord.domain.expressions.tokens import KEYWORDS, LONGEST_TEXT
from accord.domain.expressions.values import Value, is_empty

__all__ = [
    "KEYWORDS",
    "LONGEST_TEXT",
    "Expression",
    "ExpressionError",
    "Value",
    "holds",
    "is_empty",
    "parse",
]
