"""Running the reactions that facts cause: at once after commit, or later by the worker's sweep."""

import logging
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.module_loading import import_string

from accord.foundation.backoff import backoff
from accord.foundation.faults import told_fault
from accord.foundation.jobs.options import job_options
from accord.foundation.models import Delivery

logger = logging.getLogger(__name__)

_LONGEST_ERROR = 8_000


class _TakenOverError(Exception):
    """Somebody else claimed the delivery while it ran here, so what was done here is undone."""


def dispatch(deliveries: Iterable[Delivery]) -> None:
    """Run fresh deliveries in this process. A reaction that fails is left to the sweep and never raises here."""
    for delivery in deliveries:
        _attempt(delivery)


def sweep(limit: int = 100) -> int:
    """Run the waiting deliveries that are due, at most `limit`, oldest first; return how many were run here.

    Any number of sweeps may run at once: each delivery is claimed by compare-and-set.
    """
    due = Delivery.objects.filter(state=Delivery.State.WAITING, next_attempt_at__lte=timezone.now())
    # A reaction that takes its process down with it never reports; its attempts tell.
    due.filter(attempts__gte=job_options().max_attempts).update(
        state=Delivery.State.FAILED, error="the process stopped while the reaction ran"
    )
    return sum(_attempt(delivery) for delivery in due.select_related("event").order_by("next_attempt_at")[:limit])


def _attempt(delivery: Delivery) -> bool:
    if not _claim(delivery):
        return False
    try:
        with transaction.atomic():
            import_string(delivery.reaction)(**delivery.event.payload)
            # The effect and its mark are one transaction: a reaction takes effect exactly once.
            if not _update(delivery, state=Delivery.State.DONE, error=""):
                raise _TakenOverError
    except _TakenOverError:
        logger.warning("%s was taken over by another sweep", delivery)
    except Exception as error:
        logger.exception("%s failed", delivery)
        _fail(delivery, error)
    return True


def _claim(delivery: Delivery) -> bool:
    """Take the delivery for the length of a lease; whoever counted the same attempt before us has it."""
    lease_until = timezone.now() + job_options().lease
    if not _update(delivery, attempts=F("attempts") + 1, next_attempt_at=lease_until):
        return False
    delivery.attempts += 1
    return True


def _fail(delivery: Delivery, error: Exception) -> None:
    options = job_options()
    final = delivery.attempts >= options.max_attempts
    _update(
        delivery,
        state=Delivery.State.FAILED if final else Delivery.State.WAITING,
        next_attempt_at=timezone.now() + backoff(delivery.attempts, options.first_pause, options.longest_pause),
        error=told_fault(error)[-_LONGEST_ERROR:],
    )


def _update(delivery: Delivery, **values: object) -> bool:
    """Compare-and-set: true where the delivery still waits in the attempt that we know."""
    mine = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.WAITING, attempts=delivery.attempts)
    return bool(mine.update(**values))
