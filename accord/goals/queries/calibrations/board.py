"""The live board: everybody's agreement at a glance, person by KPI. As many statements for 10 people as for 70."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256

from accord.domain.calibration import Track, attainment, light_so_far
from accord.domain.status import Light
from accord.goals.models import Agreement, AgreementLine, AgreementTerms, CalibrationMeeting
from accord.goals.queries.calibrations.lines import wordings_of
from accord.goals.queries.calibrations.scope import agreements_of, day_of
from accord.goals.queries.calibrations.tracks import tracks_of


@dataclass(frozen=True)
class BoardCell:
    """One KPI of one person: what was agreed and what came of it so far; no light without a value."""

    line: AgreementLine
    share: Decimal | None
    light: Light | None


@dataclass(frozen=True)
class BoardRow:
    """One person's agreement; without cells where nothing is in force yet."""

    agreement: Agreement
    cells: Sequence[BoardCell]
    in_force: AgreementTerms | None
    unfinished: AgreementTerms | None


@dataclass(frozen=True)
class Board:
    """The rows of a team and a text that changes whenever the board would look different."""

    rows: Sequence[BoardRow]
    version: str


def board_of(meeting: CalibrationMeeting, today: date) -> Board:
    """The board of a meeting as it is now."""
    agreements = agreements_of(meeting, today)
    wordings = wordings_of(agreements, day_of(meeting, today))
    tracks = tracks_of(agreements, today)
    rows = [
        BoardRow(
            agreement,
            [_cell(line, tracks.get((agreement.pk, line.metric_id))) for line in wordings[agreement.pk].lines],
            wordings[agreement.pk].in_force,
            wordings[agreement.pk].unfinished,
        )
        for agreement in agreements
    ]
    return Board(rows, _version(meeting, rows))


def _cell(line: AgreementLine, track: Track | None) -> BoardCell:
    if track is None:
        return BoardCell(line, None, None)
    return BoardCell(line, attainment(track), light_so_far(track))


def _version(meeting: CalibrationMeeting, rows: Sequence[BoardRow]) -> str:
    told = [meeting.state, meeting.edition]
    for row in rows:
        wording = row.unfinished
        told += [row.agreement.pk, row.agreement.employee.name, row.in_force.pk if row.in_force else 0]
        told += [wording.pk, wording.state, wording.edition] if wording else [0]
        told += [part for cell in row.cells for part in (cell.line.pk, str(cell.share), cell.light)]
    return sha256(repr(told).encode()).hexdigest()[:24]
