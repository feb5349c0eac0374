"""Jobs around signing in."""

from django_tasks import task

from accord.foundation.queries.accounts import account_named
from accord.foundation.services.accounts import mail_password_link
from accord.foundation.throttling import forget_past_attempts


@task
def answer_password_request(name: str) -> None:
    """Mail a link to the account that `name` means, if there is one. Nobody waits for this, so nobody can time it."""
    user = account_named(name)
    if user:
        mail_password_link(user)


@task
def forget_attempts() -> None:
    """Clear counts of attempts that are over."""
    forget_past_attempts()
