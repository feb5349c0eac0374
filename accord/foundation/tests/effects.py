"""Facts, reactions and tasks that exist for tests only, and where their effects can be counted."""

import time
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from django.contrib.auth.models import Group
from django_tasks import TaskContext, task

from accord.foundation.events import EventKind
from accord.foundation.jobs.schedule import Every

EVENTS = {
    "parcel.sent": EventKind("a parcel was sent", ("parcel_id",)),
    "parcel.lost": EventKind("a parcel was lost", ("parcel_id", "places")),
}
REACTIONS = {
    "parcel.sent": ("accord.foundation.tests.effects.write_receipt",),
    "parcel.lost": ("accord.foundation.tests.effects.stumble", "accord.foundation.tests.effects.apologise"),
}


def leave_trace(name: str) -> None:
    """One more trace each time: a doubled effect is seen as two."""
    Group.objects.create(name=f"{name}/{uuid4()}")


def traces(name: str) -> int:
    return Group.objects.filter(name__startswith=f"{name}/").count()


def write_receipt(parcel_id: int) -> None:
    leave_trace(f"receipt {parcel_id}")


def stumble(parcel_id: int, places: list[str]) -> None:
    leave_trace(f"stumble {parcel_id}")
    raise RuntimeError(f"nothing known of parcel {parcel_id}")


def apologise(parcel_id: int, places: list[str]) -> None:
    leave_trace(f"apology {parcel_id} {','.join(places)}")


@task
def add(left: int, right: int) -> int:
    return left + right


@task
def note(name: str) -> None:
    leave_trace(name)


@task(takes_context=True)
def fail_before(context: TaskContext, attempt: int, name: str) -> None:
    """Fails until its attempt number `attempt`, which leaves a trace."""
    if context.attempt < attempt:
        raise RuntimeError(f"not yet in attempt {context.attempt}")
    leave_trace(name)


@task(takes_context=True)
def write_line(context: TaskContext, folder: str, name: str) -> None:
    """Leaves a file that says which attempt began, waits for the file `go`, and leaves one that says which ended."""
    place = Path(folder)
    (place / f"{name}.began.{context.attempt}").touch()
    while not (place / "go").exists():
        time.sleep(0.02)
    (place / f"{name}.ended.{context.attempt}").touch()


@task
def settle(name: str) -> None:
    """An effect that is there once however often it is asked for: a further attempt finds what an earlier one left."""
    if not traces(name):
        leave_trace(name)


@task
def tick() -> None:
    leave_trace("tick")


SCHEDULE = (Every(timedelta(seconds=0.5), tick),)
