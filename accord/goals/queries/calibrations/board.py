"""The live board: everybody's agreement at a glance, person by KPI. As many statements for 10 people as for 70."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256

from django.db.models import QuerySet

from accord.domain.scoring.arithmetic import ARITHMETIC
from accord.goals.models import Agreement, AgreementLine, AgreementTerms, CalibrationMeeting
from accord.goals.queries.calibrations.lines import wordings_of
from accord.goals.queries.calibrations.scope import agreements_of, day_of
from accord.goals.queries.scorecards import Scorecard, ScorecardLine, scorecards
from accord.people.models import Employee


@dataclass(frozen=True)
class BoardCell:
    """One KPI of one person: what was agreed, and what came of it so far where it has been judged."""

    line: AgreementLine
    so_far: ScorecardLine | None

    @property
    def light(self) -> int | None:
        """The light of the line so far; None without a value."""
        return self.so_far.light if self.so_far else None

    @property
    def share(self) -> Decimal | None:
        """The share of the target that is attained so far; None without a value or where a target has no ratio."""
        actual = self.so_far.actual if self.so_far else None
        target = self.so_far.target if self.so_far else None
        if actual is None or target is None or target <= 0:
            return None
        share = ARITHMETIC.divide(actual, target)
        return 2 - share if self.so_far and self.so_far.scored.line.lower_is_better else share


@dataclass(frozen=True)
class BoardRow:
    """One person's agreement; without cells where nothing is in force yet."""

    agreement: Agreement
    cells: Sequence[BoardCell]
    card: Scorecard
    in_force: AgreementTerms | None
    unfinished: AgreementTerms | None

    @property
    def score(self) -> Decimal | None:
        """How the cycle stands so far."""
        return self.card.part if self.card.total is None else self.card.total


@dataclass(frozen=True)
class Board:
    """The rows of a team and a text that changes whenever the board would look different."""

    rows: Sequence[BoardRow]
    version: str


def board_of(meeting: CalibrationMeeting, today: date, people: QuerySet[Employee] | None = None) -> Board:
    """The board of a meeting as it is now; with `people` of those alone: scores are of today, as rights are."""
    day = day_of(meeting, today)
    agreements = agreements_of(meeting, today, people)
    wordings = wordings_of(agreements, day)
    cards = scorecards([each.employee for each in agreements], meeting.cycle, today)
    rows = []
    for agreement in agreements:
        card, held = cards[agreement.employee_id], wordings[agreement.pk]
        so_far = {line.metric.pk: line for line in card.lines}
        cells = [BoardCell(line, so_far.get(line.metric_id)) for line in held.lines]
        rows.append(BoardRow(agreement, cells, card, held.in_force, held.unfinished))
    return Board(rows, _version(meeting, rows))


def _version(meeting: CalibrationMeeting, rows: Sequence[BoardRow]) -> str:
    told: list[object] = [meeting.state, meeting.edition]
    for row in rows:
        wording = row.unfinished
        told += [row.agreement.pk, row.agreement.employee.name, row.in_force.pk if row.in_force else 0, row.score]
        told += [wording.pk, wording.state, wording.edition] if wording else [0]
        told += [part for cell in row.cells for part in (cell.line.pk, cell.share, cell.light)]
    return sha256(repr(told).encode()).hexdigest()[:24]
