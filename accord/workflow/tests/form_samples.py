"""Forms to fill in: one of every kind of field, and short ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from accord.people.models import Employee
from accord.workflow.models import FillTurn, Form, FormFill, FormVersion
from accord.workflow.services.fills import start_fill

Field = dict[str, Any]


def field(key: str, kind: str = "text", label: str = "", **settings: Any) -> Field:
    """A field; its label is its key unless told otherwise."""
    return {"key": key, "kind": kind, "label": {"zh": label or key}, **settings}


SUMMARY = field("summary", label="一句话总结", required=True)
SCORE = field("score", "number", "得分", unit="分", min=0, max=100)
WHY = field("why", "long_text", "低于六十分的原因", required=True, visible_if="score < 60")
EXTRA = field("extra", "long_text", "其他想说的", core=False)
FILES = field("files", "attachment", "附件", max_files=3)
TOTAL = field("double", "calculated", "两倍", formula="score * 2", decimals=1)
SHORT = (SUMMARY, SCORE, WHY, TOTAL, EXTRA, FILES)

CHECK_IN: tuple[Field, ...] = (
    field("head", "heading", "这个月"),
    field("summary", label="一句话总结", required=True, help={"zh": "对方看到的第一句话。"}),
    field("signed", "metric", "签约额", metric="签约额"),
    field("score", "number", "自评得分", unit="分", min=0, max=100, required=True),
    field("why", "long_text", "低于六十分的原因", required=True, visible_if="score < 60"),
    field("double", "calculated", "折算分", formula="score * 2", unit="分"),
    field("mood", "rating", "这个月的状态", anchors=[
        {"value": 1, "label": {"zh": "吃力"}}, {"value": 2, "label": {"zh": "还行"}},
        {"value": 3, "label": {"zh": "顺手"}},
    ]),
    field("mode", "choice", "主要工作方式", options=[
        {"value": "office", "label": {"zh": "办公室"}}, {"value": "home", "label": {"zh": "远程"}},
    ]),
    field("needs", "multi_choice", "需要的支持", options=[
        {"value": "time", "label": {"zh": "时间"}}, {"value": "tools", "label": {"zh": "工具"}},
        {"value": "people", "label": {"zh": "人手"}},
    ]),
    field("head2", "heading", "下个月", level=2),
    field("goals", "table", "下月重点", columns=[
        field("what", label="事项", required=True), field("until", "date", "完成日期"),
        field("who", "person", "协助人"),
    ]),
    field("day", "date", "面谈日期"),
    field("buddy", "person", "搭档"),
    field("unit", "org_unit", "协作部门"),
    field("praise", "sbi", "想认可的一件事", core=False),
    field("extra", "long_text", "其他想说的", core=False),
    field("files", "attachment", "附件", max_files=3, core=False),
)  # fmt: skip
"""One of every kind."""


def body(fields: Sequence[Field], title: str = "月度进展", steps: Sequence[str] = ("start", "lead")) -> dict[str, Any]:
    """The definition of a form."""
    return {
        "v": 1,
        "title": {"zh": title},
        "steps": [{"key": key, "label": {"zh": key}} for key in steps],
        "fields": [dict(each) for each in fields],
    }


def published(
    fields: Sequence[Field] = SHORT, title: str = "月度进展", form: Form | None = None, **more: Any
) -> FormVersion:
    """A published version of a new form, or the next one of `form`."""
    code = f"form-{Form.objects.count() + 1}"
    form = form or Form.objects.create(code=code, name=title)
    form.versions.filter(state="published").update(state="retired", retired_at=timezone.now())
    return FormVersion.objects.create(
        form=form,
        number=form.versions.count() + 1,
        body=body(fields, title, **more),
        state="published",
        published_at=timezone.now(),
        predicted_seconds=150,
    )


def filled_by(author: Employee, fields: Sequence[Field] = SHORT, **more: Any) -> FormFill:
    """A fresh fill of a fresh form."""
    return start_fill(published(fields), author, **more)


def turns_of(version: FormVersion, author: Employee, seconds: Sequence[int], step: str = "start") -> None:
    """Submitted turns that took so long."""
    for each in seconds:
        fill = FormFill.objects.create(version=version, author=author, state="submitted", submitted_at=timezone.now())
        FillTurn.objects.create(
            fill=fill,
            version=version,
            person=author,
            step=step,
            active_seconds=each,
            submitted_at=timezone.now(),
        )


def change(before: Any, after: Any) -> Mapping[str, Any]:
    """A change as a script sends it."""
    return {"before": before, "after": after}
