"""Scorecards: what a person's KPIs come to in a cycle, so far or in the end, and why.

`score_card(card)` answers a `Card` of plain numbers. What the numbers mean stands in docs/scoring.md; that a finished
card can be worked out again from its frozen text is `freezing`.
"""

from accord.domain.scorecard.card import Aggregation, Card, Due, Line, Phase
from accord.domain.scorecard.lines import ScoredLine, score_line
from accord.domain.scorecard.needed import Need, needs
from accord.domain.scorecard.phases import Terms, lay_phases
from accord.domain.scorecard.totals import ScoredCard, ScoredPhase, score_card

__all__ = [
    "Aggregation",
    "Card",
    "Due",
    "Line",
    "Need",
    "Phase",
    "ScoredCard",
    "ScoredLine",
    "ScoredPhase",
    "Terms",
    "lay_phases",
    "needs",
    "score_card",
    "score_line",
]
