"""What can be wrong with the definition of a flow: a stable code, a place, a sentence in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from accord.domain.wording import Language, Wording, quoted


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong. `place` is the way to it in the definition, e.g. `nodes.2.branches.0.when`; `key` is the
    key of the node it stands in, where it has one.
    """

    code: str
    place: str
    key: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

    def explain(self, language: Language) -> str:
        """Say in one sentence what is wrong and what to do."""
        values = {name: _said(name, value) for name, value in self.values.items()}
        return PROBLEMS[self.code].say(language, values)


def _said(name: str, value: object) -> object:
    """A value as it stands in a sentence: settings by their name for people, what is missing as nothing."""
    if name == "what":
        return SETTING_NAMES.get(str(value), quoted(value))
    return NOTHING if value is None else quoted(value)


class FlowError(Exception):
    """A definition that no flow can be read from, with everything that is wrong with it at once."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(", ".join(f"{problem.place}: {problem.code}" for problem in problems[:5]))
        self.problems = problems


NOTHING = Wording("空", "nothing")
SETTING_NAMES: Mapping[str, Wording] = {
    "share": Wording("同意比例", "the share"),
    "days": Wording("天数", "the number of days"),
    "level": Wording("级别", "the level"),
    "up_to": Wording("最高级别", "the highest level"),
    "min": Wording("最少人数", "the smallest number of people"),
    "max": Wording("最多人数", "the largest number of people"),
    "mode": Wording("多人方式", "how they decide together"),
    "then": Wording("处理方式", "what follows"),
    "expired": Wording("到期处理", "what follows on expiry"),
    "may": Wording("可用操作", "what else they may do"),
}

PROBLEMS: Mapping[str, Wording] = {
    "not_an_object": Wording("这里应当是一个对象。", "An object was expected here."),
    "not_a_list": Wording("这里应当是一个列表。", "A list was expected here."),
    "too_large": Wording(
        "流程定义过大（上限 {limit} KB），请精简后再保存。",
        "The definition is too large (limit {limit} KB); make it smaller.",
    ),
    "unknown_version": Wording("不认识的格式版本 {given}。", "The format version {given} is not known."),
    "too_many_nodes": Wording(
        "流程最多 {limit} 个节点，现有 {given} 个。", "A flow has at most {limit} steps, this one {given}."
    ),
    "too_deep": Wording("条件分支最多嵌套 {limit} 层。", "Branches are nested at most {limit} deep."),
    "unknown_kind": Wording("没有“{given}”这种节点。", "There is no kind of step called “{given}”."),
    "unknown_setting": Wording("「{node}」没有“{given}”这项设置。", "“{node}” has no setting “{given}”."),
    "bad_key": Wording(
        "标识“{given}”不可用：须以小写字母开头，只含小写字母、数字和下划线，最多 40 个字符。",
        "The key “{given}” cannot be used: small letters, digits and _ only, a letter first, 40 at most.",
    ),
    "duplicate_key": Wording("标识“{given}”用了不止一次。", "The key “{given}” is used more than once."),
    "bad_text": Wording(
        "文字须至少有中文，最多 {limit} 个字。", "Words need Chinese at least and are {limit} characters at most."
    ),
    "no_start": Wording("流程须从一个“发起”节点开始。", "A flow begins with one start."),
    "second_start": Wording("“发起”只能有一个，且在最前面。", "There is one start only, and it comes first."),
    "nothing_follows": Wording(
        "发起之后没有任何节点，请至少添加一个。", "Nothing follows the start; add at least one step."
    ),
    "no_approvers": Wording("「{node}」没有设置由谁处理。", "“{node}” does not say who it goes to."),
    "too_many_approvers": Wording(
        "「{node}」的人员规则最多 {limit} 条。", "“{node}” has at most {limit} rules for people."
    ),
    "unknown_rule": Wording(
        "「{node}」中没有“{given}”这种找人方式。", "“{node}”: there is no way to find people called “{given}”."
    ),
    "nobody_named": Wording("「{node}」没有选择具体的人。", "“{node}” names nobody."),
    "too_many_named": Wording("「{node}」最多指定 {limit} 人。", "“{node}” names {limit} people at most."),
    "unknown_role": Wording("「{node}」的角色“{given}”不存在。", "“{node}”: there is no role “{given}”."),
    "bad_number": Wording(
        "「{node}」的{what}须是 {least} 到 {most} 的整数。",
        "“{node}”: {what} is a whole number from {least} to {most}.",
    ),
    "bad_choice": Wording("「{node}」的{what}不能是“{given}”。", "“{node}”: {what} cannot be “{given}”."),
    "bad_bounds": Wording(
        "「{node}」的最少人数大于最多人数。", "“{node}”: the smallest number of people is above the largest."
    ),
    "starter_cannot_choose": Wording(
        "「{node}」的替补人员须直接指定。", "“{node}”: who stands in for nobody is named directly."
    ),
    "no_form": Wording(
        "「{node}」要填写表单，但流程没有绑定表单。", "“{node}” is to be filled in, but the flow has no form."
    ),
    "unknown_step": Wording(
        "「{node}」使用的表单环节“{given}”不存在。", "“{node}” uses the form's step “{given}”, which does not exist."
    ),
    "no_step": Wording(
        "「{node}」没有选择填写哪个环节。", "“{node}” does not say which step of the form is filled in."
    ),
    "too_few_arms": Wording("「{node}」至少需要两个分支。", "“{node}” needs two ways at least."),
    "nothing_in_branch": Wording(
        "「{node}」的各个分支都没有节点，分支不起作用。", "No way through “{node}” has a step, so it decides nothing."
    ),
    "no_otherwise": Wording(
        "「{node}」缺少“其他情况”：最后一个分支不设条件。", "“{node}” has no otherwise: the last way has no condition."
    ),
    "after_otherwise": Wording(
        "「{node}」的分支“{arm}”永远不会走到：它前面的分支没有条件。",
        "“{node}”: “{arm}” is never reached, the way before it has no condition.",
    ),
    "never_reached": Wording(
        "「{node}」的分支“{arm}”永远不会走到：前面的条件已包含它。",
        "“{node}”: “{arm}” is never reached, a condition before it is true whenever it would be.",
    ),
    "never_true": Wording(
        "「{node}」的分支“{arm}”的条件永远不成立。", "“{node}”: the condition of “{arm}” is never true."
    ),
    "bad_condition": Wording(
        "「{node}」的分支“{arm}”的条件有误：{reason}", "“{node}”: the condition of “{arm}” is wrong: {reason}"
    ),
    "unknown_name": Wording(
        "「{node}」的条件用到了不存在的字段“{given}”。",
        "“{node}”: a condition asks for “{given}”, which does not exist.",
    ),
}
