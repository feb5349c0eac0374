"""The scoring methods that a KPI may have, by the names people write."""

from django.utils.translation import get_language

from accord.domain.scoring import METHODS

KPI_METHODS = ("completion_ratio", "threshold_target_stretch", "all_or_nothing")
"""Those that need no more than target, threshold and stretch; the rest come with the assessment model."""


def method_named(text: str) -> str | None:
    """The code of the method called `text` (its code, or a name in either language), or None."""
    wanted = text.strip().casefold()
    for code in KPI_METHODS:
        method = METHODS[code]
        names = [code, method.name.en, *method.name.zh.split("/")]
        if wanted in (name.strip().casefold() for name in names):
            return code
    return None


def method_name(code: str) -> str:
    """What people call the method `code`, in the reader's language."""
    name = METHODS[code].name
    return name.zh if (get_language() or "").startswith("zh") else name.en
