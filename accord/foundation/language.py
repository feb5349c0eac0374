"""The reader's language, as the domain's sentences want it."""

from django.utils.translation import get_language

from accord.domain.wording import Language


def readers_language() -> Language:
    """Chinese for every kind of Chinese, English otherwise."""
    return "zh-hans" if (get_language() or "zh").startswith("zh") else "en"
