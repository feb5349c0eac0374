"""The reader's language, as the domain's sentences want it, and words kept in both."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.utils.translation import get_language, override

from accord.domain.wording import Language

T = TypeVar("T")


def readers_language() -> Language:
    """Chinese for every kind of Chinese, English otherwise."""
    return "zh-hans" if (get_language() or "zh").startswith("zh") else "en"


def in_readers_language(chinese: str, english: str) -> str:
    """Of two wordings the one to show; the Chinese one where there is no other."""
    return english if english and readers_language() == "en" else chinese


def in_each_language(say: Callable[[], T]) -> tuple[T, T]:
    """What `say` says to a Chinese and to an English reader."""
    with override("zh-hans"):
        chinese = say()
    with override("en"):
        return chinese, say()
