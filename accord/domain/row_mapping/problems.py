"""What can be wrong with a rule, and why a row cannot count: stable codes, and sentences in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from accord.domain.wording import Language, Wording, quoted

WORDINGS: Mapping[str, Wording] = {
    "not_a_rule": Wording("映射规则应为一个 JSON 对象。", "A rule should be a JSON object."),
    "unknown_version": Wording(
        "不支持的规则版本 {given}，应为 1。", "The version {given} is not known; it should be 1."
    ),
    "unknown_setting": Wording(
        "没有名为 {given} 的设置，请检查拼写。", "There is no setting {given}; check its spelling."
    ),
    "object_expected": Wording("这里应为一组键值。", "An object was expected here."),
    "list_expected": Wording("这里应为列表。", "A list was expected here."),
    "too_many": Wording("最多 {most} 项，现有 {given} 项。", "There may be {most} at most, and are {given}."),
    "field_missing": Wording("请选择一个字段。", "Choose a field."),
    "field_unknown": Wording(
        "来源中没有字段“{given}”，请从样例行中选择。",
        "The source has no field “{given}”; choose one of the sample rows.",
    ),
    "stream_missing": Wording("请选择要查找的数据流。", "Choose the stream to look up in."),
    "stream_unknown": Wording("来源中没有数据流“{given}”。", "The source has no stream “{given}”."),
    "choice_unknown": Wording("不能是“{given}”，可选：{choices}。", "“{given}” is no choice; there are {choices}."),
    "zone_unknown": Wording(
        "没有时区“{given}”，例如 Asia/Shanghai。", "There is no time zone “{given}”, as Asia/Shanghai is."
    ),
    "value_missing": Wording("请选择要统计的数值字段，或起止时间。", "Choose the field to be measured, or two times."),
    "value_needless": Wording("计数只数行数，不需要数值字段。", "A count counts rows; it takes no value."),
    "weight_missing": Wording(
        "请选择作为权重（分母）的字段。", "Choose the field that is the weight, or the denominator."
    ),
    "weight_needless": Wording("只有比率和加权平均才需要权重字段。", "Only a ratio and a weighted mean take a weight."),
    "ratio_incomplete": Wording(
        "比率需要分子条件，或一个数值字段和一个分母字段。",
        "A ratio takes conditions of its numerator, or a field to be measured and one to divide by.",
    ),
    "meets_needless": Wording("只有比率才需要分子条件。", "Only a ratio takes conditions of a numerator."),
    "filter_value_missing": Wording("请填写比较的值。", "Give the value to compare with."),
    "filter_value_needless": Wording("“有值”“为空”不需要比较的值。", "“Filled” and “empty” take no value."),
    "percentile_outside": Wording("百分位应大于 0、不超过 100。", "The percentile should be above 0 and at most 100."),
    "factor_not_a_number": Wording("系数应为不等于 0 的数字。", "The factor should be a number other than 0."),
    "on_expected": Wording("请给出两个字段：本行的，和对方的。", "Give two fields: of this row, and of the other."),
    "name_taken": Wording("名称“{given}”已被使用，请换一个。", "The name “{given}” is taken; choose another."),
    "own_is_added": Wording(
        "不能用查找得到的字段“{given}”再去查找。", "A field that was looked up, “{given}”, cannot look up more."
    ),
    "same_stream": Wording("不能在本数据流中查找自己。", "A stream cannot be looked up in itself."),
    "hours_unreadable": Wording(
        "工作时间 {given} 无法识别，应写作 09:00-12:00，先后有序、互不重叠。",
        "The working hours {given} cannot be read; write 09:00-12:00, in order and without overlaps.",
    ),
    "hours_empty": Wording("请至少给出一天的工作时间。", "Give the working hours of one day at least."),
    "truth_expected": Wording("应为是或否。", "True or false was expected."),
}

REFUSALS: Mapping[str, Wording] = {
    "who_missing": Wording(
        "字段“{field}”为空，不知道是谁的。", "The field “{field}” is empty, so nobody knows whose row it is."
    ),
    "who_too_long": Wording("“{text}…”太长，不像是人名或账号。", "“{text}…” is too long for the name of somebody."),
    "when_missing": Wording(
        "字段“{field}”为空，不知道属于哪个周期。", "The field “{field}” is empty, so it belongs to no period."
    ),
    "when_unreadable": Wording(
        "字段“{field}”中的“{text}”不是日期或时间。", "“{text}” in the field “{field}” is neither a day nor a time."
    ),
    "when_far": Wording(
        "字段“{field}”中的“{text}”超出 1990 至 2099 年。", "“{text}” in the field “{field}” lies outside 1990 to 2099."
    ),
    "when_ahead": Wording(
        "“{text}”在一年多以后，可能是填错了。", "“{text}” lies more than a year ahead; it may be a slip."
    ),
    "number_missing": Wording("字段“{field}”为空，没有数值。", "The field “{field}” is empty; there is no number."),
    "number_unreadable": Wording(
        "字段“{field}”中的“{text}”不是数字。", "“{text}” in the field “{field}” is no number."
    ),
    "number_too_large": Wording("“{text}”太大，无法保存。", "“{text}” is too large to be kept."),
    "weight_negative": Wording(
        "字段“{field}”中的“{text}”是负数，不能作为权重。",
        "“{text}” in the field “{field}” is negative and cannot weigh.",
    ),
    "ends_before_start": Wording(
        "结束时间“{end}”早于开始时间“{start}”。", "It ends at “{end}”, before it begins at “{start}”."
    ),
    "period_stored_away": Wording(
        "{period} 的数值已转存出数据库；管理员取回后才能再计入。",
        "The values of {period} have left the database; they count again once an administrator brings them back.",
    ),
    "total_too_large": Wording(
        "{period} 的汇总结果太大，无法保存。", "What {period} comes to is too large to be kept."
    ),
    "key_missing": Wording(
        "这一行没有主键，无法识别是哪一行。", "The row has no key, so it cannot be told from others."
    ),
    "key_too_long": Wording("主键“{text}…”超过 200 个字符。", "The key “{text}…” is longer than 200 characters."),
    "days_off_unknown": Wording(
        "{years} 年的放假安排尚未收录，按周一至周五上班计算。",
        "The days off of {years} are not known yet; Monday to Friday were taken as worked.",
    ),
    "row_not_an_object": Wording("这一行不是 JSON 对象。", "The row is no JSON object."),
}
UNKNOWN_REFUSAL = Wording("这一行无法计入（{code}）。", "The row cannot count ({code}).")


def explain_refusal(code: str, values: Mapping[str, object], language: Language) -> str:
    """The sentence of a refused row."""
    wording = REFUSALS.get(code)
    return wording.say(language, values) if wording else UNKNOWN_REFUSAL.say(language, {"code": code})


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a rule. `place` is where a program finds it, such as `filters[0].value`."""

    code: str
    place: str
    values: Mapping[str, object] = field(default_factory=dict)

    def explain(self, language: Language) -> str:
        """One sentence: what is wrong and what to do."""
        return WORDINGS[self.code].say(language, self.values)


class RuleError(ValueError):
    """A rule that cannot be used, with everything that is wrong with it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(", ".join(f"{problem.place}: {problem.code}" for problem in problems))
        self.problems = problems


class Notes:
    """Collects problems at a place; `at` gives the notes of a place within."""

    def __init__(self, place: str = "", problems: list[Problem] | None = None) -> None:
        self.place, self.problems = place, [] if problems is None else problems

    def at(self, name: str | int) -> Notes:
        if isinstance(name, int):
            return Notes(f"{self.place}[{name}]", self.problems)
        return Notes(f"{self.place}.{name}" if self.place else name, self.problems)

    def add(self, code: str, **values: object) -> None:
        self.problems.append(Problem(code, self.place, {name: quoted(value) for name, value in values.items()}))
