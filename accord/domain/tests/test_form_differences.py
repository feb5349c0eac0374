"""How two versions of a form differ, in words."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.domain.form_schema import differences, read_form
from accord.domain.form_schema.difference_words import WORDINGS
from accord.domain.tests.form_cases import NAMES, body, field, form

Definition = dict[str, Any]


def changed(change: Callable[[Definition], object], name: str = "self_assessment") -> list[tuple[str, str, str]]:
    """What is said when `change` was made to a complete form."""
    after = copy.deepcopy(body(name))
    change(after)
    found = differences(form(name), read_form(after))
    return [(each.place, each.explain("zh-hans"), each.explain("en")) for each in found]


def put(*path: str | int, **settings: Any) -> Callable[[Definition], object]:
    """A change that sets something at a path into the definition."""

    def change(definition: Any) -> None:
        for step in path:
            definition = definition[step]
        definition.update(settings)

    return change


ONE: list[tuple[Callable[[Definition], object], str, str]] = [
    (
        put(title={"zh": "季度自评"}),
        "表单标题由“月度自评”改为“季度自评”。",
        "The title changes from “Monthly self-assessment” to “季度自评”.",
    ),
    (put(intro="写{事实}"), "新增表单说明“写{事实}”。", "An introduction is added: “写{事实}”."),
    (put("steps", 1, label="主管"), "步骤“直属上级”改名为“主管”。", "The step “Line manager” is now called “主管”."),
    (lambda it: it["steps"].append({"key": "end", "label": "归档"}), "新增步骤“归档”。", "The step “归档” is added."),
    (
        lambda it: it["steps"].insert(1, it["steps"].pop()),
        "步骤顺序改为：本人、HRBP、直属上级。",
        "The order of the steps is now: Employee, HRBP, Line manager.",
    ),
    (
        lambda it: it["fields"].append(field("text")),
        "新增字段“测试”（单行文本）。",
        "The field “Test” is added (text).",
    ),
    (
        lambda it: it["fields"].append(field("date", required=True)),
        "新增必填字段“测试”（日期）。",
        "The required field “Test” is added (date).",
    ),
    (
        lambda it: it["fields"].pop(1),
        "删除字段“权重合计”（计算字段）。",
        "The field “Weights together” is removed (calculated field).",
    ),
    (lambda it: it["fields"].insert(0, it["fields"].pop()), "“HR 备注”移到最前。", "“Note of HR” moves to the top."),
    (
        lambda it: it["fields"].append(it["fields"].pop(2)),
        "“整体评价”移到“HR 备注”之后。",
        "“Overall” moves behind “Note of HR”.",
    ),
    (
        put("fields", 3, label={"zh": "理由", "en": "Why"}),
        "字段“依据”改名为“理由”。",
        "The field “Why” is now called “Why”.",
    ),
    (
        put("fields", 6, kind="long_text"),
        "“评分说明”由单行文本改为多行文本。",
        "“Note” changes from text to long text.",
    ),
    (put("fields", 3, required=False), "“依据”改为非必填。", "“Why” is no longer required."),
    (
        put("fields", 4, core=True),
        "“学习时长”改为核心字段，始终显示。",
        "“Hours of learning” becomes a core field and is always shown.",
    ),
    (
        put("fields", 1, core=False),
        "“权重合计”改为选填，默认收起。",
        "“Weights together” becomes optional and starts hidden.",
    ),
    (
        put("fields", 3, help=None),
        "“依据”取消填写说明“写一件具体的事。”。",
        "“Why”: the help text “Name one thing that happened.” is dropped.",
    ),
    (
        put("fields", 4, help="周报里有"),
        "“学习时长”的填写说明设为“周报里有”。",
        "“Hours of learning”: the help text is set to “周报里有”.",
    ),
    (
        put("fields", 3, max_length=500),
        "“依据”的最多字数由“300”改为“500”。",
        "“Why”: the longest answer changes from “300” to “500”.",
    ),
    (
        put("fields", 4, max="1.5"),
        "“学习时长”的最大值由“300”改为“1.5”。",
        "“Hours of learning”: the maximum changes from “300” to “1.5”.",
    ),
    (
        put("fields", 4, default="2"),
        "“学习时长”的默认值设为“2 小时”。",
        "“Hours of learning”: the default is set to “2 hours”.",
    ),
    (
        put("fields", 3, visible_if="overall<3"),
        "“依据”的显示条件由“overall <= 2 or overall = 5”改为“overall < 3”。",
        "“Why”: the condition changes from “overall <= 2 or overall = 5” to “overall < 3”.",
    ),
    (
        put("fields", 3, visible_if=None),
        "“依据”取消显示条件“overall <= 2 or overall = 5”。",
        "“Why”: the condition “overall <= 2 or overall = 5” is dropped.",
    ),
    (
        put("fields", 5, rights={"lead": "edit"}),
        "“上级评分”在步骤“本人”由隐藏改为可填。",
        "“Score by the manager” in the step “Employee” changes from hidden to editable.",
    ),
    (
        put("fields", 2, "anchors", 0, label="差"),
        "“整体评价”的评分档“明显低于预期”改名为“差”。",
        "“Overall”: “Well below expectations” of the anchors is now called “差”.",
    ),
    (
        lambda it: it["fields"][2]["anchors"].pop(),
        "“整体评价”的评分档删除“远超预期”。",
        "“Overall”: “Well above expectations” is removed from the anchors.",
    ),
    (
        lambda it: it["fields"][0]["columns"].append(field("date")),
        "“本月重点工作”的列新增“测试”。",
        "“Main work of the month”: “Test” is added to the columns.",
    ),
    (
        lambda it: it["fields"][0]["columns"].reverse(),
        "“本月重点工作”的列顺序改为：自评分、权重、工作。",
        "“Main work of the month”: the order of the columns is now Score, Weight, Work.",
    ),
    (
        put("fields", 0, "columns", 1, max=50),
        "“本月重点工作 · 权重”的最大值由“100”改为“50”。",
        "“Main work of the month · Weight”: the maximum changes from “100” to “50”.",
    ),
    (
        put("fields", 0, "columns", 0, required=False),
        "“本月重点工作 · 工作”改为非必填。",
        "“Main work of the month · Work” is no longer required.",
    ),
]


@pytest.mark.parametrize(("change", "zh", "en"), ONE, ids=[row[1][:16] for row in ONE])
def test_one_change_is_one_sentence(change: Callable[[Definition], object], zh: str, en: str) -> None:
    assert [row[1:] for row in changed(change)] == [(zh, en)]


def test_a_step_that_goes_takes_its_rights_along() -> None:
    def without_hr(definition: Definition) -> None:
        definition["steps"].pop()
        definition["fields"].pop()

    assert [row[1] for row in changed(without_hr)] == ["删除步骤“HRBP”。", "删除字段“HR 备注”（单行文本）。"]


def test_a_new_step_is_told_where_it_may_do_more_than_read() -> None:
    def with_director(definition: Definition) -> None:
        definition["steps"].append({"key": "boss", "label": "总监"})
        definition["fields"][5]["rights"]["boss"] = "edit"

    assert [row[1] for row in changed(with_director)] == [
        "新增步骤“总监”。",
        "“上级评分”在步骤“总监”由只读改为可填。",
    ]


def test_the_introduction_and_what_is_accepted_can_change() -> None:
    assert changed(put(intro=None), "sbi_feedback")[0][1] == "删除表单说明。"
    assert changed(put(intro="只说事实。"), "sbi_feedback")[0][1] == "表单说明由“说事实，不评价人。”改为“只说事实。”。"
    said = changed(put("fields", 6, accept=["image", "pdf"]), "monthly_progress")[0]
    assert said[1] == "“佐证材料”的文件类型由“图片、PDF、办公文档”改为“图片、PDF”。"
    assert said[2].endswith("from “pictures, PDF, office documents” to “pictures, PDF”.")


def test_many_changes_come_in_the_order_of_the_form() -> None:
    def change(definition: Definition) -> None:
        fields = definition["fields"]
        fields[7]["required"], fields[7]["core"] = True, True
        fields.pop(4)
        fields[2]["label"] = "评价"
        fields.insert(0, field("heading"))
        definition["title"] = "自评"

    assert [row[0] for row in changed(change)] == ["title", "it", "overall", "hours", "hr_note", "hr_note"]


def test_long_texts_are_cut() -> None:
    [(_place, zh, _en)] = changed(put("fields", 3, help="长" * 400))
    assert len(zh) < 120


def test_every_sentence_is_met_here() -> None:
    """By code, over all changes of this page."""
    met = set()
    for change, _zh, _en in ONE:
        after = copy.deepcopy(body("self_assessment"))
        change(after)
        met |= {each.code for each in differences(form("self_assessment"), read_form(after))}
    others = {"intro_changed", "intro_removed", "step_removed", "required_on"}
    assert met | others == set(WORDINGS)


@pytest.mark.parametrize("name", NAMES)
def test_a_form_does_not_differ_from_itself(name: str) -> None:
    assert differences(form(name), read_form(form(name).as_json())) == []


@given(st.sampled_from(NAMES), st.sampled_from(NAMES), st.randoms(use_true_random=False))
def test_any_two_forms_differ_in_sentences(one: str, other: str, random: Any) -> None:
    shuffled = body(other)
    random.shuffle(shuffled["fields"])
    found = differences(form(one), read_form(shuffled))
    for each in found:
        for language, stop in (("zh-hans", "。"), ("en", ".")):
            assert each.explain(language).endswith(stop)  # type: ignore[arg-type]
    if one == other:
        assert {each.code for each in found} <= {"moved_first", "moved_behind"}
