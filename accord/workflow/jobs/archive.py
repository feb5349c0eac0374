"""The archive's daily work."""

from django_tasks import task

from accord.workflow.errors.archive import NothingSealed
from accord.workflow.services.archive.checking import check_archive
from accord.workflow.services.archive.erasing import carry_out_erasures
from accord.workflow.services.archive.telling import tell_of_faults
from accord.workflow.services.archive.witnessing import send_head


@task()
def check_nightly() -> None:
    """Finish erasures that a crash interrupted, check the whole log, and raise the alarm where something is wrong."""
    carry_out_erasures()
    tell_of_faults(check_archive())


@task()
def send_head_daily() -> None:
    """Send the newest head to the witnesses."""
    try:
        send_head()
    except NothingSealed:
        return
