"""What can be wrong with an expression: a stable code, the position, a sentence in both languages."""

from accord.domain.wording import Language, Wording, quoted

# In reading it.
READING = {
    "empty_expression": Wording("表达式是空的，请填写内容。", "The expression is empty; write one."),
    "expression_too_long": Wording(
        "表达式有 {given} 个字符，最多 {most} 个，请拆分或简化。",
        "The expression has {given} characters and may have {most}; split or simplify it.",
    ),
    "unexpected_character": Wording("“{given}”不能用在这里。", "“{given}” has no meaning here."),
    "unfinished_text": Wording("引号没有成对，请补上结尾的引号。", "A quotation mark is never closed; close it."),
    "unexpected": Wording(
        "这里不应出现“{given}”，请检查前后的写法。", "“{given}” does not belong here; check what is around it."
    ),
    "unfinished": Wording("表达式没有写完。", "The expression ends too early."),
    "attribute": Wording(
        "“{given}”不是可用的名称：最多一个点，每段以小写字母开头。",
        "“{given}” is no name: it has one dot at most, and a letter on both sides of it.",
    ),
    "too_deep": Wording("括号或函数嵌套超过 {most} 层，请拆分。", "Nested more than {most} levels deep; split it."),
    "number_too_long": Wording("数字最多 {most} 位。", "A number has {most} digits at most."),
    "unknown_function": Wording(
        "没有名为“{given}”的函数，可用：{choices}。", "There is no function “{given}”; there are {choices}."
    ),
    "wrong_arguments": Wording("函数 {given} 的写法是 {usage}。", "The function {given} is written {usage}."),
    "chained_comparison": Wording(
        "比较不能连写，请用 and 连接，例如 0 < x and x < 5。",
        "Comparisons cannot be chained; join them with and, as in 0 < x and x < 5.",
    ),
}
# In working it out.
WORKING_OUT = {
    "too_many_steps": Wording(
        "计算量过大，已停止，请简化表达式。", "This takes too many steps and was stopped; simplify it."
    ),
    "wrong_type": Wording("这里需要{wanted}，实际是{given}。", "This takes {wanted}, not {given}."),
    "division_by_zero": Wording("除数为 0，无法计算。", "This divides by zero."),
    "number_too_large": Wording(
        "数字超过 {most} 位，无法计算。", "A number of more than {most} digits cannot be calculated with."
    ),
    "not_a_date": Wording(
        "“{given}”不是日期，请写成 2026-01-31 的样子。", "“{given}” is no date; write it like 2026-01-31."
    ),
}
WORDINGS = READING | WORKING_OUT
PLACE = Wording("第 {place} 个字符处：", "At character {place}: ")


class ExpressionError(Exception):
    """An expression that cannot be read or worked out. `at` counts characters from 0."""

    def __init__(self, code: str, at: int, **values: object) -> None:
        """Keep the values the sentence of `code` names."""
        super().__init__(code)
        self.code = code
        self.at = at
        self.values = {name: quoted(value) for name, value in values.items()}

    def explain(self, language: Language) -> str:
        """Return where it is and what to do, as one sentence."""
        place = PLACE.say(language, {"place": self.at + 1})
        return place + WORDINGS[self.code].say(language, self.values)

    def __str__(self) -> str:
        return f"{self.code}: {self.explain('en')}"
