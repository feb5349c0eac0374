"""Mailing invitations to talks."""

from django_tasks import task

from accord.coaching.services.invitations import mail_waiting


@task()
def mail_invitations() -> None:
    """Mail what calendars are owed."""
    mail_waiting()
