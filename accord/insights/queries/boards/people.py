"""The people of a unit or position on its board: people × metrics, a page at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from accord.domain.periods import Frequency, Period
from accord.insights.queries.boards.scope import BoardFilter
from accord.insights.queries.lights import KpiLight, lights_of
from accord.insights.queries.teams import Group, Row, groups_of
from accord.people.models import Employee

SHOWN = 40


@dataclass(frozen=True)
class PeopleOnBoard:
    """One page of people, by position."""

    page: Page[Employee]
    groups: Sequence[Group]


def people_on_board(
    people: QuerySet[Employee], wanted: BoardFilter, periods: Mapping[Frequency, Period], page: str
) -> PeopleOnBoard:
    """Some people with the lights that the filter leaves; two statements and those of the page."""
    chosen = people.filter(position=wanted.position) if wanted.position else people
    ordered = chosen.select_related("position").order_by("position", "pk")
    shown = Paginator(ordered, SHOWN).get_page(page)
    lights = lights_of([person.pk for person in shown], periods)
    rows = [Row(person, _left(lights.get(person.pk, []), wanted), False, None) for person in shown]
    return PeopleOnBoard(shown, groups_of([row for row in rows if row.lights or not _narrows(wanted)]))


def _narrows(wanted: BoardFilter) -> bool:
    return wanted.metric is not None or wanted.light is not None


def _left(lights: Sequence[KpiLight], wanted: BoardFilter) -> list[KpiLight]:
    return [
        light
        for light in lights
        if wanted.metric in (None, light.metric) and (wanted.light is None or (light.light or 0) == wanted.light)
    ]
