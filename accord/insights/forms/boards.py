"""The filters of a board as they stand in its address: shareable, and a bad one costs a sentence, not the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from accord.domain.periods import Period, PeriodError
from accord.foundation.components.signs import LIGHTS
from accord.foundation.errors import Text
from accord.insights.queries.boards.pages import BoardPage
from accord.insights.queries.boards.scope import BoardFilter
from accord.insights.queries.lights import HISTORY
from accord.metrics.models import Metric
from accord.people.models import Position

FIELDS = ("position", "metric", "period", "light", "metrics")
LIGHT_CODES = {"grey": 0, "red": 1, "yellow": 2, "green": 3}
_LONGEST_ID = 9

Found = TypeVar("Found")


def read_filter(asked: Mapping[str, str], on: date, position: Position | None = None) -> BoardFilter:
    """What the address asks for; every value that means nothing here is left out and named in `ignored`.

    The board of a `position` is of that position, whatever the rest of its address says.
    """
    ignored: list[str] = []

    def take(name: str, find: Callable[[str], Found | None], sentence: Text) -> Found | None:
        text = asked.get(name, "").strip()
        found = find(text) if text else None
        if text and found is None:
            ignored.append(str(sentence) % {"text": text[:40]})
        return found

    return BoardFilter(
        on=on,
        position=position
        or take("position", _position, _("There is no position “%(text)s”; all positions are shown.")),
        metric=take("metric", _metric, _("There is no metric “%(text)s”; all metrics are shown.")),
        period=take(
            "period", lambda text: _period(text, on), _("“%(text)s” is no period that has ended; the newest are shown.")
        ),
        light=take("light", LIGHT_CODES.get, _("“%(text)s” is no status light; all are shown.")),
        every_metric=asked.get("metrics") == "all",
        ignored=ignored,
    )


def asked_for(asked: Mapping[str, str]) -> dict[str, str]:
    """The filters of an address that are set, for links and for the trail."""
    return {name: asked[name][:40] for name in FIELDS if asked.get(name, "").strip()}


def choices(asked: Mapping[str, str], page: BoardPage) -> dict[str, Any]:
    """What the selects of the filters offer, and the tiles that set the light."""
    tally, wanted = page.board.tally, page.wanted
    shown = [period - back for period in page.board.periods.values() for back in range(HISTORY)]
    return {
        "light_choices": [(code, number, LIGHTS[code]) for code, number in LIGHT_CODES.items()],
        "period_choices": [*({wanted.period} - set(shown) if wanted.period else ()), *shown],
        "narrowed": any(name in asked for name in FIELDS),
        "tiles": [(code, code, getattr(tally, code), LIGHTS[code]) for code in ("red", "yellow", "green")],
    }


def _position(text: str) -> Position | None:
    return Position.objects.filter(pk=int(text)).first() if _is_id(text) else None


def _metric(text: str) -> Metric | None:
    return Metric.objects.filter(pk=int(text)).first() if _is_id(text) else None


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _LONGEST_ID


def _period(text: str, on: date) -> Period | None:
    try:
        period = Period.parse(text)
    except PeriodError:
        return None
    return period if period.end < on else None
