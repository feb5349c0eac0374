"""How two versions of a form differ, in words and in the order of the form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

from accord.domain.form_schema.difference_words import WORDINGS
from accord.domain.form_schema.field import EVERYWHERE, RIGHTS, Field, right_by_default
from accord.domain.form_schema.form import Form, Step
from accord.domain.form_schema.kinds.options import Rows
from accord.domain.form_schema.kinds.table import Columns
from accord.domain.form_schema.settings import Setting
from accord.domain.wording import LANGUAGES, Language, Listed, Text, Wording, quoted

SWITCHES = ("required", "core")
# What is said in sentences of its own.
APART = ("key", "label", "rights", *SWITCHES)
DEFAULT = Wording("默认值", "default")


@dataclass(frozen=True, slots=True)
class Difference:
    """One change. `place` is the key of the field, or `title`, `intro`, `steps`."""

    code: str
    place: str
    values: Mapping[str, object]

    def explain(self, language: Language) -> str:
        """Return it as one sentence."""
        return WORDINGS[self.code].say(language, self.values)


def differences(old: Form, new: Form) -> list[Difference]:
    """Return what changed from `old` to `new`; a field is the same one as long as its key is."""
    return [*_of_texts(old, new), *_of_steps(old.steps, new.steps), *_of_fields(old, new)]


def _of_texts(old: Form, new: Form) -> Iterator[Difference]:
    if old.title != new.title:
        yield Difference("title_changed", "title", _both(old.title, new.title))
    if old.intro != new.intro:
        code = "intro_removed" if new.intro is None else "intro_added" if old.intro is None else "intro_changed"
        yield Difference(code, "intro", _both(old.intro, new.intro))


def _of_steps(old: tuple[Step, ...], new: tuple[Step, ...]) -> Iterator[Difference]:
    before, after = ({step.key: step.label for step in steps} for steps in (old, new))
    for key, label in before.items():
        if key not in after:
            yield Difference("step_removed", "steps", {"step": label})
    for key, label in after.items():
        if key not in before:
            yield Difference("step_added", "steps", {"step": label})
        elif before[key] != label:
            yield Difference("step_renamed", "steps", _both(before[key], label))
    if [key for key in before if key in after] != [key for key in after if key in before]:
        yield Difference("steps_reordered", "steps", {"new": Listed(tuple(after.values()))})


def _of_fields(old: Form, new: Form) -> Iterator[Difference]:
    before, after = ({field.key: field for field in form.fields} for form in (old, new))
    moved = _moved(list(before), list(after))
    removed = list(_removed(old.fields, after))
    for number, field in enumerate(new.fields):
        while removed and removed[0][0] <= number:
            yield removed.pop(0)[1]
        if field.key not in before:
            yield Difference(
                "required_field_added" if field.required else "field_added",
                field.key,
                {"field": field.label, "kind": field.words},
            )
            continue
        yield from _of_field(before[field.key], field, field.key, field.label)
        yield from _of_rights(before[field.key], field, new.steps, {step.key for step in old.steps})
        if field.key in moved:
            yield _move(field, new.fields[number - 1] if number else None)
    yield from (difference for _number, difference in removed)


def _removed(fields: tuple[Field, ...], after: Mapping[str, Field]) -> Iterator[tuple[int, Difference]]:
    """Yield what is gone, each with the place it had."""
    for number, field in enumerate(fields):
        if field.key not in after:
            yield number, Difference("field_removed", field.key, {"field": field.label, "kind": field.words})


def _moved(before: list[str], after: list[str]) -> set[str]:
    """Return the keys that no longer stand between the same neighbours, as few as a reader would name."""
    old, new = [key for key in before if key in after], [key for key in after if key in before]
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return set(new) - {key for block in blocks for key in new[block.b : block.b + block.size]}


def _move(field: Field, behind: Field | None) -> Difference:
    if behind is None:
        return Difference("moved_first", field.key, {"field": field.label})
    return Difference("moved_behind", field.key, {"field": field.label, "other": behind.label})


def _of_field(old: Field, new: Field, place: str, called: Text) -> Iterator[Difference]:
    """Yield what changed in one field, or in one column; `called` is what to call it."""
    if old.label != new.label:
        yield Difference("field_renamed", place, _both(old.label, called))
    for switch in SWITCHES:
        if getattr(old, switch) is not getattr(new, switch):
            yield Difference(f"{switch}_{'on' if getattr(new, switch) else 'off'}", place, {"field": called})
    settings: tuple[Setting, ...] = EVERYWHERE
    if old.kind == new.kind:
        settings = tuple(new.settings)
    else:
        yield Difference("kind_changed", place, {"field": called, **_both(old.words, new.words)})
    for setting in settings:
        was, now = getattr(old, setting.name), getattr(new, setting.name)
        if setting.name not in APART and was != now:
            yield from _of_setting(setting, was, now, place, called)
    if old.kind == new.kind and old.default != new.default:
        yield _change(DEFAULT, place, called, _said_default(old), _said_default(new))


def _of_setting(setting: Setting, was: Any, now: Any, place: str, called: Text) -> Iterator[Difference]:
    if isinstance(setting.shape, Rows | Columns):
        yield from _of_rows(setting.words, _labels(was), _labels(now), place, called)
        if isinstance(setting.shape, Columns):
            yield from _of_columns(was, now, place, called)
    else:
        said = [None if value is None else setting.shape.said(value) for value in (was, now)]
        yield _change(setting.words, place, called, *said)


def _labels(rows: tuple[Any, ...]) -> dict[Any, Text]:
    """Return the labels of options, anchors or columns by what tells them apart."""
    return {row.key if isinstance(row, Field) else row.value: row.label for row in rows}


def _of_rows(
    words: Wording, was: Mapping[Any, Text], now: Mapping[Any, Text], place: str, called: Text
) -> Iterator[Difference]:
    about: dict[str, object] = {"field": called, "setting": words}
    for key in was:
        if key not in now:
            yield Difference("row_removed", place, {**about, "old": was[key]})
    for key in now:
        if key not in was:
            yield Difference("row_added", place, {**about, "new": now[key]})
        elif was[key] != now[key]:
            yield Difference("row_renamed", place, {**about, **_both(was[key], now[key])})
    if [key for key in was if key in now] != [key for key in now if key in was]:
        yield Difference("rows_reordered", place, {**about, "new": Listed(tuple(now.values()))})


def _of_columns(was: tuple[Field, ...], now: tuple[Field, ...], place: str, called: Text) -> Iterator[Difference]:
    before = {column.key: column for column in was}
    for column in now:
        if column.key in before:
            inside = [f"{called.say(language)} · {column.label.say(language)}" for language in LANGUAGES]
            # A new label was told among the columns.
            old = replace(before[column.key], label=column.label)
            yield from _of_field(old, column, place, Text(*inside))


def _of_rights(old: Field, new: Field, steps: tuple[Step, ...], old_steps: set[str]) -> Iterator[Difference]:
    """Yield where a step may do something else; a step that is new could so far do what every new step can."""
    for step in steps:
        was = old.right(step.key) if step.key in old_steps else right_by_default(step.key)
        now = new.right(step.key)
        if was != now:
            values = {"field": new.label, "step": step.label, "old": RIGHTS[was], "new": RIGHTS[now]}
            yield Difference("right_changed", new.key, values)


def _change(words: Wording, place: str, called: Text, old: object, new: object) -> Difference:
    code = "setting_cleared" if new is None else "setting_set" if old is None else "setting_changed"
    return Difference(code, place, {"field": called, "setting": words, **_both(old, new)})


def _both(old: object, new: object) -> dict[str, object]:
    """Return both sides, each cut to what a sentence can carry."""
    return {"old": _short(old), "new": _short(new)}


def _short(value: object) -> object:
    if isinstance(value, Text):
        return Text(*(str(quoted(value.say(language))) for language in LANGUAGES))
    return value if isinstance(value, Decimal) else quoted(value)


def _said_default(field: Field) -> Text | None:
    if field.default is None:
        return None
    return Text(*(field.as_text(field.default, language, Numbers()) for language in LANGUAGES))


class Numbers:
    """Names for where nobody can be asked: the number itself."""

    def employee_name(self, employee_id: int) -> str:
        """Return the number of a person."""
        return f"#{employee_id}"

    unit_name = file_name = employee_name
