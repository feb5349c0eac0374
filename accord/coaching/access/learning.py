"""Who sees what of learning: the library is everybody's; what somebody learns from is theirs alone."""

from __future__ import annotations

import time
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from accord.coaching.access.competencies import ensure_may_keep
from accord.coaching.errors.learning import HookTooOften, HookUnknown
from accord.coaching.models import LearningRecommendation, LearningResource, LearningSystem
from accord.domain.signatures import is_signed
from accord.foundation.throttling import Limit
from accord.metrics.connectors.secrets import decrypt
from accord.people.access import Actor, can_manage_people, own_employee
from accord.people.models import Employee

_DELIVERIES = Limit("learning-hook", 120, 60)
_WRONG = Limit("learning-hook-wrong", 20, 60)


def learner(actor: Actor) -> Employee:
    """Who learns. Raises Http404 for an account without employment."""
    me = own_employee(actor)
    if me is None:
        raise Http404
    return me


def resource_for(actor: Actor, pk: int) -> tuple[LearningResource, Employee]:
    """The resource `pk` and who looks at it: everybody who works here. Raises Http404."""
    me = learner(actor)
    return get_object_or_404(LearningResource.objects.select_related("competency"), pk=pk), me


def resource_to_change(actor: Actor, pk: int) -> LearningResource:
    """The resource `pk` for whoever keeps the library. Raises Http404 or PermissionDenied."""
    resource, _ = resource_for(actor, pk)
    ensure_may_keep(actor)
    return resource


def recommendation_for(actor: Actor, pk: int) -> LearningRecommendation:
    """A recommendation, for whom it was made and nobody else. Raises Http404."""
    return get_object_or_404(LearningRecommendation, pk=pk, employee=learner(actor))


def ensure_may_connect(actor: Actor) -> None:
    """Raises Http404 unless `actor` is an administrator."""
    if not can_manage_people(actor):
        raise Http404


def system_behind(hook: UUID, signature: str, body: bytes) -> LearningSystem:
    """The learning system that signed `body`. Raises HookUnknown for all that is wrong alike, HookTooOften."""
    system = LearningSystem.objects.filter(hook=hook, is_active=True).first()
    secret = decrypt(system.secret).reveal() if system else ""
    if system is None or not is_signed(body, signature, secret, int(time.time())):
        if not _WRONG.take(str(hook)):
            raise HookTooOften
        raise HookUnknown
    if not _DELIVERIES.take(str(system.pk)):
        raise HookTooOften
    return system
