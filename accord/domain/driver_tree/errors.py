"""What can be wrong with a driver tree: a stable code for programs, a sentence in both languages for people."""

from accord.domain.wording import ExplainedError, Wording


class TreeError(ExplainedError):
    """A tree that cannot be worked out. `node` in its details names the node, where it is about one."""


class TreeShapeError(TreeError):
    """No object with `root` and `nodes`, or a node that is none."""

    code = "wrong_shape"
    wording = Wording("{name} 的结构不对，应为{expected}。", "{name} must be {expected}.")


class MissingNodeError(TreeError):
    """The root or a child that the tree does not have."""

    code = "missing_node"
    wording = Wording(
        "树中没有节点“{node}”，请补充或改正引用。", "The tree has no node {node}; add it or mend what names it."
    )


class CycleError(TreeError):
    """A node that is a part of itself."""

    code = "cycle"
    wording = Wording("节点“{node}”绕了一圈又成为自己的组成部分，请改正。", "The node {node} is a part of itself.")


class UnknownKindError(TreeError):
    """A kind outside the closed list."""

    code = "unknown_kind"
    wording = Wording(
        "节点“{node}”的类型“{given}”不存在，可用 product、sum、ratio、mean。",
        "The node {node} has the kind {given}; there are product, sum, ratio and mean.",
    )


class PartsError(TreeError):
    """A number of parts that a kind cannot have."""

    code = "wrong_number_of_parts"
    wording = Wording(
        "节点“{node}”有 {parts} 个组成部分：比率须有 2 个，加权平均须成对（权重、数值），其余至少 1 个。",
        "The node {node} has {parts} parts: a ratio has 2, a mean pairs of weight and value, others at least 1.",
    )


class MissingValueError(TreeError):
    """A leaf without one of its two values."""

    code = "missing_value"
    wording = Wording(
        "节点“{node}”没有 before 或 after 的值，请补充。", "The node {node} has no value before or after; add it."
    )


class TreeNumberError(TreeError):
    """Text, a truth value or a structure where a number belongs."""

    code = "not_a_number"
    wording = Wording(
        "节点“{node}”的值（{given}）不是数字，请填写如 92.5 的十进制数字。",
        "The node {node} has a value that is no number ({given}); write a decimal such as 92.5.",
    )


class TreeNotFiniteError(TreeError):
    """NaN or infinity."""

    code = "number_not_finite"
    wording = Wording("节点“{node}”的值不是有限的数字。", "The node {node} has a value that is not finite.")


class TreeRangeError(TreeError):
    """A product so large or so small that no number can hold it."""

    code = "number_out_of_range"
    wording = Wording(
        "节点“{node}”的结果超出可计算范围，请核对各部分的单位。",
        "What the parts of {node} make is out of range; check their units.",
    )


class DivisionByZeroError(TreeError):
    """A ratio with a denominator of zero, or a mean whose weights sum to zero."""

    code = "division_by_zero"
    wording = Wording(
        "节点“{node}”的分母（或权重合计）在其中一期为 0，无法计算。",
        "The denominator of {node}, or the sum of its weights, is zero in one of the periods.",
    )


class TooManyFactorsError(TreeError):
    """A product of very many factors with a zero or a negative one among them."""

    code = "too_many_factors"
    wording = Wording(
        "节点“{node}”是 {parts} 个因子的乘积，且其中有 0 或负数；此时最多 {most} 个因子。",
        "The node {node} multiplies {parts} factors with a zero or a negative value among them; then {most} at most.",
    )


class CannotRetarget(ExplainedError):
    """Targets that cannot follow a change. `node` in its details is the name of the node it is about."""


class TargetMissing(CannotRetarget):
    """A node without a target where the target of another depends on it."""

    code = "driver_target_missing"
    wording = Wording(
        "“{node}”还没有目标，无法推算其他目标，请先为它填写目标。",
        "{node} has no target yet, so the others cannot be worked out; set it first.",
    )


class AllPartsLocked(CannotRetarget):
    """Nothing is left that could carry the change."""

    code = "driver_targets_locked"
    wording = Wording(
        "“{node}”的其他组成部分都已锁定，没有可以调整的项：请解锁其中一项，或让上级目标随之变化。",
        "All other parts of {node} are locked; unlock one of them, or let the targets above follow.",
    )


class AboveLocked(CannotRetarget):
    """A target above would have to follow, and is locked."""

    code = "driver_target_above_locked"
    wording = Wording(
        "上级目标“{node}”已锁定，无法随之变化：请解锁，或改为由同级分担。",
        "The target of {node} above is locked and cannot follow; unlock it, or let the siblings carry the change.",
    )


class TargetOutOfReach(CannotRetarget):
    """No targets of the remaining parts would make the target of the whole."""

    code = "driver_target_out_of_reach"
    wording = Wording(
        "其余部分无论如何调整都无法凑成“{node}”的目标：请改一个数值，或让上级目标随之变化。",
        "Whatever the remaining parts are, they cannot make the target of {node}; choose another value, or let the"
        " targets above follow.",
    )
