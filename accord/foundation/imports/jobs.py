"""The jobs behind the import pages."""

from __future__ import annotations

from django.utils.translation import override
from django_tasks import task

from accord.foundation.errors import BusinessError
from accord.foundation.imports import running
from accord.foundation.imports.progress import ProgressFile
from accord.foundation.models import ImportRun, User


@task
def check_run(run_id: int, language: str) -> None:
    """Check the file of a run; a second call finds nothing left to do."""
    run = ImportRun.objects.get(pk=run_id)
    if run.state == ImportRun.State.CHECKING:
        _carry_out(run, language, actor=None)


@task
def load_run(run_id: int, actor_id: int, language: str) -> None:
    """Load the good rows of a run; a second call finds nothing left to do."""
    run = ImportRun.objects.get(pk=run_id)
    if run.state == ImportRun.State.LOADING:
        _carry_out(run, language, actor=User.objects.filter(pk=actor_id).first())


def _carry_out(run: ImportRun, language: str, actor: User | None) -> None:
    try:
        with override(language), ProgressFile(run) as progress:
            if run.state == ImportRun.State.CHECKING:
                running.check(run, progress)
            else:
                running.load(run, progress, actor)
    except BusinessError:
        pass  # It stands in the run, where its sender reads it.
    except Exception as error:
        if running.is_passing(error):
            raise
        running.give_up(run, error)
