"""The weekly line on a key result. Lines are never changed: a correction takes the place of the one it names."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone

from accord.domain.objectives import Said, newest
from accord.foundation.services.events import record
from accord.goals.errors.objectives import CheckInCorrected, ValueMissing
from accord.goals.models import KeyResult, KeyResultCheckIn, Objective
from accord.goals.services.objectives.claiming import require_open
from accord.people.models import Employee


@dataclass(frozen=True)
class Line:
    """What moved: the value (none where a metric says it), how sure one is from 1 to 10, and a few words."""

    value: Decimal | None
    confidence: int
    note: str = ""


@transaction.atomic
def check_in(
    result: KeyResult, line: Line, actor: Employee, corrects: KeyResultCheckIn | None = None
) -> KeyResultCheckIn:
    """Report on a key result, or correct a line of it that is not corrected yet.

    Raises ObjectiveClosed, ValueMissing, or CheckInCorrected if somebody was faster.
    """
    is_measured = result.metric_id is not None
    if line.value is None and not is_measured:
        raise ValueMissing(title=result.title)
    if not 1 <= line.confidence <= 10:
        raise ValueError("confidence goes from 1 to 10")
    # Also makes two who report at once wait for each other, so that the newest line is the newest for both.
    is_open = KeyResult.objects.filter(pk=result.pk, objective__state=Objective.State.OPEN)
    if not is_open.update(confidence=line.confidence):
        require_open(result.objective)
    said = _add(result, line, actor, corrects, is_measured=is_measured)
    _settle(result, is_measured=is_measured)
    record(
        "key_result.checked_in",
        subject=f"objectives:{result.objective_id}",
        actor=actor.user,
        key_result_id=result.pk,
        check_in_id=said.pk,
    )
    return said


def _add(
    result: KeyResult, line: Line, actor: Employee, corrects: KeyResultCheckIn | None, *, is_measured: bool
) -> KeyResultCheckIn:
    if corrects is not None and corrects.key_result_id != result.pk:
        raise ValueError("a line corrects one of the same key result")
    try:
        with transaction.atomic():
            return KeyResultCheckIn.objects.create(
                key_result=result,
                value=None if is_measured else line.value,
                confidence=line.confidence,
                note=line.note.strip(),
                corrects=corrects,
                made_by=actor,
                made_at=timezone.now(),
            )
    except IntegrityError as error:
        raise CheckInCorrected from error


def _settle(result: KeyResult, *, is_measured: bool) -> None:
    """Bring the key result to the line that holds now."""
    lines = KeyResultCheckIn.objects.filter(key_result=result)
    holding = newest(Said(*row) for row in lines.values_list("pk", "corrects_id", "value", "confidence"))
    if holding is not None:
        said: dict[str, object] = {"confidence": holding.confidence}
        KeyResult.objects.filter(pk=result.pk).update(**said if is_measured else said | {"current": holding.value})
