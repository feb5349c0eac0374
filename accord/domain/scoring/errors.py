"""What can be wrong with a scoring case: a stable code for programs, a sentence in both languages for people."""

from accord.domain.wording import ExplainedError, Wording


class ScoringError(ExplainedError):
    """A case that has no score."""


class NumberError(ScoringError):
    """A value that should be a number and is not one we can calculate with."""


class ParameterError(ScoringError):
    """The rule itself is wrong: whoever set it up has to mend it."""


class ActualError(ScoringError):
    """The rule is fine, the observed value is missing or does not fit it."""


class NotANumberError(NumberError):
    """Text, a truth value, a binary float or a structure where a number belongs."""

    code = "not_a_number"
    wording = Wording(
        "{name} 不是数字（{given}），请填写如 92.5 的十进制数字。",
        "{name} is not a number ({given}); write a decimal such as 92.5, as text.",
    )


class NotFiniteError(NumberError):
    """NaN or infinity."""

    code = "number_not_finite"
    wording = Wording(
        "{name} 不是有限的数字，请核对数据来源后重新填写。",
        "{name} is not a finite number; check where it came from.",
    )


class NumberOutOfRangeError(NumberError):
    """A number too large or too fine to be a business figure, such as 1e400."""

    code = "number_out_of_range"
    wording = Wording(
        "{name} 超出可计算范围（整数最多 18 位，小数最多 24 位），请核对单位。",
        "{name} is out of range (18 digits before and 24 after the point); check its unit.",
    )


class UnknownMethodError(ParameterError):
    """No scoring method has this code."""

    code = "unknown_method"
    wording = Wording("没有名为 {given} 的评分方法。", "There is no scoring method {given}.")


class MissingParameterError(ParameterError):
    """A parameter without a default was left out."""

    code = "missing_parameter"
    wording = Wording("缺少参数 {name}，请补充后再计分。", "The parameter {name} is missing; add it and score again.")


class UnknownParameterError(ParameterError):
    """A parameter this method does not have, most often a misspelt one."""

    code = "unknown_parameter"
    wording = Wording("本方法没有参数 {name}，请检查拼写。", "This method has no parameter {name}; check its spelling.")


class UnknownChoiceError(ParameterError):
    """A word outside the closed list of a parameter."""

    code = "unknown_choice"
    wording = Wording("{name} 只能取 {choices} 之一，现为 {given}。", "{name} must be one of {choices}, not {given}.")


class WrongShapeError(ParameterError):
    """A list, an object or a text was expected."""

    code = "wrong_shape"
    wording = Wording("{name} 的结构不对，应为{expected}。", "{name} must be {expected}.")


class NegativeParameterError(ParameterError):
    """A negative number where only zero or more makes sense."""

    code = "parameter_negative"
    wording = Wording("{name} 不能为负（现为 {given}）。", "{name} must not be negative, it is {given}.")


class ParameterNotPositiveError(ParameterError):
    """Zero or a negative number where something is divided by it."""

    code = "parameter_not_positive"
    wording = Wording("{name} 须大于 0（现为 {given}）。", "{name} must be above 0, it is {given}.")


class TargetNotPositiveError(ParameterError):
    """A ratio against zero or a negative target means nothing."""

    code = "target_not_positive"
    wording = Wording(
        "目标值 {given} 不大于 0，无法计算完成率，请改用差额法。",
        "The target {given} is not above 0, so there is no ratio; use the difference method.",
    )


class FloorAboveCapError(ParameterError):
    """The lower limit of the score lies above the upper one."""

    code = "floor_above_cap"
    wording = Wording(
        "得分下限 {floor} 高于上限 {cap}，请调整。", "The floor {floor} lies above the cap {cap}; change one of them."
    )


class WeightsNotOneError(ParameterError):
    """Weights that do not sum to exactly 1."""

    code = "weights_not_one"
    wording = Wording(
        "权重合计为 {total}，须正好等于 1（100%）。", "The weights sum to {total}; they must sum to exactly 1 (100%)."
    )


class MissingActualError(ActualError):
    """There is no observed value yet."""

    code = "missing_actual"
    wording = Wording("还没有实际值，暂不计分。", "There is no actual value yet, so there is no score.")


class MissingScoreError(ActualError):
    """A weighted score whose parts are missing, and the rule does not say how to go on without them."""

    code = "missing_score"
    wording = Wording(
        "有 {missing} 项尚无得分，共 {items} 项，暂不能汇总。",
        "Items without a score: {missing} of {items}, so there is no total yet.",
    )


class NegativeActualError(ActualError):
    """A count below zero."""

    code = "actual_negative"
    wording = Wording("{name} 不能为负（现为 {given}）。", "{name} must not be negative, it is {given}.")
