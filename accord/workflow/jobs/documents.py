"""Upkeep of documents in the background."""

from django_tasks import task

from accord.workflow.services.documents import expire_due, remind_due


@task()
def tend_documents() -> None:
    """End what is out of time and remind before that."""
    expire_due()
    remind_due()
