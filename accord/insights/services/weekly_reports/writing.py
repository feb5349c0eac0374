"""Writing weekly reports, fifty readers at a time: reads first, then one short transaction that keeps them all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accord.domain.periods import Frequency, Period
from accord.foundation.services.events import record_many
from accord.foundation.services.notifications import Notice, notify_many, settle
from accord.insights.models import ReportWish, WeeklyReport
from accord.insights.notices.weekly_reports import REPORT_WRITTEN
from accord.insights.queries.weekly_reports.contents import contents_of, has_changed, says_something
from accord.insights.queries.weekly_reports.facts import Fact
from accord.insights.queries.weekly_reports.groups import ReaderGroup
from accord.insights.queries.weekly_reports.readers import due_readers

AT_ONCE = 50
"""As many readers are written to in one job, so that nobody's page waits long for the database or the processor."""

KEPT = timedelta(days=400)

State = WeeklyReport.State


def write_next(now: datetime) -> bool:
    """Write to the next readers whose Monday morning has come; False where nobody waits.

    Whoever has a report of the week gets no second one, however often and by how many this is called.
    """
    due = next(due_readers(now, AT_ONCE), None)
    if due is None:
        return False
    write_reports(due.week, due.readers, due.at)
    return True


def write_reports(week: Period, readers: Sequence[int], until: datetime) -> list[WeeklyReport]:
    """Write the reports of `week` to these readers (keys), due at `until`; nothing where another job was faster."""
    group = ReaderGroup.of(week, readers, until)
    contents = contents_of(group)
    silent = ReportWish.objects.filter(user__employee__in=readers, only_when_changed=True)
    wants_news = set(silent.values_list("user__employee", flat=True))
    rows = [
        WeeklyReport(
            reader_id=reader, week=week.key, content=content, state=_state(content, group, reader in wants_news)
        )
        for reader, content in contents.items()
    ]
    try:
        with transaction.atomic():
            return _keep(rows, group)
    except IntegrityError:
        return []


def mark_report_read(report: WeeklyReport) -> None:
    """Note that its reader has opened it; the first time counts."""
    with transaction.atomic():
        if not WeeklyReport.objects.filter(pk=report.pk, read_at=None).update(read_at=timezone.now()):
            return
        if report.reader.user:
            settle(report.reader.user, REPORT_WRITTEN.code)


def forget_old(today: date) -> int:
    """Delete the reports of weeks that lie longer back than they are kept; return how many."""
    oldest = Period.of(today - KEPT, Frequency.WEEK)
    return WeeklyReport.objects.filter(week__lt=oldest.key).delete()[0]


def _state(content: Fact, group: ReaderGroup, wants_news: bool) -> str:
    if not says_something(content) or (wants_news and not has_changed(content, group)):
        return State.QUIET
    return State.WRITTEN


def _keep(rows: list[WeeklyReport], group: ReaderGroup) -> list[WeeklyReport]:
    kept = WeeklyReport.objects.bulk_create(rows)
    facts = [
        (f"weekly_reports:{row.pk}", {"report_id": row.pk, "week": row.week, "state": str(row.state)}) for row in kept
    ]
    record_many("weekly_report.written", facts)
    users = {person.pk: person.user for person in group.people().select_related("user")}
    notices = [
        Notice(
            user,
            f"weekly_reports:{row.pk}",
            {"week": group.week.label},
            reverse("insights:weekly_report", args=[row.pk]),
        )
        for row in kept
        if row.state == State.WRITTEN and (user := users.get(row.reader_id))
    ]
    notify_many(REPORT_WRITTEN.code, notices)
    return kept
