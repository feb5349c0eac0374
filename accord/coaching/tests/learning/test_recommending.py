"""`picks_of`: the best three for somebody, with a reason, and never what they know."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import override

from accord.coaching.models import Competency, CompetencyExpectation, LearningRecommendation, LearningRecord
from accord.coaching.queries.competencies import expected_of, stands_of
from accord.coaching.queries.recommending import Pick, known_to, picks_of
from accord.coaching.tests.learning.builders import assessed, competency, readers, resource
from accord.people.models import Employee, PositionFamily
from tests.cast import Cast


def resources_for(skill: Competency, person: Employee) -> list[Pick]:
    return picks_of([skill], person, known_to(person), 3)[skill.pk]


def test_the_next_level_comes_first_and_the_reason_says_so(cast: Cast) -> None:
    skill = competency(expected=3)
    resource(skill, "第四级", level=4)
    nearest = resource(skill, "第二级", level=2)
    resource(skill, "哪级都行", level=None)
    assessed(cast.xiaozhang, skill, 1)
    picks = resources_for(skill, cast.xiaozhang)
    assert [pick.resource.title for pick in picks] == ["第二级", "哪级都行", "第四级"]
    assert picks[0].resource == nearest
    with override("zh-hans"):
        assert picks[0].sentence == "目前在 1 级，岗位期望 3 级，这正是下一步。"


def test_what_is_known_begun_declined_or_retired_never_comes(cast: Cast) -> None:
    skill = competency()
    begun, declined, retired, left = (resource(skill, title) for title in ("在读", "不需要", "已停用", "新的"))
    LearningRecord.objects.create(employee=cast.xiaozhang, resource=begun, opened_at=timezone.now())
    LearningRecommendation.objects.create(
        employee=cast.xiaozhang, resource=declined, competency=skill, source="plans:1", state="declined"
    )
    retired.is_retired = True
    retired.save()
    assert [pick.resource for pick in resources_for(skill, cast.xiaozhang)] == [left]
    assert len(resources_for(skill, cast.colleague)) == 3


def test_what_helped_many_comes_before_what_helped_two(cast: Cast) -> None:
    skill = competency()
    few, many = resource(skill, "两人说好"), resource(skill, "多人说好")
    readers(few, [2, 2])
    readers(many, [2] * 18 + [0, 0])
    picks = resources_for(skill, cast.xiaozhang)
    assert [pick.resource for pick in picks] == [many, few]
    assert picks[0].reason["readers"] == 20
    assert "readers" not in picks[1].reason


def test_the_family_and_the_reports_decide_what_is_expected(cast: Cast) -> None:
    skill = competency(expected=2)
    family = PositionFamily.objects.create(code="sales", name="销售")
    cast.xiaozhang.position.family = family
    cast.xiaozhang.position.save()
    CompetencyExpectation.objects.create(competency=skill, family=family, level=3)
    CompetencyExpectation.objects.create(competency=skill, is_of_managers=True, level=4)
    assert expected_of(cast.stranger) == {skill.pk: 2}
    assert expected_of(cast.xiaozhang) == {skill.pk: 3}
    assert expected_of(cast.manager_li) == {skill.pk: 4}


def test_the_managers_view_counts_before_ones_own_and_the_newest_before_older(cast: Cast) -> None:
    skill, other = competency(expected=3), competency("数据表达", expected=2)
    assessed(cast.xiaozhang, skill, 3)
    assessed(cast.xiaozhang, skill, 1, by=cast.manager_li)
    assessed(cast.xiaozhang, skill, 2, by=cast.manager_li)
    first, second = stands_of(cast.xiaozhang)
    assert (first.competency, first.now, first.gap, first.differs) == (skill, 2, 1, True)
    assert (second.competency, second.now, second.gap) == (other, None, 0)
    assert [each.level for each in first.past] == [2, 1, 3]
