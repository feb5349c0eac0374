"""The scoring methods that a KPI may have, by the names people write."""

import re

from accord.domain.scoring import METHODS
from accord.foundation.language import readers_language

KPI_METHODS: dict[str, tuple[str, ...]] = {
    "completion_ratio": ("完成率", "比率法"),
    "threshold_target_stretch": ("门槛目标挑战插值", "线性插值", "插值"),
    "all_or_nothing": ("达标法",),
}
"""Those that need no more than target, threshold and stretch, with further names for each."""


def method_named(text: str) -> str | None:
    """The code of the method called `text` (its code, or a name in either language), or None."""
    wanted = _bare(text)
    for code, more in KPI_METHODS.items():
        name = METHODS[code].name
        if wanted in map(_bare, (code, name.zh, name.en, *more)):
            return code
    return None


def method_name(code: str) -> str:
    """What people call the method `code`, in the reader's language."""
    return METHODS[code].name.say(readers_language())


def _bare(text: str) -> str:
    """A name without what people write in one way or another: spaces, hyphens, the 法 (method) at its end."""
    return re.sub(r"[\s\-–—_,,、]", "", text).casefold().removesuffix("法")
