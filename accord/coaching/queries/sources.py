"""Where something comes from: `<table>:<id>` as words and an address, one line per table.

Words and address name the kind of thing and its day, never what stands in it: whoever follows the link is asked by the
page itself what they may see.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from accord.alerts.models import Alert
from accord.coaching.models import CoachingTask, Commitment, Feedback, FocusArea, Minutes, OneOnOne
from accord.foundation.clock import organisation_day


class Link(NamedTuple):
    """What a source is called, and the address at which it stands."""

    label: str
    url: str


def link_of(source: str) -> Link | None:
    """The words and address of one source; None where its table is unknown or the row is gone."""
    return links_of([source]).get(source)


def links_of(sources: Iterable[str]) -> dict[str, Link]:
    """The same for many: one statement a table, however many rows."""
    wanted: defaultdict[str, set[int]] = defaultdict(set)
    for table, pk in map(parts_of, sources):
        if table in TABLES and pk is not None:
            wanted[table].add(pk)
    return {f"{table}:{pk}": link for table, keys in wanted.items() for pk, link in TABLES[table](keys).items()}


def parts_of(source: str) -> tuple[str, int | None]:
    """The table and the key of a source."""
    table, _colon, number = source.partition(":")
    return table, int(number) if number.isdecimal() and number.isascii() and len(number) < 19 else None


def _coaching_tasks(keys: Collection[int]) -> dict[int, Link]:
    rows = CoachingTask.objects.filter(pk__in=keys).values_list("pk", "alert__series__metric__name")
    label = _("coaching task: %(metric)s")
    return {pk: Link(label % {"metric": metric}, reverse("coaching:task", args=[pk])) for pk, metric in rows}


def _alerts(keys: Collection[int]) -> dict[int, Link]:
    rows = Alert.objects.filter(pk__in=keys).values_list("pk", "series__metric__name")
    label = _("alert: %(metric)s")
    return {pk: Link(label % {"metric": metric}, reverse("alerts:alert", args=[pk])) for pk, metric in rows}


def _commitments(keys: Collection[int]) -> dict[int, Link]:
    rows = Commitment.objects.filter(pk__in=keys).values_list("pk", "made_at")
    label = _("commitment of %(day)s")
    return {pk: Link(label % {"day": _day(at)}, reverse("coaching:commitment", args=[pk])) for pk, at in rows}


def _one_on_ones(keys: Collection[int]) -> dict[int, Link]:
    rows = OneOnOne.objects.filter(pk__in=keys).values_list("pk", "planned_at")
    label = _("one-on-one of %(day)s")
    return {pk: Link(label % {"day": _day(at)}, reverse("coaching:one_on_one", args=[pk])) for pk, at in rows}


def _minutes(keys: Collection[int]) -> dict[int, Link]:
    rows = Minutes.objects.filter(pk__in=keys).values_list("pk", "one_on_one__planned_at")
    label = _("minutes of %(day)s")
    return {pk: Link(label % {"day": _day(at)}, reverse("coaching:minutes_page", args=[pk])) for pk, at in rows}


def _feedback(keys: Collection[int]) -> dict[int, Link]:
    rows = Feedback.objects.filter(pk__in=keys, sent_at__isnull=False).values_list("pk", "sent_at")
    label = _("feedback of %(day)s")
    return {pk: Link(label % {"day": _day(at)}, reverse("coaching:feedback_page", args=[pk])) for pk, at in rows if at}


def _focus_areas(keys: Collection[int]) -> dict[int, Link]:
    rows = FocusArea.objects.filter(pk__in=keys).values_list("pk", "plan", "plan__made_at")
    label, plan = _("development plan of %(day)s"), "coaching:plan"
    return {pk: Link(label % {"day": _day(at)}, f"{reverse(plan, args=[whole])}#focus{pk}") for pk, whole, at in rows}


def _day(moment: datetime) -> str:
    return organisation_day(moment).isoformat()


TABLES: Mapping[str, Callable[[Collection[int]], Mapping[int, Link]]] = {
    "alerts": _alerts,
    "coaching_tasks": _coaching_tasks,
    "commitments": _commitments,
    "feedback": _feedback,
    "focus_areas": _focus_areas,
    "minutes": _minutes,
    "one_on_ones": _one_on_ones,
}
