"""The pages of weekly reports: for their reader alone, as they were sent, with what was corrected since."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accord.alerts.tests.builders import measure
from accord.foundation.models import Notification
from accord.foundation.queries.own_data import everything_about
from accord.insights.models import ReportWish, WeeklyReport
from accord.insights.tests.weekly_reports.builders import MONDAY, W47, judged, report_of, write_all
from accord.people.services.employment import set_manager
from tests.cast import Cast, client_of
from tests.ladder import Ladder

pytestmark = pytest.mark.django_db


class _OfLi(Ladder):
    may_open = ("manager_li",)
    # Neither those above nor administrators read what was written to somebody else.
    hidden_from = ("executive_chen", "hrbp_wang", "xiaozhang", "stranger", "administrator", "auditor")

    def make(self, cast: Cast) -> WeeklyReport:
        judged(cast.xiaozhang, 104, 60)
        return report_of(cast.manager_li)

    def args(self, cast: Cast) -> list[int]:
        return [self.thing.pk]


class TestReport(_OfLi):
    url_name = "insights:weekly_report"


class TestReportAsPdf(_OfLi):
    url_name = "insights:weekly_report_pdf"


class TestList(Ladder):
    url_name = "insights:weekly_reports"
    may_open = ("manager_li", "xiaozhang", "administrator")
    hidden_from = ()


class TestWish(Ladder):
    url_name = "insights:weekly_wish"
    may_open = ("manager_li", "xiaozhang")
    hidden_from = ()
    wrong_verbs = ("delete",)


def page(reader: object, report: WeeklyReport) -> str:
    return client_of(reader).get(reverse("insights:weekly_report", args=[report.pk])).content.decode()


def test_the_page_shows_numbers_with_origins_and_lights_in_words(cast: Cast) -> None:
    one = judged(cast.xiaozhang, 104, 60)
    html = page(cast.manager_li, report_of(cast.manager_li))
    assert "第 47 周：1 项转红" in html
    assert reverse("metrics:origin", args=[one.series_id, W47.key]) in html
    assert "上期：正常" in html
    assert "下次与小张一对一时，可以问" in html


def test_a_late_correction_stands_beside_what_was_sent(cast: Cast) -> None:
    one = judged(cast.xiaozhang, 104, 60)
    report = report_of(cast.manager_li)
    assert "数据后来有更正" not in page(cast.manager_li, report)
    measure(one, {W47: 97})
    html = page(cast.manager_li, report)
    assert "60.00 万元" in html
    assert "数据后来有更正：现为 97.00 万元。" in html
    measure(one, {W47: None})
    assert "该数值后来已撤回" in page(cast.manager_li, report)


def test_a_report_says_nothing_new_about_people_who_moved_on(cast: Cast) -> None:
    one = judged(cast.xiaozhang, 104, 60)
    report = report_of(cast.manager_li)
    set_manager(cast.xiaozhang, cast.stranger_manager)
    measure(one, {W47: 97})
    html = page(cast.manager_li, report)
    assert "60.00 万元" in html
    assert "97.00" not in html


def test_opening_it_is_reading_it(cast: Cast) -> None:
    judged(cast.xiaozhang, 104, 60)
    report = report_of(cast.manager_li)
    client = client_of(cast.manager_li)
    with patch.object(timezone, "now", return_value=MONDAY + timedelta(hours=1)):
        assert "第 47 周周报" in client.get("/").content.decode()
        client.get(reverse("insights:weekly_report", args=[report.pk]))
        assert "第 47 周周报" not in client.get("/").content.decode()
    assert not Notification.objects.filter(recipient=cast.manager_li.user, read_at=None).exists()


def test_the_list_is_ones_own_and_leaves_quiet_weeks_out(cast: Cast) -> None:
    judged(cast.xiaozhang, 104, 60)
    write_all()
    html = client_of(cast.manager_li).get(reverse("insights:weekly_reports")).content.decode()
    assert html.count("第 47 周：") == 1
    assert "还没有周报" in client_of(cast.stranger_manager).get(reverse("insights:weekly_reports")).content.decode()


def test_ten_more_reports_cost_no_more_statements(cast: Cast) -> None:
    report = report_of(cast.manager_li)
    WeeklyReport.objects.filter(pk=report.pk).update(state="written")
    client = client_of(cast.manager_li)

    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("insights:weekly_reports")).status_code == 200
        return len(captured)

    before = statements()
    more = [WeeklyReport(reader=cast.manager_li, week=W47.key - n, content=report.content) for n in range(1, 11)]
    WeeklyReport.objects.bulk_create(more)
    assert statements() == before


def test_a_wish_is_kept_and_shown_again(cast: Cast) -> None:
    client = client_of(cast.manager_li)
    address = reverse("insights:weekly_wish")
    assert client.post(address, {"with_pdf": "on", "only_when_changed": "on"}).status_code == 302
    wish = ReportWish.objects.get(user=cast.manager_li.user)
    assert (wish.by_mail, wish.with_pdf, wish.only_when_changed) == (False, True, True)
    assert client.get(address).content.decode().count("checked") == 2


def test_own_data_say_that_there_were_reports_and_not_what_others_did(cast: Cast) -> None:
    judged(cast.xiaozhang, 104, 60)
    report_of(cast.manager_li)
    told = everything_about(cast.manager_li.user)["weekly_reports"]
    assert told["reports"][0]["week"] == "2026-W47"
    assert "小张" not in str(told)


def test_the_pdf_comes_with_a_name(cast: Cast) -> None:
    judged(cast.xiaozhang, 104, 60)
    report = report_of(cast.manager_li)
    response = client_of(cast.manager_li).get(reverse("insights:weekly_report_pdf", args=[report.pk]))
    assert response.content.startswith(b"%PDF-")
    assert "weekly-report-2026-W47.pdf" in response["Content-Disposition"]
