"""From a model to agreements, and from a workshop into the model."""

from __future__ import annotations

from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accord.goals.models import AgreementLine, AssessmentModel, AssessmentModelVersion, CoreOutput, RecommendedKpi
from accord.goals.services.assessment_models.adopting import adopt
from accord.goals.services.assessment_models.assigning import assign
from accord.goals.services.assessment_models.lines import lines_of
from accord.goals.tests.agree.builders import quarter
from accord.goals.tests.model.builders import body, draft, item, metric, model, published, two_items
from accord.people.models import Employee, Position
from tests.cast import Cast, employee


def weights(version: AssessmentModelVersion) -> dict[str, str]:
    names = {each.pk: each.name for each in (metric("签约额"), metric("回款率"), metric("拜访数"))}
    return {names[each["metric"]]: each["weight"] for each in version.body["dimensions"][0]["items"]}


def test_lines_say_what_the_model_says(cast: Cast) -> None:
    said = body(
        item(
            metric("签约额"),
            weight_min="0.8",
            method="threshold_target_stretch",
            params={"stretch_score": "130"},
            threshold="20",
            stretch="30",
            why="带来收入",
            author="A011",
            key_result=99,
        )
    )
    line = lines_of(published(cast.hrbp_wang, said))[0]
    assert (line.metric_id, line.weight, line.weight_min) == (metric("签约额").pk, Decimal(1), Decimal("0.8"))
    assert (line.dimension, line.method, line.params) == (
        "业绩结果",
        "threshold_target_stretch",
        {"stretch_score": "130"},
    )
    assert (line.threshold, line.stretch, line.why) == (Decimal(20), Decimal(30), "带来收入")
    assert line.credited_id == cast.xiaozhang.pk
    # A key result that is gone takes nothing else with it.
    assert line.key_result_id is None


def test_people_get_drafts_and_nobody_is_signed_for(cast: Cast) -> None:
    version = published(cast.hrbp_wang)
    done = assign(version, quarter(), [cast.xiaozhang, cast.colleague], cast.hrbp_wang)
    assert len(done.created) == 2
    lines = AgreementLine.objects.filter(terms__agreement__employee=cast.xiaozhang).order_by("-weight")
    assert [(each.metric.name, each.weight) for each in lines] == [
        ("签约额", Decimal("0.6")),
        ("回款率", Decimal("0.4")),
    ]
    assert {each.terms.state for each in lines} == {"draft"}
    again = assign(version, quarter(), [cast.xiaozhang], cast.hrbp_wang)
    assert (again.created, len(again.skipped)) == ([], 0)


def test_many_people_cost_no_more_statements(cast: Cast) -> None:
    version = published(cast.hrbp_wang)
    quarter()
    crowd = [employee(f"B{at:03}", f"员工{at}", cast.east, cast.manager_li) for at in range(20)]

    def statements(people: list[Employee]) -> int:
        with CaptureQueriesContext(connection) as asked:
            assign(version, quarter(), people, cast.hrbp_wang)
        return len(asked)

    assert statements(crowd[:5]) == statements(crowd[5:])


def test_an_adopted_metric_is_credited_and_the_others_make_room_exactly(cast: Cast) -> None:
    published(cast.hrbp_wang)
    version = adopt(Position.objects.get(name="销售代表"), metric("拜访数"), cast.xiaozhang, cast.manager_li)
    assert (version.state, version.number) == ("draft", 2)
    assert weights(version) == {"签约额": "0.54", "回款率": "0.36", "拜访数": "0.1"}
    adopted = version.body["dimensions"][0]["items"][2]
    assert (adopted["author"], adopted["target"]) == ("A011", None)
    stored = AssessmentModelVersion.objects.get(pk=version.pk)
    assert stored.body == version.body
    assert stored.saved_by == cast.manager_li


def test_adopting_what_is_there_only_credits_whoever_was_first(cast: Cast) -> None:
    model(cast.hrbp_wang)
    position = Position.objects.get(name="销售代表")
    once = adopt(position, metric("签约额"), cast.xiaozhang, cast.manager_li)
    twice = adopt(position, metric("签约额"), cast.colleague, cast.manager_li)
    assert once.pk == twice.pk
    assert weights(twice) == {"签约额": "0.6", "回款率": "0.4"}
    assert twice.body["dimensions"][0]["items"][0]["author"] == "A011"


def test_ranges_give_way_to_what_was_adopted(cast: Cast) -> None:
    tight = two_items()
    tight["dimensions"][0]["items"][0]["weight_min"] = "0.6"
    tight["dimensions"][0]["items"][1]["weight_min"] = "0.4"
    model(cast.hrbp_wang, tight)
    version = adopt(Position.objects.get(name="销售代表"), metric("拜访数"), None, cast.manager_li, Decimal("0.25"))
    assert weights(version) == {"签约额": "0.45", "回款率": "0.3", "拜访数": "0.25"}
    assert version.body["dimensions"][0]["items"][0]["weight_min"] == "0.45"


def test_a_position_without_a_model_gets_one_and_the_map_gives_the_levels(cast: Cast) -> None:
    position = Position.objects.get(name="技术支持")
    output = CoreOutput.objects.create(position=position, name="响应客户")
    RecommendedKpi.objects.create(core_output=output, metric=metric("解决率"), reason="客户最在意", target=Decimal(82))
    version = adopt(position, metric("解决率"), cast.stranger, cast.stranger_manager)
    first = version.body["dimensions"][0]["items"][0]
    assert (first["weight"], first["target"], first["why"]) == ("1", "82", "客户最在意")
    assert list(AssessmentModel.objects.get(pk=version.assessment_model_id).positions.all()) == [position]
    assert draft(version.assessment_model).pk == version.pk
