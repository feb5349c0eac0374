"""A development plan as its page shows it, and the list of plans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accord.coaching.models import Commitment, DevelopmentPlan, FocusArea, PlanNote, PlanVersion
from accord.coaching.queries.development_plans import plans_in_full
from accord.coaching.queries.plan_learning import Picked, picked_in
from accord.coaching.queries.sources import Link, links_of
from accord.domain.development import MOST_FOCUS_AREAS, Advice, is_complete, missing, mix_advice
from accord.people.models import Employee

WORDS = ("title", "why", "kind", "action", "support", "resource", "measure", "due_on")
"""The fields of a focus area as they are read, in the order of the page."""


@dataclass(frozen=True)
class FocusView:
    """One focus area with what it lacks, what changed since both agreed, and what was said about it."""

    focus: FocusArea
    missing: Sequence[str]
    changed: Sequence[str]
    is_new: bool
    notes: Sequence[PlanNote]
    evidence: Link | None
    commitments: Sequence[Commitment]
    picked: Picked | None
    form: Any = None
    refusal: Any = None


@dataclass(frozen=True)
class PlanView:
    """A plan as its two sides see it."""

    plan: DevelopmentPlan
    focus_areas: Sequence[FocusView]
    version: PlanVersion | None
    removed: Sequence[str]
    notes: Sequence[PlanNote]
    advice: Advice | None

    @property
    def is_complete(self) -> bool:
        """Whether it says enough to be agreed to."""
        return is_complete(vars(each.focus) for each in self.focus_areas)

    @property
    def has_room(self) -> bool:
        """Whether one more focus area has a place."""
        return len(self.focus_areas) < MOST_FOCUS_AREAS

    @property
    def differs(self) -> bool:
        """Whether the words are others than those both agreed to last."""
        any_changed = any(each.changed or each.is_new for each in self.focus_areas)
        return self.version is not None and (any_changed or bool(self.removed))

    def with_forms(self, focus_areas: Iterable[FocusView]) -> PlanView:
        """The same with other focus areas."""
        return replace(self, focus_areas=tuple(focus_areas))


def view_of(plan: DevelopmentPlan, me: Employee, notes: Iterable[PlanNote] = ()) -> PlanView:
    """The page of a plan for `me`, one of its sides, from the plan and the notes they may read."""
    version = latest_version(plan)
    agreed = {each["id"]: each for each in version.content["focus_areas"]} if version else {}
    told, standing = list(notes), plan.standing
    kept = {focus.pk for focus in standing}
    links, promised = links_of(focus.source for focus in standing), _commitments_of(standing, me)
    picked = picked_in(standing, plan.employee, _shared(standing, agreed, plan, me))
    return PlanView(
        plan=plan,
        focus_areas=[
            FocusView(
                focus=focus,
                missing=missing(vars(focus)),
                changed=_changed(focus, agreed.get(focus.pk)),
                is_new=version is not None and focus.pk not in agreed,
                notes=[note for note in told if note.focus_id == focus.pk],
                evidence=links.get(focus.source),
                commitments=[one for one in promised if one.source == f"focus_areas:{focus.pk}"],
                picked=picked.get(focus.pk),
            )
            for focus in standing
        ],
        version=version,
        removed=[each["title"] for pk, each in agreed.items() if pk not in kept],
        notes=[note for note in told if note.focus_id not in kept],
        advice=mix_advice([focus.kind for focus in standing]),
    )


def latest_version(plan: DevelopmentPlan) -> PlanVersion | None:
    """The words both agreed to last."""
    return plan.versions.select_related("manager").order_by("-number").first()


def _shared(
    standing: Iterable[FocusArea], agreed: Mapping[int, Mapping[str, Any]], plan: DevelopmentPlan, me: Employee
) -> list[int]:
    """The resources of which `me` may see how far the person is: one's own, or once both agreed to learn from it."""
    found = ((focus.learning_id, agreed.get(focus.pk, {}).get("learning_id")) for focus in standing)
    return [key for key, both in found if key is not None and (me.pk == plan.employee_id or both == key)]


def _changed(focus: FocusArea, agreed: Mapping[str, Any] | None) -> list[str]:
    return [name for name in WORDS if agreed and str(getattr(focus, name) or "") != agreed[name]]


def _commitments_of(focus_areas: Iterable[FocusArea], me: Employee) -> list[Commitment]:
    """What `me` promised or was promised in these focus areas, those due first."""
    sources = [f"focus_areas:{focus.pk}" for focus in focus_areas]
    mine = Commitment.objects.filter(Q(owner=me) | Q(partner=me), source__in=sources)
    return list(mine.select_related("owner").order_by("due_on", "pk"))


