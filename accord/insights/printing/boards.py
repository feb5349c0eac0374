"""A board on paper: A4 across, with its name, periods, age of the data and the number of the page on each."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accord.foundation.components.signs import LIGHTS
from accord.foundation.language import readers_language
from accord.insights.queries.boards.paper import Paper, PaperTable
from accord.workflow.printing.typesetting import as_pdf

_TEMPLATE = str(Path(__file__).parent / "board.typ")
_MOST_COLUMNS = 12
# Of what a board says of itself, the periods and the age of the data come last.
_NAMED_ON_TOP = 2


def board_as_pdf(paper: Paper, by: str, at: datetime) -> bytes:
    """The PDF of a board in the reader's language."""
    return as_pdf(_TEMPLATE, _values(paper, by, at), at)


def moment(at: datetime) -> str:
    """A time on the organisation's clock."""
    return f"{timezone.localtime(at, timezone.get_default_timezone()):%Y-%m-%d %H:%M}"


def _values(paper: Paper, by: str, at: datetime) -> dict[str, Any]:
    language = readers_language()
    counts = paper.counts
    return {
        "title": paper.title,
        "lang": language[:2],
        "region": "cn" if language.startswith("zh") else "gb",
        "head": " · ".join(
            dict.fromkeys([*(value for _name, value in paper.facts[-_NAMED_ON_TOP:]), f"{by} {moment(at)}"])
        ),
        "facts": [*paper.facts, (_("Exported by"), f"{by}  {moment(at)}")],
        "counts": [counts.red, counts.yellow, counts.green, counts.grey] if counts else [],
        "words": [str(LIGHTS[code]) for code in ("red", "yellow", "green", "grey")],
        # As on the page: hundreds on track would leave no height for the three that are not.
        "course": [
            {"period": period, "counts": [red, yellow, grey]} for period, (red, yellow, _g, grey) in paper.course
        ],
        "course_title": _("KPIs that were not on track"),
        "tables": [part for table in paper.tables for part in _parts(table)],
        "page": _("Page {page} of {pages}"),
        "product": _("Accord"),
    }


def _parts(table: PaperTable) -> list[dict[str, Any]]:
    """A table as wide as a page takes; what is wider goes on below, its first column repeated."""
    if not table.headers:
        return []
    rest = range(1, max(len(table.headers), 2), _MOST_COLUMNS - 1)
    return [
        {
            "title": table.title,
            "headers": [table.headers[0], *table.headers[start : start + _MOST_COLUMNS - 1]],
            "rows": [
                [{"text": cell.text, "light": cell.light} for cell in (row[0], *row[start : start + _MOST_COLUMNS - 1])]
                for row in table.rows
            ],
        }
        for start in rest
    ]
