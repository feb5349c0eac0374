"""A flow to design: a leave request with a branch, as HR would draw it, and the form it decides about."""

from __future__ import annotations

from typing import Any

from accord.people.models import Employee
from accord.workflow.models import Flow, FlowVersion, Form, FormVersion

FORM: dict[str, Any] = {
    "v": 1,
    "title": {"zh": "请假"},
    "steps": [{"key": "start", "label": {"zh": "申请人"}}, {"key": "lead", "label": {"zh": "主管"}}],
    "fields": [
        {"key": "days", "kind": "number", "label": {"zh": "请假天数"}, "required": True},
        {
            "key": "kind",
            "kind": "choice",
            "label": {"zh": "假期类型"},
            "options": [{"value": "annual", "label": {"zh": "年假"}}, {"value": "sick", "label": {"zh": "病假"}}],
        },
    ],
}


def branched_flow() -> dict[str, Any]:
    """Start, direct manager, a branch on the days, everybody told."""
    return {
        "v": 1,
        "nodes": [
            {"kind": "start", "key": "start", "step": "start"},
            {
                "kind": "approve",
                "key": "lead",
                "name": {"zh": "直属上级审批", "en": "Line manager"},
                "step": "lead",
                "approvers": [{"by": "manager", "level": 1}],
                "mode": "all",
                "empty": {"then": "administrator"},
                "deadline": {"days": 3, "then": "remind"},
                "may": ["transfer", "add", "return"],
            },
            {
                "kind": "branch",
                "key": "length",
                "name": {"zh": "按天数"},
                "branches": [
                    {
                        "key": "long",
                        "name": {"zh": "五天及以上"},
                        "when": "days >= 5",
                        "nodes": [
                            {
                                "kind": "approve",
                                "key": "upper",
                                "name": {"zh": "上级与 HRBP 会签"},
                                "approvers": [{"by": "manager", "level": 2}, {"by": "hrbp"}],
                                "mode": "all",
                                "deadline": {"days": 2, "then": "escalate"},
                            }
                        ],
                    },
                    {
                        "key": "sick",
                        "name": {"zh": "病假"},
                        "when": "kind = 'sick'",
                        "nodes": [
                            {"kind": "wait", "key": "pause", "days": 2},
                        ],
                    },
                    {"key": "otherwise", "name": {"zh": "其他情况"}, "nodes": []},
                ],
            },
            {"kind": "cc", "key": "told", "name": {"zh": "抄送人事"}, "approvers": [{"by": "hrbp"}]},
        ],
    }


def flow_to_design(maker: Employee, body: dict[str, Any] | None = None, state: str = "draft") -> FlowVersion:
    """A version of a flow called 请假审批 with a published form."""
    form = Form.objects.create(code="leave", name="请假单", made_by=maker)
    FormVersion.objects.create(form=form, number=1, body=FORM, state=FormVersion.State.PUBLISHED)
    flow = Flow.objects.create(code="leave-approval", name="请假审批", form=form, made_by=maker)
    return FlowVersion.objects.create(
        flow=flow, number=1, body=branched_flow() if body is None else body, state=state, made_by=maker, saved_by=maker
    )
