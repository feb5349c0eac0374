"""Sealing in the background."""

from django_tasks import task

from accord.workflow.services.archive.sealing import seal


@task(priority=10)
def seal_waiting() -> None:
    """Seal what was kept since the last round."""
    seal()
