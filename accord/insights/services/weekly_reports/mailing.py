"""Mailing weekly reports: each at most once (docs/adr/0006), as text and HTML, with a PDF for those who want one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation

from accord.foundation.links import absolute
from accord.foundation.models import User
from accord.foundation.services.events import record
from accord.foundation.services.mail import compose
from accord.foundation.services.notifications import notify
from accord.foundation.services.posting import post
from accord.insights.models import ReportWish, WeeklyReport
from accord.insights.notices.weekly_reports import REPORT_UNSENT
from accord.insights.printing.weekly_reports import file_name, report_as_pdf
from accord.insights.queries.weekly_reports.readers import LATEST
from accord.insights.queries.weekly_reports.reading import read_report
from accord.insights.services.weekly_reports.wishes import stop_url
from accord.people.models import Employee

State = WeeklyReport.State
_MOST = 500


def mail_reports(now: datetime | None = None) -> int:
    """Mail what was written in the last two days to those who want it by mail; return how many went out.

    May run twice, at the same time, or after a crash. Raises MailPostponed when some must be tried again.
    """
    return post(_letters(now or timezone.now()))


@dataclass(frozen=True)
class _Letter:
    report: WeeklyReport
    reader: User
    with_pdf: bool

    def claim(self) -> bool:
        return bool(_open(self.report.pk).filter(claimed_at=None).update(claimed_at=timezone.now()))

    def compose(self) -> EmailMessage:
        stop = stop_url(self.reader)
        with translation.override(self.reader.language):
            shown = read_report(self.report, address=absolute)
        context = {
            "report": shown,
            "report_url": absolute(reverse("insights:weekly_report", args=[self.report.pk])),
            "wish_url": absolute(reverse("insights:weekly_wish")),
            "stop_url": stop,
        }
        headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
        message = compose(self.reader, "insights/mail/weekly_report", context, headers)
        if self.with_pdf:
            paper = report_as_pdf(self.report, self.reader.language)
            message.attach(file_name(self.report), paper, "application/pdf")
        return message

    def give_back(self) -> None:
        _open(self.report.pk).update(claimed_at=None)

    def settle(self, was_sent: bool) -> None:
        state = State.SENT if was_sent else State.UNSENT
        with transaction.atomic():
            if not _open(self.report.pk).update(state=state):
                return
            name = "weekly_report.sent" if was_sent else "weekly_report.unsent"
            key, week = self.report.pk, self.report.week
            record(name, subject=f"weekly_reports:{key}", report_id=key, week=week)
            if not was_sent:
                self._tell()

    def _tell(self) -> None:
        """Nobody learns by mail that mail does not reach them."""
        url = reverse("insights:weekly_report", args=[self.report.pk])
        values = {"week": self.report.period.label, "address": self.reader.email}
        notify(self.reader, REPORT_UNSENT.code, cause=f"weekly_reports:{self.report.pk}", values=values, url=url)


def _open(pk: int) -> QuerySet[WeeklyReport]:
    return WeeklyReport.objects.filter(pk=pk, state=State.WRITTEN)


def _letters(now: datetime) -> Iterator[_Letter]:
    waiting = WeeklyReport.objects.filter(state=State.WRITTEN, claimed_at=None, written_at__gt=now - LATEST)
    wanted = (
        waiting.filter(reader__user__is_active=True)
        .exclude(reader__user__email="")
        .exclude(reader__status=Employee.Status.LEFT)
        .exclude(reader__user__in=ReportWish.objects.filter(by_mail=False).values("user"))
    )
    papers = set(ReportWish.objects.filter(with_pdf=True).values_list("user_id", flat=True))
    keys = list(wanted.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), _MOST):
        for report in WeeklyReport.objects.filter(pk__in=keys[start : start + _MOST]).select_related("reader__user"):
            if report.reader.user:
                yield _Letter(report, report.reader.user, report.reader.user.pk in papers)
