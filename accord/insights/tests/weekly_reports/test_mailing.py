"""The report by mail, against a real SMTP server."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email.message import EmailMessage
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client

from accord.foundation.models import Event, Notification
from accord.foundation.services.posting import MailPostponed
from accord.foundation.tests.post_office import PostOffice, open_post_office
from accord.insights.models import WeeklyReport
from accord.insights.services.weekly_reports import change_wish, mail_reports
from accord.insights.tests.weekly_reports.builders import MONDAY, W46, W47, judged, write_all
from tests.cast import Cast

pytestmark = pytest.mark.django_db
LI, CHEN = "a010@example.com", "a001@example.com"


@pytest.fixture
def office(settings: Any) -> Iterator[PostOffice]:
    with open_post_office() as (office, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5
        settings.BASE_URL = "https://accord.example.com/"
        yield office


@pytest.fixture
def written(cast: Cast, office: PostOffice) -> WeeklyReport:
    """The reports of 李经理 and 陈总, who has people too; 赵经理 has nothing to read."""
    judged(cast.xiaozhang, 104, 60)
    write_all()
    return WeeklyReport.objects.get(reader=cast.manager_li)


def parts(letter: EmailMessage) -> tuple[str, str]:
    text, html = (letter.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert html is not None
    return text.get_content(), html.get_content()


def test_text_and_html_say_the_same_and_lead_to_every_origin(written: WeeklyReport, office: PostOffice) -> None:
    assert mail_reports(MONDAY) == 2
    [letter] = office.to(LI)
    assert letter["Subject"] == "第 47 周：1 项转红"
    assert letter.get_content_type() == "multipart/alternative"
    series = written.content["turns"][0]["series"]
    for part in parts(letter):
        assert "小张 · 签约额" in part
        assert "60.00 万元（目标 100.00 万元）" in part
        assert "偏离" in part
        for period in (W47, W46):
            assert f"https://accord.example.com/metrics/values/{series}/{period.key}/" in part
        assert f"https://accord.example.com/weekly-reports/{written.pk}/" in part
    html = parts(letter)[1]
    assert "<img" not in html
    assert "<script" not in html
    assert set(re.findall(r'(?:href|src)="(?!https://accord\.example\.com/)([^"]*)', html)) == set()


def test_stopping_the_mail_from_the_mail_itself(written: WeeklyReport, office: PostOffice, cast: Cast) -> None:
    mail_reports(MONDAY)
    [letter] = office.to(LI)
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = letter["List-Unsubscribe"].strip().strip("<>")
    assert address.startswith("https://accord.example.com/weekly-reports/stop/")
    path = address.removeprefix("https://accord.example.com")
    visitor = Client(enforce_csrf_checks=True)
    assert "不再把周报发到邮箱" in visitor.get(path).content.decode()
    for _ in range(2):
        assert visitor.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Event.objects.filter(name="report_wish.changed").count() == 1
    assert visitor.post(path[:-3] + "xx/").status_code == 404
    write_all(MONDAY + timedelta(days=7))
    assert mail_reports(MONDAY + timedelta(days=7)) <= 1
    assert len(office.to(LI)) == 1
    assert WeeklyReport.objects.filter(reader=cast.manager_li).count() == 2


def test_a_pdf_for_those_who_want_one(written: WeeklyReport, office: PostOffice, cast: Cast) -> None:
    change_wish(cast.manager_li.user, by_mail=True, with_pdf=True, only_when_changed=False)
    mail_reports(MONDAY)
    [letter], [other] = office.to(LI), office.to(CHEN)
    [paper] = letter.iter_attachments()
    assert (paper.get_filename(), paper.get_content_type()) == ("weekly-report-2026-W47.pdf", "application/pdf")
    assert paper.get_content().startswith(b"%PDF-")
    assert list(other.iter_attachments()) == []


def test_an_english_reader_gets_english(written: WeeklyReport, office: PostOffice, cast: Cast) -> None:
    cast.manager_li.user.language = "en"
    cast.manager_li.user.save()
    mail_reports(MONDAY)
    [letter] = office.to(LI)
    assert letter["Subject"] == "Week 47: 1 turned red"
    assert "Off track" in parts(letter)[0]


def test_names_are_text_wherever_they_stand(office: PostOffice, cast: Cast) -> None:
    name = "<script>alert(1)</script>\n" + "很长的名字" * 12
    cast.xiaozhang.name = name[:100]
    cast.xiaozhang.save()
    change_wish(cast.manager_li.user, by_mail=True, with_pdf=True, only_when_changed=False)
    judged(cast.xiaozhang, 104, 60, name='指标"><b>粗</b>' + "长" * 60)
    write_all()
    assert mail_reports(MONDAY) == 2
    [letter] = office.to(LI)
    html = parts(letter)[1]
    assert "<script>" not in html
    assert "<b>粗" not in html
    assert "&lt;script&gt;" in html


def test_sent_once_however_often_it_runs(written: WeeklyReport, office: PostOffice) -> None:
    assert [mail_reports(MONDAY + timedelta(hours=hours)) for hours in range(4)] == [2, 0, 0, 0]
    written.refresh_from_db()
    assert written.state == WeeklyReport.State.SENT
    assert Event.objects.filter(name="weekly_report.sent").count() == 2


@pytest.mark.django_db(transaction=True)
def test_sent_once_by_many_at_the_same_time(written: WeeklyReport, office: PostOffice) -> None:
    def run(_number: int) -> None:
        try:
            mail_reports(MONDAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(run, range(4)))
    assert sorted(letter["To"] for letter in office.letters) == [CHEN, LI]


class Killed(BaseException):
    """What kill -9 looks like from inside."""


@pytest.mark.parametrize(
    ("where", "mails"), [("claim", 2), ("compose", 1), ("settle", 2)], ids=["before", "between", "after"]
)
def test_a_crash_at_any_step_never_mails_twice(
    where: str, mails: int, written: WeeklyReport, office: PostOffice
) -> None:
    def kill(*_args: Any, **_values: Any) -> None:
        raise Killed

    with patch(f"accord.insights.services.weekly_reports.mailing._Letter.{where}", kill), pytest.raises(Killed):
        mail_reports(MONDAY)
    for _ in range(2):
        mail_reports(MONDAY)
    assert len(office.letters) == mails
    assert len({letter["To"] for letter in office.letters}) == mails
    # What the crash swallowed is still there to be read.
    assert WeeklyReport.objects.filter(state__in=["written", "sent"], content__v=1).count() == 2


def test_a_server_that_says_later_is_asked_later(written: WeeklyReport, office: PostOffice) -> None:
    office.answers[LI] = "451 4.3.0 try again later"
    with pytest.raises(MailPostponed):
        mail_reports(MONDAY)
    assert (len(office.to(LI)), len(office.to(CHEN))) == (0, 1)
    office.answers.clear()
    assert mail_reports(MONDAY) == 1
    assert mail_reports(MONDAY) == 0


def test_a_mailbox_that_does_not_exist_is_told_in_the_app(
    written: WeeklyReport, office: PostOffice, cast: Cast
) -> None:
    office.answers[LI] = "550 5.1.1 no such mailbox"
    assert mail_reports(MONDAY) == 1
    office.answers.clear()
    assert mail_reports(MONDAY) == 0
    written.refresh_from_db()
    assert written.state == WeeklyReport.State.UNSENT
    told = Notification.objects.get(recipient=cast.manager_li.user, kind="insights.weekly_report_unsent")
    assert told.url == f"/weekly-reports/{written.pk}/"


def test_a_server_that_breaks_off_after_it_took_the_mail_gets_no_second(
    written: WeeklyReport, office: PostOffice
) -> None:
    office.hangs_up = True
    assert mail_reports(MONDAY) == 0
    office.hangs_up = False
    assert mail_reports(MONDAY) == 0
    assert len(office.letters) == 2


def test_what_was_written_long_ago_is_not_mailed(written: WeeklyReport, office: PostOffice) -> None:
    assert mail_reports(MONDAY + timedelta(days=2, minutes=1)) == 0


def test_without_a_mail_server_the_report_stays_in_the_app(cast: Cast, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    judged(cast.xiaozhang, 104, 60)
    write_all()
    assert mail_reports(MONDAY) == 0
    assert set(WeeklyReport.objects.values_list("claimed_at", flat=True)) == {None}
