"""Taking a board along as a file. That somebody did stands in the trail; what stood in the file does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from django.db import transaction
from django.utils.translation import gettext as _

from accord.foundation.models import User
from accord.foundation.services.events import record
from accord.foundation.spreadsheets.writing import Cell, NamedRows, write_workbook
from accord.insights.printing.boards import board_as_pdf, moment
from accord.insights.queries.boards.paper import Paper, PaperTable
from accord.people.access import Actor

KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
"""What a board can be taken along as, with the type of the file."""


def export_board(paper: Paper, kind: str, asked: Mapping[str, str], actor: Actor, at: datetime) -> bytes:
    """The file of a board as `actor` sees it now, of a kind that KINDS names."""
    user = actor if isinstance(actor, User) else None
    by = user.get_full_name() if user else ""
    content = _workbook(paper, by, at) if kind == "xlsx" else board_as_pdf(paper, by, at)
    with transaction.atomic():
        record("board.exported", subject=paper.key, actor=user, board=paper.key, filter=urlencode(asked), kind=kind)
    return content


def _workbook(paper: Paper, by: str, at: datetime) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "board.xlsx"
        write_workbook(path, _sheets(paper, by, at))
        return path.read_bytes()


def _sheets(paper: Paper, by: str, at: datetime) -> Iterator[NamedRows]:
    about = [(_("Board"), paper.title), *paper.facts, (_("Exported by"), by), (_("At"), moment(at))]
    yield NamedRows(_("About this file"), [_("What"), _("Which")], about)
    for table in paper.tables:
        yield NamedRows(table.title, table.headers, _rows(table))


def _rows(table: PaperTable) -> Iterator[list[Cell]]:
    for row in table.rows:
        yield [cell.value for cell in row]
