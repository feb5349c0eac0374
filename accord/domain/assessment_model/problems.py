"""What can be wrong with an assessment model: a stable code, the place, a sentence in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from accord.domain.wording import Language, Wording, quoted

WORDINGS: Mapping[str, Wording] = {
    "not_a_model": Wording(
        "这不是考核模型定义，应为一个 JSON 对象。", "This is no assessment model; it should be a JSON object."
    ),
    "unknown_version": Wording(
        "不支持的格式版本 {given}，应为 1。", "The format version {given} is not known; it should be 1."
    ),
    "unknown_setting": Wording(
        "没有名为 {given} 的设置，请检查拼写。", "There is no setting {given}; check its spelling."
    ),
    "not_a_list": Wording("{name}应为列表。", "The {name} should be a list."),
    "not_an_object": Wording("这里应当是一个对象。", "An object was expected here."),
    "too_many": Wording("{name}有 {given} 个，最多 {most} 个。", "There are {given} {name} and may be {most}."),
    "no_items": Wording("还没有指标，请至少添加一项。", "There is no KPI yet; add at least one."),
    "dimension_empty": Wording(
        "还没有指标，请添加一项，或删除这个维度。", "There is no KPI in it; add one, or take the dimension out."
    ),
    "dimension_unnamed": Wording("请填写维度名称（中文）。", "Give the dimension a name in Chinese."),
    "bad_key": Wording(
        "标识 {given} 不可用：以小写字母开头，只含小写字母、数字和下划线，最多 40 个字符。",
        "The key {given} cannot be used: small letters, digits and underscores, a letter first, 40 at most.",
    ),
    "same_key": Wording("有两个维度的标识都是 {given}。", "Two dimensions have the key {given}."),
    "metric_missing": Wording("请从指标库选择一个指标。", "Choose a metric from the library."),
    "metric_unknown": Wording(
        "指标库里没有这个指标，或它已停用，请换一个。", "The library does not have this metric in use; choose another."
    ),
    "metric_twice": Wording("同一指标出现了两次，请合并为一项。", "The same metric is there twice; make it one."),
    "not_a_number": Wording(
        "{name}应为数字，整数最多 12 位、小数最多 6 位。",
        "The {name} should be a number of 12 digits and 6 decimals at most.",
    ),
    "number_missing": Wording("请填写{name}。", "Give the {name}."),
    "weight_outside": Wording("权重应大于 0、不超过 100%。", "The weight should be above 0 and at most 100 %."),
    "outside_range": Wording(
        "{name} {given} 不在范围 {least} 至 {most} 内。", "The {name} {given} is not within {least} to {most}."
    ),
    "weights_not_one": Wording(
        "权重合计为 {total}%，须正好等于 100%。", "The weights sum to {total} %; they must make exactly 100 %."
    ),
    "method_unknown": Wording(
        "没有评分方法 {given}，请从列表中选择。", "There is no scoring method {given}; choose one of the list."
    ),
    "params_not_an_object": Wording("评分参数应为一组键值。", "The parameters of the method should be an object."),
    "rule": Wording("{why}", "{why}"),
    "text_expected": Wording("{name}应为文本。", "The {name} should be a text."),
    "text_too_long": Wording(
        "{name}超过 {most} 字，请精简。", "The {name} is longer than {most} characters; shorten it."
    ),
    "unknown_choice": Wording("{name}不能是 {given}。", "The {name} cannot be {given}."),
    "form_unknown": Wording(
        "没有标识为 {code} 的已发布表单，请换一个。", "There is no published form {code}; choose another."
    ),
    "flow_unknown": Wording(
        "没有标识为 {code} 的已发布流程，请换一个。", "There is no published flow {code}; choose another."
    ),
    "position_taken": Wording(
        "岗位“{position}”已在使用考核模型“{model}”。请先在那里停用，或从适用岗位中去掉。",
        "The position “{position}” already uses the model “{model}”. Retire that one, or take the position out here.",
    ),
    "not_a_reference": Wording("{name}应为编号。", "The {name} should be a number of a row."),
}

OF_KPI = Wording("“{kpi}”：{sentence}", "“{kpi}”: {sentence}")
OF_ROW = Wording("“{dimension}”第 {row} 项：{sentence}", "“{dimension}”, KPI {row}: {sentence}")
OF_DIMENSION = Wording("维度“{dimension}”：{sentence}", "Dimension “{dimension}”: {sentence}")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. `place` is where a program finds it, such as `dimensions[0].items[2].weight`."""

    code: str
    place: str
    values: Mapping[str, object]
    about: Mapping[str, object] = field(default_factory=dict)

    def explain(self, language: Language) -> str:
        """Return one sentence that names the KPI or dimension, what is wrong and what to do."""
        sentence = self.sentence(language)
        wrapped = OF_KPI if "kpi" in self.about else OF_ROW if "row" in self.about else OF_DIMENSION
        return wrapped.say(language, {**self.about, "sentence": sentence}) if self.about else sentence

    def sentence(self, language: Language) -> str:
        """Return the same for somebody who sees it beside the KPI."""
        return WORDINGS[self.code].say(language, self.values)


class ModelError(Exception):
    """A body that is no assessment model, with everything that is wrong with it at once."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Keep the problems, in the order of the model."""
        super().__init__(", ".join(f"{problem.place or 'model'}: {problem.code}" for problem in problems[:5]))
        self.problems = problems

    def explain(self, language: Language) -> str:
        """Return all of it, a line each."""
        return "\n".join(problem.explain(language) for problem in self.problems)


class Notes:
    """Notes down what is wrong at one place, and goes on. All places of one model share the list of problems."""

    __slots__ = ("_about", "_place", "problems")

    def __init__(self, place: str = "", above: Notes | None = None, **about: object) -> None:
        """Start at `place`; `about` is what every sentence there names."""
        self.problems: list[Problem] = [] if above is None else above.problems
        self._place = place
        self._about = about

    def at(self, name: str, **about: object) -> Notes:
        """Return the notes of a place inside this one."""
        place = f"{self._place}.{name}" if self._place else name
        return Notes(place, self, **{**self._about, **about})

    def naming(self, **about: object) -> Notes:
        """Return the notes of this place with more for its sentences to name."""
        return Notes(self._place, self, **{**self._about, **about})

    def add(self, code: str, **values: object) -> None:
        """Note `code` here, with the values its sentence names."""
        named = {name: quoted(value) for name, value in values.items()}
        self.problems.append(Problem(code, self._place, named, self._about))
