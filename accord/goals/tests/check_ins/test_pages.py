"""The pages of check-ins: who reads whose, and that one line is one submit, without a script."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accord.foundation.clock import organisation_day
from accord.goals.models import CheckIn, CheckInFile, Kpi
from accord.goals.queries.check_ins_due import rhythm_of
from accord.goals.queries.own_data import own_check_ins
from accord.goals.services.check_ins import Words, check_in, correct, set_rhythm
from accord.goals.tests.check_ins.builders import kpi
from accord.goals.tests.check_ins.test_check_ins import PNG
from tests.cast import Cast
from tests.ladder import Ladder

NEW, MINE = "/goals/check-ins/new/", "/goals/check-ins/"


class TestPerson(Ladder):
    url_name = "goals:check-ins_person"
    may_open = ("xiaozhang", "manager_li", "hrbp_wang", "executive_chen")
    hidden_from = ("colleague", "stranger", "stranger_manager", "administrator", "auditor")

    def args(self, cast: Cast) -> list[Any]:
        return [cast.xiaozhang.pk]


class TestCorrect(Ladder):
    url_name = "goals:check-ins_correct"
    may_open = ("xiaozhang",)
    hidden_from = ("colleague", "stranger", "administrator", "auditor")
    refused_to = ("manager_li", "hrbp_wang", "executive_chen")
    wrong_verbs = ("delete", "put")

    def make(self, cast: Cast) -> CheckIn:
        return check_in(cast.xiaozhang, Words("原话", 7))

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.pk]


class TestFile(Ladder):
    url_name = "goals:check-ins_file"
    may_open = ("xiaozhang", "manager_li", "hrbp_wang", "executive_chen")
    hidden_from = ("colleague", "stranger", "administrator", "auditor")

    def make(self, cast: Cast) -> CheckInFile:
        made = check_in(cast.xiaozhang, Words("有图", 7), files=[SimpleUploadedFile("图.png", PNG)])
        return made.files.get()

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.pk]


class TestMine(Ladder):
    url_name = "goals:check-ins"
    may_open = ("xiaozhang", "manager_li", "administrator")
    hidden_from = ()


class TestPeople(Ladder):
    url_name = "goals:check-ins_people"
    may_open = ("xiaozhang", "manager_li", "executive_chen")
    hidden_from = ()


class TestNew(Ladder):
    url_name = "goals:check-ins_new"
    may_open = ("xiaozhang", "manager_li")
    hidden_from = ()
    wrong_verbs = ("delete", "put")


class TestRhythm(Ladder):
    url_name = "goals:check-ins_rhythm"
    method = "post"
    may_open = ("xiaozhang",)
    hidden_from = ()

    def payload(self, cast: Cast) -> dict[str, str]:
        return {"rhythm": "daily"}


@pytest.fixture
def zhang(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.xiaozhang.user)
    return client


@pytest.fixture
def heaviest(cast: Cast) -> Kpi:
    kpi(cast.xiaozhang, "0.2", name="访客数")
    return kpi(cast.xiaozhang, "0.8", name="转化率", unit="%")


def filled_in(client: Client) -> dict[str, Any]:
    """What the form sends if nothing but the line is written."""
    form = client.get(NEW).context["form"]
    answers: dict[str, Any] = {name: form[name].value() or "" for name in form.fields if name != "evidence"}
    return answers


@pytest.mark.usefixtures("heaviest")
def test_one_line_and_one_press_are_enough(zhang: Client, cast: Cast, heaviest: Kpi) -> None:
    assert zhang.post(NEW, filled_in(zhang) | {"moved": "首图换完，点击回来了"})["Location"] == MINE
    made = CheckIn.objects.get()
    assert (made.metric, made.confidence, made.on) == (heaviest.series.metric, 7, organisation_day())
    assert "首图换完" in zhang.get(MINE).text


@pytest.mark.usefixtures("heaviest")
def test_the_next_one_begins_where_the_last_one_was(zhang: Client, cast: Cast) -> None:
    other = cast.xiaozhang.series.get(metric__name="访客数").metric
    zhang.post(NEW, filled_in(zhang) | {"moved": "上了主会场", "about": f"metric-{other.pk}", "confidence": "4"})
    next_one = filled_in(zhang)
    assert (next_one["about"], next_one["confidence"], next_one["moved"]) == (f"metric-{other.pk}", 4, "")


@pytest.mark.usefixtures("heaviest")
def test_a_double_click_is_one_check_in(zhang: Client) -> None:
    answers = filled_in(zhang) | {"moved": "按了两下"}
    assert [zhang.post(NEW, answers).status_code for _press in range(2)] == [302, 302]
    assert CheckIn.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"moved": ""},
        {"moved": "长" * 301},
        {"confidence": "11"},
        {"confidence": ""},
        {"about": "metric-999999"},
        {"link": "http://example.com/"},
        {"link": "javascript:alert(1)"},
        {"value": "很多"},
        {"value": "1e30"},
        {"value": "NaN"},
    ],
)
def test_what_cannot_be_kept_is_said_beside_the_field(zhang: Client, wrong: dict[str, str]) -> None:
    answer = zhang.post(NEW, filled_in(zhang) | {"moved": "一句话"} | wrong)
    assert answer.status_code == 422
    assert "errorlist" in answer.text
    assert not CheckIn.objects.exists()


def test_somebody_elses_kpi_cannot_be_named(zhang: Client, cast: Cast) -> None:
    theirs = kpi(cast.colleague).series.metric
    answer = zhang.post(NEW, filled_in(zhang) | {"moved": "借用", "about": f"metric-{theirs.pk}"})
    assert answer.status_code == 422


def test_a_file_is_looked_into_and_given_back_as_a_file(zhang: Client) -> None:
    answers = filled_in(zhang) | {"moved": "有截图"}
    fake = SimpleUploadedFile("报表.pdf", b"MZ not a pdf")
    assert zhang.post(NEW, answers | {"evidence": fake}).status_code == 422
    assert zhang.post(NEW, answers | {"evidence": SimpleUploadedFile("图.png", PNG)}).status_code == 302
    kept = zhang.get(reverse("goals:check-ins_file", args=[CheckInFile.objects.get().pk]))
    assert kept["Content-Disposition"].startswith("attachment")
    assert kept["X-Content-Type-Options"] == "nosniff"


def test_a_correction_leaves_the_first_wording_to_be_read(zhang: Client, cast: Cast) -> None:
    first = check_in(cast.xiaozhang, Words("签了三单", 7))
    address = reverse("goals:check-ins_correct", args=[first.pk])
    form = zhang.get(address).context["form"]
    assert form["moved"].value() == "签了三单"
    assert zhang.post(address, {"moved": "签了两单", "confidence": "6"}).status_code == 302
    page = zhang.get(MINE).text
    assert page.index("签了两单") < page.index("签了三单")
    assert zhang.post(address, {"moved": "又改", "confidence": "6"}).status_code == 409


def test_the_line_above_reads_it_and_cannot_correct_it(cast: Cast) -> None:
    made = check_in(cast.xiaozhang, Words("给上级看的", 7, obstacle="缺素材"))
    li = Client()
    li.force_login(cast.manager_li.user)
    page = li.get(reverse("goals:check-ins_person", args=[cast.xiaozhang.pk])).text
    assert "给上级看的" in page
    assert "缺素材" in page
    assert reverse("goals:check-ins_correct", args=[made.pk]) not in page
    assert "给上级看的" in li.get(reverse("goals:check-ins_people")).text


def test_a_link_is_escaped_and_says_nothing_of_where_it_was_clicked(zhang: Client, cast: Cast) -> None:
    check_in(cast.xiaozhang, Words("<b>粗</b>", 7, link='https://example.com/?q="><script>'))
    page = zhang.get(MINE).text
    assert "<b>粗</b>" not in page
    assert "<script>" not in page.split("check-in-chain")[1].split("</ol>")[0]
    assert 'rel="noopener noreferrer nofollow"' in page


@pytest.mark.usefixtures("heaviest")
def test_today_says_quietly_that_it_is_due_and_stops(zhang: Client, cast: Cast) -> None:
    assert NEW in zhang.get("/").text
    check_in(cast.xiaozhang, Words("做完了", 7))
    assert NEW not in zhang.get("/").text


@pytest.mark.usefixtures("heaviest")
def test_who_wants_no_reminder_gets_none(zhang: Client, cast: Cast) -> None:
    zhang.post(reverse("goals:check-ins_rhythm"), {"rhythm": "none"})
    assert rhythm_of(cast.xiaozhang) == "none"
    assert NEW not in zhang.get("/").text
    zhang.post(reverse("goals:check-ins_rhythm"), {"rhythm": "hourly"})
    assert rhythm_of(cast.xiaozhang) == "none"


@pytest.mark.parametrize("until", ["", "x", "2026-02-30", "9999-12-31", "0001-01-01"])
def test_any_day_may_be_asked_for(zhang: Client, until: str) -> None:
    assert zhang.get(MINE, {"until": until}).status_code == 200


def test_a_chain_leads_further_back(zhang: Client, cast: Cast) -> None:
    check_in(cast.xiaozhang, Words("去年的", 7), on=organisation_day() - timedelta(days=120))
    assert "去年的" not in zhang.get(MINE).text
    before = (organisation_day() - timedelta(weeks=13, days=1)).isoformat()
    assert "去年的" in zhang.get(MINE, {"until": before}).text


def statements(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as counted:
        client.get(address)
    return len(counted)


def test_lists_of_any_length_take_the_same_statements(zhang: Client, cast: Cast) -> None:
    li = Client()
    li.force_login(cast.manager_li.user)
    counts = []
    for _round in range(2):
        for _number in range(10):
            correct(check_in(cast.xiaozhang, Words("一行", 7)), Words("两行", 6))
            check_in(cast.colleague, Words("一行", 7))
        counts.append((statements(zhang, MINE), statements(li, reverse("goals:check-ins_people"))))
    assert counts[0] == counts[1]


def test_one_takes_ones_own_words_along(cast: Cast) -> None:
    first = check_in(cast.xiaozhang, Words("签了三单", 7, obstacle="法务慢"), on=date(2026, 10, 12))
    correct(first, Words("签了两单", 6))
    check_in(cast.colleague, Words("别人的", 7))
    told = own_check_ins(cast.xiaozhang.user)
    assert [each["moved"] for each in told] == ["签了三单", "签了两单"]
    assert told[1]["corrects"] == "签了三单"


def test_a_rhythm_is_set_by_oneself_alone(cast: Cast) -> None:
    set_rhythm(cast.xiaozhang, "daily")
    assert rhythm_of(cast.colleague) == "weekly"
