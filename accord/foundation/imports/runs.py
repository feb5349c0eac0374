"""Commands on a run: start it, ask for its load, discard it. Each step is taken once, however often it is asked for."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accord.foundation.imports import jobs
from accord.foundation.imports.errors import MissingOption, NotWaiting
from accord.foundation.imports.files import keep, shown_name
from accord.foundation.imports.kinds import import_kind
from accord.foundation.imports.progress import progress_of
from accord.foundation.models import ImportRun, User

# Work that gave no sign of life for so long may be asked for again.
SILENCE = timedelta(minutes=10)


def keep_run(
    kind: str,
    pieces: Iterable[bytes],
    file_name: str,
    *,
    state: ImportRun.State,
    actor: User | None = None,
    options: Mapping[str, str] | None = None,
) -> ImportRun:
    """Store the file and open its run in `state`. Raises UnknownKind or MissingOption."""
    values = dict(options or {})
    for option in import_kind(kind).options:
        if option.is_required and not values.get(option.name):
            raise MissingOption(option=option.label, flag=option.flag)
    kept = keep(pieces, file_name)
    return ImportRun.objects.create(
        kind=kind,
        file_name=shown_name(file_name),
        stored_as=kept.stored_as,
        digest=kept.digest,
        options=values,
        state=state,
        started_by=actor,
        loading_at=timezone.now() if state == ImportRun.State.LOADING else None,
    )


def start(
    kind: str, pieces: Iterable[bytes], file_name: str, *, actor: User, options: Mapping[str, str] | None = None
) -> ImportRun:
    """Take a file that somebody sent and have it checked by a job. Raises UnknownKind or MissingOption."""
    with transaction.atomic():
        run = keep_run(kind, pieces, file_name, state=ImportRun.State.CHECKING, actor=actor, options=options)
        jobs.check_run.enqueue(run.pk, actor.language)
    return run


def request_load(run: ImportRun, actor: User) -> None:
    """Have the good rows loaded by a job. Raises NotWaiting where the run is on its way or done already."""
    is_lost = run.state == ImportRun.State.LOADING and is_silent(run)
    may_load = ImportRun.State.LOADING if is_lost else ImportRun.State.CHECKED
    with transaction.atomic():
        _move(run, may_load, ImportRun.State.LOADING, loaded_by=actor, loading_at=timezone.now(), error={})
        jobs.load_run.enqueue(run.pk, actor.pk, actor.language)


def discard(run: ImportRun) -> None:
    """Let a checked file go; it stays in the list. Raises NotWaiting where it is being loaded or was loaded."""
    _move(run, ImportRun.State.CHECKED, ImportRun.State.DISCARDED, finished_at=timezone.now())


def is_silent(run: ImportRun) -> bool:
    """Whether a check or load shows no sign of life: its worker was killed and nobody took the job over."""
    begun = {ImportRun.State.CHECKING: run.started_at, ImportRun.State.LOADING: run.loading_at}.get(
        ImportRun.State(run.state)
    )
    if begun is None:
        return False
    last_sign = max(begun.timestamp(), progress_of(run).at)
    return time.time() - last_sign > SILENCE.total_seconds()


def _move(run: ImportRun, before: ImportRun.State, after: ImportRun.State, **values: object) -> None:
    unchanged = ImportRun.objects.filter(pk=run.pk, state=before, loading_at=run.loading_at)
    if not unchanged.update(state=after, **values):
        run.refresh_from_db()
        raise NotWaiting(state=run.get_state_display())
    run.refresh_from_db()
