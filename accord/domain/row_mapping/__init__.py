"""From rows to values: a rule says whose a row is, when it was, whether it counts and for how much.

`read_rule` reads one and tells everything that is wrong with it; `Counter.count` says what a row gives or why it is
refused; `aggregate` makes one number of what the rows of a subject and period gave.
"""

from accord.domain.row_mapping.aggregates import Counted, aggregate
from accord.domain.row_mapping.cells import plain_text
from accord.domain.row_mapping.counting import Contribution, Counter, Place, Refused
from accord.domain.row_mapping.filters import Cells, Filter, Test
from accord.domain.row_mapping.lookups import Found, by_field, looked_up
from accord.domain.row_mapping.problems import Problem, RuleError, explain_refusal
from accord.domain.row_mapping.reading import read_rule
from accord.domain.row_mapping.rule import KEY, Aggregate, By, Lookup, Rule, Span, Take, Unit

__all__ = [
    "KEY",
    "Aggregate",
    "By",
    "Cells",
    "Contribution",
    "Counted",
    "Counter",
    "Filter",
    "Found",
    "Lookup",
    "Place",
    "Problem",
    "Refused",
    "Rule",
    "RuleError",
    "Span",
    "Take",
    "Test",
    "Unit",
    "aggregate",
    "by_field",
    "explain_refusal",
    "looked_up",
    "plain_text",
    "read_rule",
]
