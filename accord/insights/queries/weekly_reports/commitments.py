"""What is due in the week that begins: talks, agreements that wait for the reader, check-ins that were not made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from accord.coaching.models import CoachingTask, Commitment
from accord.coaching.queries.coaching_tasks import tasks_in_full
from accord.goals.queries.agreement_lists import waiting_for_each
from accord.goals.queries.check_ins_due import missed_check_ins
from accord.insights.queries.weekly_reports.facts import Fact, metric_as_json
from accord.insights.queries.weekly_reports.groups import LISTED, ReaderGroup


@dataclass
class Listed:
    """The first of something, and how many there are."""

    many: int = 0
    facts: list[Fact] = field(default_factory=list)

    def add(self, fact: Fact) -> None:
        """Count another, and tell of it if it is among the first."""
        self.many += 1
        if self.many <= LISTED:
            self.facts.append(fact)

    def as_json(self) -> Fact:
        """As a report keeps it."""
        return {"many": self.many, "facts": self.facts}


Lists = Mapping[int, Listed]


def talks_due(group: ReaderGroup) -> Lists:
    """The talks that readers owe by the end of the week, those due first; two statements."""
    sunday = group.monday + timedelta(days=6)
    owed = tasks_in_full().filter(owner__in=group.readers, due_on__lte=sunday).exclude(state=CoachingTask.State.CLOSED)
    awake = owed.exclude(state=CoachingTask.State.SNOOZED, snoozed_until__gt=sunday)
    tasks = awake.prefetch_related("steps").order_by("due_on", "pk")
    return _by_reader((task.owner_id, _talk(task)) for task in tasks)


def commitments_due(group: ReaderGroup) -> Lists:
    """What readers promised to do by the end of the week; what is older than a week waits for the next talk."""
    sunday = group.monday + timedelta(days=6)
    lately = group.monday - timedelta(days=7)
    owed = Commitment.objects.filter(owner__in=group.readers, state=Commitment.State.OPEN)
    due = owed.filter(due_on__lte=sunday, due_on__gte=lately).select_related("partner").order_by("due_on", "pk")
    return _by_reader((one.owner_id, _promised(one)) for one in due)


def agreements_waiting(group: ReaderGroup) -> Lists:
    """The agreements that go no further without the reader; two statements."""
    waiting = waiting_for_each(group.readers)
    return _by_reader(
        (
            reader,
            {
                "who": terms.agreement.employee.name,
                "agreement": terms.agreement_id,
                "cycle": terms.agreement.cycle.name,
            },
        )
        for reader, wordings in waiting.items()
        for terms in wordings
    )


def check_ins_missed(group: ReaderGroup) -> Lists:
    """Of the reader's own reports those who made no check-in in the week; one statement."""
    missed = missed_check_ins(group.readers, group.week)
    return _by_reader((person.manager_id or 0, {"who": person.name, "employee": person.pk}) for person in missed)


def _talk(task: CoachingTask) -> Fact:
    return {
        "who": task.employee.name,
        "task": task.pk,
        "metric": metric_as_json(task.alert.series.metric),
        "due_on": task.due_on.isoformat(),
        "steps": [step.kind for step in task.steps.all()],
    }


def _promised(one: Commitment) -> Fact:
    return {"who": one.partner.name, "commitment": one.pk, "what": one.text, "due_on": one.due_on.isoformat()}


def _by_reader(facts: Iterable[tuple[int, Fact]]) -> Lists:
    found: defaultdict[int, Listed] = defaultdict(Listed)
    for reader, fact in facts:
        found[reader].add(fact)
    return found
