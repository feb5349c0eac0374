"""An expression: read once, worked out any number of times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from accord.domain.expressions.reading import Reading
from accord.domain.expressions.tree import Node, Run
from accord.domain.expressions.values import Value, truth


@dataclass(frozen=True, slots=True)
class Expression:
    """What was written, read. `str` of it is canonical: two that mean the same part by part are written the same.

    `names` are the values it asks for, `columns` the pairs of a table and its column that it sums.
    """

    tree: Node
    names: frozenset[str]
    columns: frozenset[tuple[str, str]]

    def value(self, values: Mapping[str, object]) -> Value:
        """Work it out; a name that is not among `values` is empty. Raises ExpressionError."""
        return self.tree.value(Run(values))

    def __str__(self) -> str:
        return str(self.tree)


@lru_cache(maxsize=4096)
def parse(text: str) -> Expression:
    """Read `text`. Raises ExpressionError with the position of what is wrong."""
    reading = Reading(text)
    tree = reading.whole()
    return Expression(tree, frozenset(reading.names), frozenset(reading.columns))


def holds(expression: Expression, values: Mapping[str, object]) -> bool:
    """Whether the condition holds; an empty result does not. Raises ExpressionError, also when it is no condition."""
    return truth(expression.value(values), 0)
