"""Jobs that mail notifications. Both may run at any time and as often as they like."""

from django_tasks import task

from accord.foundation.services import notification_mail


@task
def mail_urgent_notifications() -> None:
    """Mail what is urgent."""
    notification_mail.mail_urgent()


@task
def mail_digests() -> None:
    """Mail the digest where its hour has come."""
    notification_mail.mail_digests()
