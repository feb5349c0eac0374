"""Recommending what to learn from, when something says that somebody should grow in a competency.

It follows facts only: an assessment, a feedback or a plan that names competencies. Three competencies at most have
open recommendations at once, three resources each; whoever has those is told nothing more.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse

from accord.coaching.models import (
    Competency,
    Feedback,
    FocusArea,
    LearningRecommendation,
    LearningRecord,
    LearningResource,
)
from accord.coaching.notices.learning import RECOMMENDED
from accord.coaching.queries.competencies import named_in, stands_of
from accord.coaching.queries.recommending import known_to, picks_of
from accord.foundation.services.notifications import notify
from accord.people.models import Employee

MOST_COMPETENCIES, MOST_EACH = 3, 3
State = LearningRecommendation.State


def follow_assessed(employee_id: int, side: str, competencies: list[int]) -> None:
    """Reaction to `competency.assessed`: recommend where it lies below what is expected, the widest gap first."""
    person = _person(employee_id)
    if person is None:
        return
    low = [stand.competency for stand in stands_of(person) if stand.gap and stand.competency.pk in competencies]
    recommend(person, low, f"competency_assessments:{employee_id}")


def follow_feedback(feedback_id: int) -> None:
    """Reaction to `feedback.received`: once its receiver has read it, and only for what is said to develop.

    It is about what its author says it is; where they said nothing, about what its words name.
    """
    development = Feedback.objects.filter(kind=Feedback.Kind.DEVELOPMENT, state=Feedback.State.SENT)
    feedback = development.filter(pk=feedback_id).select_related("receiver").first()
    if feedback is None:
        return
    about = list(feedback.competencies.all())
    about = about or named_in(feedback.behaviour, feedback.suggestion, feedback.resources)
    _follow(feedback.receiver_id, about, f"feedback:{feedback_id}")


def follow_plan(plan_id: int, version_id: int) -> None:
    """Reaction to `plan.agreed`: what the focus areas name that are still under way."""
    areas = FocusArea.objects.filter(plan=plan_id, state=FocusArea.State.OPEN, removed_at=None)
    for area in areas.select_related("plan__employee", "learning__competency").order_by("order", "id"):
        source = f"focus_areas:{area.pk}"
        if area.learning:
            _keep_picked(area.plan.employee, area.learning, source)
        else:
            _follow(area.plan.employee_id, named_in(area.title, area.action, area.resource), source)


def _follow(employee_id: int, competencies: Iterable[Competency], source: str) -> None:
    person = _person(employee_id)
    if person:
        recommend(person, competencies, source)


@transaction.atomic
def recommend(person: Employee, competencies: Iterable[Competency], source: str) -> list[LearningRecommendation]:
    """Recommend the best for each of `competencies` that has nothing open yet, and tell the person once."""
    open_now = set(
        LearningRecommendation.objects.filter(employee=person, state=State.OPEN).values_list("competency", flat=True)
    )
    made: list[LearningRecommendation] = []
    wanting = [each for each in competencies if each.pk not in open_now and not each.is_retired]
    room = MOST_COMPETENCIES - len(open_now)
    found = picks_of(wanting, person, known_to(person), MOST_EACH) if wanting and room > 0 else {}
    for competency in [each for each in dict.fromkeys(wanting) if found.get(each.pk)][: max(room, 0)]:
        made += _keep(person, competency, [pick.resource for pick in found[competency.pk]], source)
    if made:
        _tell(person, made)
    return made


def _keep_picked(person: Employee, picked: LearningResource, source: str) -> None:
    """What both picked stands on the person's page of learning; nothing else is put beside it."""
    if not LearningRecord.objects.filter(employee=person, resource=picked).exists():
        _keep(person, picked.competency, [picked], source)


def _keep(
    person: Employee, competency: Competency, resources: list[LearningResource], source: str
) -> list[LearningRecommendation]:
    LearningRecommendation.objects.bulk_create(
        (
            LearningRecommendation(employee=person, resource=each, competency=competency, source=source)
            for each in resources
        ),
        ignore_conflicts=True,
    )
    kept = LearningRecommendation.objects.filter(employee=person, resource__in=resources)
    return list(kept.filter(source=source, state=State.OPEN).select_related("competency"))


def _tell(person: Employee, made: list[LearningRecommendation]) -> None:
    if person.user is None:
        return
    names = list(dict.fromkeys(each.competency.name for each in made))
    notify(
        person.user,
        RECOMMENDED.code,
        cause=f"learning_recommendations:{min(each.pk for each in made)}",
        values={"count": str(len(made)), "competencies": "、".join(names)},
        url=reverse("coaching:learning"),
    )


def _person(employee_id: int) -> Employee | None:
    here = Employee.objects.exclude(status=Employee.Status.LEFT)
    return here.select_related("user", "position").filter(pk=employee_id).first()
