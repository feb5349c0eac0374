"""Back-tests in the background: every night, after the lights of what had ended by midnight."""

from django_tasks import task

from accord.alerts.services.backtesting import try_all


@task()
def try_all_rules() -> None:
    """Try every rule on every metric."""
    try_all()
