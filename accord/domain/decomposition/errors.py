"""Why something cannot be split: a stable code for programs, a sentence in both languages for people."""

from __future__ import annotations

from accord.domain.wording import ExplainedError, Wording


class CannotSplit(ExplainedError):
    """A split without answer; `where` is the key of the node whose children it is about."""

    where: str = ""


class BadNumber(CannotSplit):
    """Negative, infinite, or beyond every business figure."""

    code = "number_unusable"
    wording = Wording(
        "{given} 不能用来拆解，请填写 0 或正数（整数部分最多 18 位，小数最多 24 位）。",
        "{given} cannot be split; write 0 or more, with at most 18 digits before and 24 after the point.",
    )


class NothingToShareBy(CannotSplit):
    """All shares of what is free are zero, so nothing says who gets the rest."""

    code = "nothing_to_share_by"
    wording = Wording(
        "还有 {rest} 没有着落：其余各项的占比都是 0，请换一种拆法，或填写占比。",
        "{rest} is left over and every other share is 0; choose another rule or write shares.",
    )


class LocksExceedTotal(CannotSplit):
    """The locked parts are more than the whole."""

    code = "locks_exceed_total"
    wording = Wording(
        "锁定的合计 {locked} 已超过总数 {total}，请调低或解锁其中一项。",
        "What is locked adds up to {locked}, more than the total of {total}; lower or unlock one of them.",
    )


class AllLocked(CannotSplit):
    """Every part is locked and they do not make the whole."""

    code = "all_locked"
    wording = Wording(
        "各项都已锁定，合计 {locked} 与总数 {total} 不一致，请至少解锁一项。",
        "Everything is locked and adds up to {locked} instead of {total}; unlock at least one.",
    )


class TwoLocksInOne(CannotSplit):
    """The product and its last factor are both locked, so that nothing carries the rest."""

    code = "product_and_last_factor_locked"
    wording = Wording(
        "同一行不能同时锁定乘积和最后一个因子：最后一个因子由乘积倒推，请解锁其中一个。",
        "A line cannot hold both the product and the last factor: that factor follows from the product. Unlock one.",
    )


class OutOfReach(CannotSplit):
    """A product above zero is locked where an earlier factor is zero."""

    code = "product_out_of_reach"
    wording = Wording(
        "锁定的 {product} 无法达到：前面有一个因子是 0，请调整。",
        "The locked {product} cannot be reached: a factor before it is 0.",
    )
