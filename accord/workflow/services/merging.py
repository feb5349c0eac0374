"""How saves from several windows become one set of answers, so that nobody's words are lost.

A window sends only what changed in it, each with the value the change started from. Where the stored value is still
that one, the change is taken. Where another window was faster, its value stays and the later one is set aside under the
name of its window, until the person has chosen between the two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

Answers = dict[str, Any]
Aside = dict[str, dict[str, Any]]


class Change(NamedTuple):
    """A field was changed from one value to another. None and what is empty are the same.

    `tried` are values the same window may have saved in between without hearing of it.
    """

    before: Any
    after: Any
    tried: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Merged:
    """The answers and what is set aside afterwards; `conflicts` are the fields where another window was faster."""

    answers: Answers
    set_aside: Aside
    conflicts: tuple[str, ...]


def merge(
    answers: Mapping[str, Any], set_aside: Mapping[str, Any], changes: Mapping[str, Change], window: str
) -> Merged:
    """Take the changes of one window into stored answers."""
    kept, aside = dict(answers), {key: dict(by_window) for key, by_window in set_aside.items()}
    conflicts = []
    for key, change in changes.items():
        stored = kept.get(key)
        if any(same(stored, each) for each in (change.before, change.after, *change.tried)):
            _put(kept, key, change.after)
            _drop(aside, key, window)
        else:
            aside.setdefault(key, {})[window] = change.after
            conflicts.append(key)
    return Merged(kept, aside, tuple(conflicts))


def settle(answers: Mapping[str, Any], set_aside: Mapping[str, Any], key: str, window: str, choice: str) -> Merged:
    """Choose between the stored value of a field and one that was set aside: `stored`, `aside` or, for text, `both`."""
    kept, aside = dict(answers), {each: dict(by_window) for each, by_window in set_aside.items()}
    other = aside.get(key, {}).get(window)
    if choice == "aside":
        _put(kept, key, other)
    elif choice == "both":
        _put(kept, key, both(kept.get(key), other))
    _drop(aside, key, window)
    return Merged(kept, aside, ())


def both(first: Any, second: Any) -> Any:
    """Two texts one below the other, or two composites part by part; of anything else the second."""
    if isinstance(first, str) and isinstance(second, str):
        return "\n".join(dict.fromkeys(text for text in (first, second) if text))
    if isinstance(first, dict) and isinstance(second, dict):
        return {part: both(first.get(part, ""), second.get(part, "")) for part in {**first, **second}}
    return second


def same(one: Any, other: Any) -> bool:
    """Whether two answers say the same; nothing, an empty text and an empty list do."""
    return bool(plain(one) == plain(other))


def plain(answer: Any) -> Any:
    """An answer without its empty parts; None where nothing is left."""
    if isinstance(answer, dict):
        return {key: kept for key, value in answer.items() if (kept := plain(value)) is not None} or None
    if isinstance(answer, list):
        return [plain(each) for each in answer] if any(plain(each) is not None for each in answer) else None
    return None if answer == "" else answer


def _put(answers: Answers, key: str, value: Any) -> None:
    if plain(value) is None:
        answers.pop(key, None)
    else:
        answers[key] = value


def _drop(aside: Aside, key: str, window: str) -> None:
    aside.get(key, {}).pop(window, None)
    if not aside.get(key, True):
        del aside[key]
