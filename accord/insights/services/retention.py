"""What left the database is vouched for by the archive."""

from accord.workflow.models import ArchiveEntry
from accord.workflow.services.archive.keeping import keep


def keep_stored_away(stored_period_id: int, period: int, values: int, revisions: int, digest: str) -> None:
    """Reaction to `values.stored_away`: put the digest of the file on record, once."""
    subject = f"stored_periods:{stored_period_id}"
    if not ArchiveEntry.objects.filter(kind="values.stored_away", subject=subject).exists():
        keep(
            "values.stored_away",
            subject,
            {"period": period, "values": values, "revisions": revisions, "digest": digest},
        )
