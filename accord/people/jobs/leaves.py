"""Upkeep of leaves in the background."""

from django_tasks import task

from accord.people.services import leaves


@task()
def forget_old_leaves() -> None:
    """Once a day: delete the leaves that have been over for some time."""
    leaves.forget_leaves()
