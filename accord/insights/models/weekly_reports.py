"""Weekly reports: what was written to whom, kept as it was sent."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.domain.periods import Period
from accord.people.models import Employee


class WeeklyReport(models.Model):
    """The report of one week for one reader, as it was written. `content` holds all its numbers with their origins.

    `claimed_at` is set before the mail goes out, so that two jobs never send one report twice; a mail that surely did
    not leave gives its claim back.
    """

    class State(models.TextChoices):
        WRITTEN = "written", _("written")
        QUIET = "quiet", _("nothing changed")
        SENT = "sent", _("sent")
        UNSENT = "unsent", _("could not be sent")

    reader = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="weekly_reports")
    week = models.IntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WRITTEN)
    content = models.JSONField()
    written_at = models.DateTimeField(auto_now_add=True)
    claimed_at = models.DateTimeField(null=True)
    # When its reader first opened it in the app.
    read_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "weekly_reports"
        constraints = [models.UniqueConstraint(fields=["reader", "week"], name="one_report_per_reader_and_week")]
        indexes = [
            models.Index(
                fields=["written_at"],
                condition=models.Q(state="written", claimed_at=None),
                name="weekly_reports_to_mail",
            )
        ]

    @property
    def period(self) -> Period:
        return Period(self.week)

    def __str__(self) -> str:
        return f"{self.reader_id} {self.week}: {self.state}"


class ReportWish(models.Model):
    """How somebody wants their weekly report; without a row they get it, by mail, without a PDF."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="report_wish")
    by_mail = models.BooleanField(_("send it by mail"), default=True)
    with_pdf = models.BooleanField(_("attach it as PDF"), default=False)
    only_when_changed = models.BooleanField(_("no report when nothing changed"), default=False)

    class Meta:
        db_table = "report_wishes"

    def __str__(self) -> str:
        return f"{self.user_id}"
