"""Saying in words what a node is set to: for people who compare versions or look at a picture of a flow."""

from __future__ import annotations

from collections.abc import Mapping

from accord.domain.flow_graph.nodes import Approver, Arm, By, Kind, Mode, Node, Then
from accord.domain.wording import Listed, Text, Wording, quoted

MODES: Mapping[Mode, Wording] = {
    Mode.SEQUENCE: Wording("依次审批", "one after the other"),
    Mode.ALL: Wording("会签（须所有人同意）", "everybody has to agree"),
    Mode.ANY: Wording("或签（一人处理即可）", "one is enough"),
    Mode.SHARE: Wording("票签（按同意比例）", "by share of votes"),
}
EFFECTS: Mapping[Then, Wording] = {
    Then.PASS: Wording("自动通过", "goes on"),
    Then.REFUSE: Wording("自动拒绝", "is rejected"),
    Then.ADMINISTRATOR: Wording("转交管理员", "goes to the administrator"),
    Then.NAMED: Wording("转交指定人员", "goes to named people"),
    Then.REMIND: Wording("提醒", "a reminder"),
    Then.ESCALATE: Wording("转交上级", "passed up the line"),
    Then.RETURN: Wording("退回发起人", "back to the start"),
}
ACTION_NAMES = {
    "transfer": Wording("转交", "pass on"),
    "add": Wording("加签", "add somebody"),
    "return": Wording("退回", "return"),
}
_RULES: Mapping[By, Wording] = {
    By.HRBP: Wording("HRBP", "HR business partner"),
    By.SELF: Wording("当事人本人", "the person it is about"),
    By.STARTER: Wording("发起人", "the starter"),
    By.CHOSEN: Wording("发起人自选", "chosen by the starter"),
}
_SETTINGS = {
    "name": Wording("名称", "the name"),
    "step": Wording("表单环节", "the step of the form"),
    "approvers": Wording("处理人", "the people"),
    "mode": Wording("多人方式", "how they decide together"),
    "share": Wording("同意比例", "the share"),
    "empty": Wording("无人时", "with nobody"),
    "deadline": Wording("时限", "the deadline"),
    "may": Wording("可用操作", "what else they may do"),
    "days": Wording("天数", "the days"),
    "expired": Wording("到期后", "on expiry"),
}


def approvers_in_words(node: Node) -> Listed:
    """Who a node asks, e.g. 直属上级、HRBP."""
    return Listed(tuple(rule_in_words(rule) for rule in node.approvers))


def rule_in_words(rule: Approver) -> Wording:
    """One rule that finds people."""
    if rule.by == By.NAMED:
        names = ", ".join(rule.employees[:5]) + (" …" if len(rule.employees) > 5 else "")
        return _plainly(f"指定人员 {names}", f"named: {names}")
    if rule.by == By.ROLE:
        return _plainly(f"角色 {rule.role}", f"role {rule.role}")
    if rule.by == By.MANAGER:
        return Wording("直属上级", "line manager") if rule.level == 1 else _level(rule.level, "级上级", "manager no.")
    if rule.by == By.MANAGERS:
        return _plainly(f"逐级上级至第 {rule.level} 级", f"managers up to no. {rule.level}")
    if rule.by == By.HEAD:
        return (
            Wording("部门负责人", "head of unit")
            if rule.level == 1
            else _level(rule.level, "级部门负责人", "head of unit no.")
        )
    return _RULES[rule.by]


def settings_of(node: Node) -> dict[Wording, object]:
    """The settings of a node that mean something for its kind, each with its value in words."""
    told: dict[str, object] = {"name": node.name}
    if node.step:
        told["step"] = quoted(node.step)
    if node.approvers:
        told["approvers"] = approvers_in_words(node)
    if node.asks:
        told["empty"] = _empty(node)
    if node.kind == Kind.APPROVE:
        told |= {"mode": MODES[node.mode], "share": f"{node.share}%" if node.share else None}
    if node.kind in (Kind.APPROVE, Kind.FILL):
        told |= {
            "deadline": _deadline(node),
            "may": Listed(tuple(ACTION_NAMES[action] for action in node.may)) if node.may else None,
        }
    if node.days:
        told["days"] = str(node.days)
    if node.kind == Kind.SIGN:
        told["expired"] = EFFECTS[node.expired]
    words = {_SETTINGS[name]: value for name, value in told.items() if value is not None}
    return words | {_arm_setting(arm): _condition(arm) for arm in node.arms}


def _arm_setting(arm: Arm) -> Wording:
    name = arm.name or Text(arm.key)
    return _plainly(f"分支“{name.zh}”的条件", f"the condition of “{name.say('en')}”")


def _condition(arm: Arm) -> object:
    return arm.condition if arm.condition else Wording("其他情况", "otherwise")


def _empty(node: Node) -> Wording:
    effect = EFFECTS[node.empty.then]
    if not node.empty.employees:
        return effect
    names = ", ".join(node.empty.employees[:5])
    return _plainly(f"{effect.zh} {names}", f"{effect.en}: {names}")


def _deadline(node: Node) -> Wording | None:
    if node.deadline is None:
        return None
    effect, days = EFFECTS[node.deadline.then], node.deadline.days
    return _plainly(f"{days} 天，逾期{effect.zh}", f"{days} days, then {effect.en}")


def _level(level: int, zh: str, en: str) -> Wording:
    return _plainly(f"第 {level} {zh}", f"{en} {level}")


def _plainly(zh: str, en: str) -> Wording:
    """Words with names people wrote in them: their braces are no places to be filled."""
    return Wording(*(words.replace("{", "{{").replace("}", "}}") for words in (zh, en)))
