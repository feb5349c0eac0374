"""Scorecards of 远航电商: the product's own job freezes those of each quarter once its last values are in."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from accord.demo.clock import Calendar, Story
from accord.goals.services.scorecards.scoring import score_finished

_NIGHT = time(1)


def tell_of_scorecards(calendar: Calendar, opening: date, today: date) -> None:
    """Let the nightly job come by once a week, on Tuesdays, when the values of the week before are in."""
    calendar.add(_nights(opening, today))


def _nights(opening: date, today: date) -> Story:
    night = opening - timedelta(days=opening.weekday()) + timedelta(days=1)
    while night <= today:
        yield datetime.combine(night, _NIGHT)
        score_finished(night)
        night += timedelta(days=7)