@dataclass(frozen=True)
class AgreedFocus:
    """A focus area as it was agreed, for those who read no more than that, with how it stands."""

    title: str
    kind: str
    action: str
    support: str
    resource: str
    learning_id: int | None
    measure: str
    due_on: date
    state: FocusArea | None


def agreed_focus_areas(version: PlanVersion) -> list[AgreedFocus]:
    """The focus areas of a version without why and where from."""
    rows = {focus.pk: focus for focus in FocusArea.objects.filter(plan=version.plan_id)}
    names = ("title", "kind", "action", "support", "resource", "learning_id", "measure")
    return [
        AgreedFocus(
            **{name: each[name] for name in names},
            due_on=date.fromisoformat(each["due_on"]),
            state=rows.get(each["id"]),
        )
        for each in version.content["focus_areas"]
    ]


@dataclass(frozen=True)
class Change:
    """One line of the history: a focus area that came, went, or says something else in some fields."""

    title: str
    what: str
    fields: Sequence[tuple[str, str, str]] = ()


@dataclass(frozen=True)
class VersionView:
    """One version with what it changed."""

    version: PlanVersion
    changes: Sequence[Change]


def history_of(plan: DevelopmentPlan) -> list[VersionView]:
    """All versions, the newest first, each compared with the one before."""
    versions = list(plan.versions.select_related("manager").order_by("number"))
    before: dict[int, dict[str, Any]] = {}
    told = []
    for version in versions:
        now = {each["id"]: each for each in version.content["focus_areas"]}
        told.append(VersionView(version, _changes(before, now)))
        before = now
    return told[::-1]


def _changes(before: Mapping[int, Mapping[str, Any]], now: Mapping[int, Mapping[str, Any]]) -> list[Change]:
    came = [Change(each["title"], "added") for pk, each in now.items() if pk not in before]
    gone = [Change(each["title"], "removed") for pk, each in before.items() if pk not in now]
    both = [(before[pk], each) for pk, each in now.items() if pk in before]
    changed = [
        Change(new["title"], "changed", [(name, old[name], new[name]) for name in WORDS if old[name] != new[name]])
        for old, new in both
        if any(old[name] != new[name] for name in WORDS)
    ]
    return [*came, *changed, *gone]


def plans_about(employee: Employee, readable: QuerySet[DevelopmentPlan]) -> list[DevelopmentPlan]:
    """The plans about oneself that one may read: the running one first, then drafts, then those that are closed."""
    order = {DevelopmentPlan.State.RUNNING: 0, DevelopmentPlan.State.DRAFT: 1, DevelopmentPlan.State.CLOSED: 2}
    found = readable.filter(employee=employee).order_by("-id")
    return sorted(found, key=lambda plan: order[DevelopmentPlan.State(plan.state)])


def people_with_plans(me: Employee, readable: QuerySet[DevelopmentPlan], search: str) -> QuerySet[Employee]:
    """Whoever reports to `me`, and whoever has a running plan that `me` may read; own people first, by name."""
    running = readable.filter(employee=OuterRef("pk"), state=DevelopmentPlan.State.RUNNING)
    people = Employee.objects.select_related("position").exclude(pk=me.pk).exclude(status=Employee.Status.LEFT)
    found = people.annotate(is_mine=Exists(Employee.objects.filter(pk=OuterRef("pk"), manager=me)))
    found = found.filter(Q(is_mine=True) | Exists(running))
    if search:
        found = found.filter(Q(name__icontains=search) | Q(employee_no__icontains=search))
    return found.order_by("-is_mine", "name", "pk")


@dataclass(frozen=True)
class PersonRow:
    """One person of the list: their running plan and one's own draft for them, as far as there are any."""

    person: Employee
    running: DevelopmentPlan | None
    draft: DevelopmentPlan | None


def rows_of(people: Iterable[Employee], readable: QuerySet[DevelopmentPlan]) -> list[PersonRow]:
    """The people of one page of the list with their plans, read at once."""
    people = list(people)
    states = (DevelopmentPlan.State.RUNNING, DevelopmentPlan.State.DRAFT)
    found = {(plan.employee_id, plan.state): plan for plan in readable.filter(employee__in=people, state__in=states)}
    return [PersonRow(each, *(found.get((each.pk, state)) for state in states)) for each in people]


def plans_waiting_for(me: Employee) -> QuerySet[DevelopmentPlan]:
    """The running plans that wait for the yes of `me`: the other side has said theirs."""
    asks_employee = Q(employee=me, employee_agreed_at=None, manager_agreed_at__isnull=False)
    asks_manager = Q(manager=me, employee__manager=me, manager_agreed_at=None, employee_agreed_at__isnull=False)
    running = plans_in_full().filter(asks_employee | asks_manager, state=DevelopmentPlan.State.RUNNING)
    return running.order_by("shared_at", "pk")
