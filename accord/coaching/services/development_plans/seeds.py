"""What the first words of a focus area are taken from: one line per table that a plan can start from."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from accord.coaching.errors.development_plans import PlanSourceUnreadable
from accord.coaching.models import Feedback
from accord.coaching.queries.feedback_agenda import both_may_read
from accord.coaching.queries.sources import parts_of
from accord.coaching.services.feedback.answers import receive
from accord.people.models import Employee

_END_OF_SENTENCE = re.compile(r"[。；！？;!?\n]|\.\s|\.$")


@dataclass(frozen=True)
class Seed:
    """The words to begin with; empty where they are not for both to read."""

    title: str = ""
    why: str = ""
    action: str = ""
    resource: str = ""


def seed_from(source: str, employee: Employee, by: Employee) -> Seed:
    """The words to begin with from `<table>:<id>`; nothing for an empty source.

    Raises PlanSourceUnreadable where there is no such thing about `employee` that `by` may read.
    """
    if not source:
        return Seed()
    table, pk = parts_of(source)
    if table not in _SEEDS or pk is None:
        raise PlanSourceUnreadable
    return _SEEDS[table](pk, employee, by)


def _from_feedback(pk: int, employee: Employee, by: Employee) -> Seed:
    """From feedback to `employee`: its words where both sides of the plan may read it and `employee` has.

    Whoever begins a plan from feedback to them has read it by that; their manager's plan is no receipt.
    """
    to_them = Feedback.objects.filter(pk=pk, receiver=employee, state=Feedback.State.SENT)
    sent = to_them.select_related("receiver__user").first()
    if sent is None:
        raise PlanSourceUnreadable
    manager = employee.manager_id
    is_for_both = employee.manager is not None and both_may_read(sent, employee, employee.manager)
    if not (by.pk == employee.pk or (by.pk == manager and is_for_both)):
        raise PlanSourceUnreadable
    if by.pk == employee.pk and not receive(sent):
        raise PlanSourceUnreadable  # Its author took it back at this very moment.
    if not (is_for_both and sent.received_at):
        return Seed()
    return Seed(
        title=_first_sentence(sent.suggestion, 60),
        why=_joined(sent.behaviour, sent.impact)[:600],
        action=sent.suggestion.strip()[:500],
        resource=sent.resources.strip()[:300],
    )


def _first_sentence(text: str, most: int) -> str:
    first = _END_OF_SENTENCE.split(text.strip(), maxsplit=1)[0].strip()
    return first if len(first) <= most else f"{first[: most - 1]}…"


def _joined(*texts: str) -> str:
    return "\n".join(text.strip() for text in texts if text.strip())


_SEEDS: dict[str, Callable[[int, Employee, Employee], Seed]] = {
    "feedback": _from_feedback,
}
