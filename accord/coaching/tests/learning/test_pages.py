"""Who may open what of competencies and learning, and what the pages say and do."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from accord.coaching.models import (
    Competency,
    CompetencyAssessment,
    LearningRecommendation,
    LearningRecord,
    LearningResource,
)
from accord.coaching.queries.learning import own_data
from accord.coaching.tests.learning.builders import assessed, competency, readers, resource
from tests.cast import Cast, client_of, employee
from tests.ladder import Ladder

EVERYBODY = (
    "xiaozhang", "manager_li", "hrbp_wang", "executive_chen", "colleague", "stranger", "administrator", "auditor",
)  # fmt: skip
OTHERS = ("colleague", "stranger", "stranger_manager", "administrator", "auditor")


class OfPerson(Ladder):
    """小张's competencies: theirs, their line's, their HR partner's and the executives'."""

    hidden_from = OTHERS

    def make(self, cast: Cast) -> Competency:
        return competency()

    def args(self, cast: Cast) -> list[Any]:
        return [cast.xiaozhang.pk]


class TestPersonCompetencies(OfPerson):
    url_name = "coaching:person_competencies"
    may_open = ("xiaozhang", "manager_li", "hrbp_wang", "executive_chen")


class TestAssess(OfPerson):
    url_name = "coaching:assess"
    may_open = ("xiaozhang", "manager_li")
    refused_to = ("hrbp_wang", "executive_chen")
    wrong_verbs = ("delete", "put")


class OfCompetency(Ladder):
    hidden_from = ()

    def make(self, cast: Cast) -> Competency:
        return competency()

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.pk]


class TestCompetency(OfCompetency):
    url_name = "coaching:competency"
    may_open = EVERYBODY


class TestCompetencyChange(OfCompetency):
    url_name = "coaching:competency_change"
    may_open = ("hrbp_wang", "administrator")
    refused_to = ("xiaozhang", "manager_li", "executive_chen", "stranger", "auditor")
    wrong_verbs = ("delete", "put")


class TestCompetencyRetire(OfCompetency):
    url_name = "coaching:competency_retire"
    method = "post"
    may_open = ("hrbp_wang",)
    refused_to = ("xiaozhang", "manager_li", "executive_chen", "stranger", "auditor")

    def payload(self, cast: Cast) -> dict[str, str]:
        return {"edition": "0"}


class OfResource(Ladder):
    hidden_from = ()

    def make(self, cast: Cast) -> LearningResource:
        return resource(competency())

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.pk]


class TestResource(OfResource):
    url_name = "coaching:resource"
    may_open = EVERYBODY


class TestBegin(OfResource):
    url_name = "coaching:resource_begin"
    method = "post"
    may_open = EVERYBODY


class TestFinish(OfResource):
    url_name = "coaching:resource_finish"
    method = "post"
    may_open = EVERYBODY

    def payload(self, cast: Cast) -> dict[str, str]:
        return {"helped": "2", "stars": "4"}


class TestGo(OfResource):
    url_name = "coaching:resource_go"
    may_open = EVERYBODY

    def make(self, cast: Cast) -> LearningResource:
        return resource(competency(), kind="link", address="https://wiki.example.com/a")


class TestResourceChange(OfResource):
    url_name = "coaching:resource_change"
    may_open = ("hrbp_wang", "administrator")
    refused_to = ("xiaozhang", "manager_li", "executive_chen", "stranger", "auditor")
    wrong_verbs = ("delete", "put")


class TestResourceRetire(OfResource):
    url_name = "coaching:resource_retire"
    method = "post"
    may_open = ("hrbp_wang",)
    refused_to = ("xiaozhang", "manager_li", "executive_chen", "stranger", "auditor")

    def payload(self, cast: Cast) -> dict[str, str]:
        return {"edition": "0"}


class TestDecline(Ladder):
    """What was chosen for 小张 is theirs alone: not their manager's, not HR's."""

    url_name = "coaching:recommendation_decline"
    method = "post"
    may_open = ("xiaozhang",)
    hidden_from = ("manager_li", "hrbp_wang", "executive_chen", *OTHERS)

    def make(self, cast: Cast) -> LearningRecommendation:
        skill = competency()
        return LearningRecommendation.objects.create(
            employee=cast.xiaozhang, resource=resource(skill), competency=skill, source="plans:1"
        )

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.pk]


@pytest.mark.parametrize("name", ["learning", "library", "competencies", "framework"])
def test_everybody_has_their_pages(cast: Cast, name: str) -> None:
    resource(competency())
    for who in EVERYBODY:
        assert client_of(getattr(cast, who)).get(reverse(f"coaching:{name}")).status_code == 200, who


@pytest.mark.parametrize("name", ["competency_add", "resource_add"])
def test_hr_and_administrators_alone_add(cast: Cast, name: str) -> None:
    address = reverse(f"coaching:{name}")
    for who in EVERYBODY:
        expected = 200 if who in ("hrbp_wang", "administrator") else 403
        assert client_of(getattr(cast, who)).get(address).status_code == expected, who


def test_an_assessment_is_kept_and_something_to_learn_from_is_chosen(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    skill = competency(expected=3)
    guide = resource(skill)
    client = client_of(cast.xiaozhang)
    form = client.get(reverse("coaching:assess", args=[cast.xiaozhang.pk])).content.decode()
    assert "时间管理第 4 级" in form
    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            reverse("coaching:assess", args=[cast.xiaozhang.pk]),
            {f"level-{skill.pk}": "1", f"example-{skill.pk}": "<script>上周三</script>"},
        )
    assert "&lt;script&gt;上周三" in client.get(reverse("coaching:competencies")).content.decode()
    page = client.get(reverse("coaching:learning")).content.decode()
    assert guide.title in page
    assert "目前在 1 级，岗位期望 3 级，这正是下一步。" in page


def test_the_manager_says_how_they_see_it_and_the_person_reads_it(cast: Cast) -> None:
    skill = competency(expected=2)
    address = reverse("coaching:assess", args=[cast.xiaozhang.pk])
    client_of(cast.manager_li).post(address, {f"level-{skill.pk}": "2"})
    made = CompetencyAssessment.objects.get()
    assert (made.side, made.level, made.made_by) == ("manager", 2, cast.manager_li)
    assert "经理 2" in client_of(cast.xiaozhang).get(reverse("coaching:competencies")).content.decode()


def test_an_empty_form_and_an_invented_level_get_a_sentence(cast: Cast) -> None:
    skill = competency()
    client, address = client_of(cast.xiaozhang), reverse("coaching:assess", args=[cast.xiaozhang.pk])
    empty = client.post(address, {})
    assert (empty.status_code, "还没有选择任何级别" in empty.content.decode()) == (422, True)
    invented = client.post(address, {f"level-{skill.pk}": "9", f"example-{skill.pk}": "留着"})
    assert (invented.status_code, "留着" in invented.content.decode()) == (422, True)
    assert not CompetencyAssessment.objects.exists()


def test_a_guide_is_begun_read_and_finished(cast: Cast) -> None:
    guide = resource(competency(), text="第一步\n\n1. 先写\n2. 再排\n\n- 甲\n<b>乙</b>")
    client, page = client_of(cast.xiaozhang), reverse("coaching:resource", args=[guide.pk])
    assert "先写" not in client.get(page).content.decode()
    read = client.post(reverse("coaching:resource_begin", args=[guide.pk]), follow=True).content.decode()
    assert "<h2>第一步</h2><ol><li>先写</li><li>再排</li></ol><ul><li>甲</li></ul><p>&lt;b&gt;乙&lt;/b&gt;</p>" in read
    client.post(reverse("coaching:resource_finish", args=[guide.pk]), {"helped": "2", "stars": "5"})
    record = LearningRecord.objects.get()
    assert (record.helped, record.stars, record.finished_at is not None) == (2, 5, True)
    assert "1 人" not in client_of(cast.manager_li).get(page).content.decode()


def test_what_few_thought_is_not_shown(cast: Cast) -> None:
    few, many = resource(competency(), "四人"), resource(competency("数据表达"), "五人")
    readers(few, [2] * 4)
    readers(many, [2] * 4 + [0, None])
    page = client_of(cast.xiaozhang).get(reverse("coaching:library")).content.decode()
    assert "5 人中 4 人觉得有帮助" in page
    assert "4 人中" not in page


def test_a_stale_edition_keeps_the_words(cast: Cast) -> None:
    book = resource(competency(), "旧书名", kind="book", text="")
    address = reverse("coaching:resource_change", args=[book.pk])
    words = {
        "title": "新书名", "kind": "book", "competency": book.competency_id, "level": "2", "minutes": "60",
        "language": "zh", "edition": "0",
    }  # fmt: skip
    first, second = client_of(cast.hrbp_wang), client_of(cast.administrator)
    assert first.post(address, words).status_code == 302
    late = second.post(address, words | {"title": "另一个书名"})
    assert late.status_code == 409
    assert "另一个书名" in late.content.decode()
    assert LearningResource.objects.get().title == "新书名"


def test_a_resource_needs_what_its_kind_needs(cast: Cast) -> None:
    skill = competency()
    client, address = client_of(cast.hrbp_wang), reverse("coaching:resource_add")
    words = {"title": "甲", "competency": skill.pk, "level": "5", "minutes": "0", "language": "zh"}
    page = client.post(address, words | {"kind": "link", "address": "javascript:alert(1)"})
    assert page.status_code == 422
    link = client.post(address, words | {"kind": "link"}).content.decode()
    assert all(sentence in link for sentence in ("链接需要填写地址", "只有 4 级", "1 到 60,000"))
    assert "指南需要填写正文" in client.post(address, words | {"kind": "guide"}).content.decode()
    assert not LearningResource.objects.exists()


def test_the_framework_is_written_with_levels_and_expectations(cast: Cast) -> None:
    client, address = client_of(cast.hrbp_wang), reverse("coaching:competency_add")
    words = {"name": "倾听", "summary": "听完再说", "level1": "不打断", "level2": "能复述", "expected-all": "2"}
    assert "中间不要留空" in client.post(address, words | {"level4": "跳级"}).content.decode()
    assert "只有 2 级" in client.post(address, words | {"expected-managers": "3"}).content.decode()
    assert client.post(address, words).status_code == 302
    made = Competency.objects.get()
    assert [each.behaviour for each in made.levels.all()] == ["不打断", "能复述"]
    assert [(each.level, each.family) for each in made.expectations.all()] == [(2, None)]
    change = reverse("coaching:competency_change", args=[made.pk])
    assert client.post(change, words | {"summary": "新", "edition": "0"}).status_code == 302
    assert client.post(change, words | {"summary": "更新", "edition": "0"}).status_code == 409


def test_the_library_asks_as_much_for_ten_as_for_twenty(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    skill = competency()
    client, address = client_of(cast.xiaozhang), reverse("coaching:library")
    counts = []
    for start in (0, 10):
        for number in range(start, start + 10):
            readers(resource(skill, f"第 {number} 本"), [2, 1])
        client.get(address)
        with django_assert_num_queries(counts[0] if counts else 14, exact=False) as asked:
            client.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_my_peoples_list_asks_as_much_for_two_as_for_five(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    skill = competency()
    client, address = client_of(cast.manager_li), reverse("coaching:competencies")
    client.get(address)
    with django_assert_num_queries(40, exact=False) as asked:
        client.get(address)
    for number in range(3):
        assessed(employee(f"N{number}", "新人", cast.east, cast.manager_li), skill, 2)
    with django_assert_num_queries(len(asked)):
        assert "新人" in client.get(address).content.decode()


def test_own_data_holds_what_is_mine_and_nobody_elses(cast: Cast) -> None:
    skill = competency()
    guide = resource(skill)
    assessed(cast.xiaozhang, skill, 2)
    assessed(cast.colleague, skill, 4)
    LearningRecord.objects.create(employee=cast.xiaozhang, resource=guide, opened_at=timezone.now())
    LearningRecord.objects.create(employee=cast.colleague, resource=guide, opened_at=timezone.now())
    told = own_data(cast.xiaozhang.user)
    assert [each["level"] for each in told["competencies"]] == [2]
    assert len(told["learnt_from"]) == 1
