"""Reading a definition: a form, or all that is wrong with it at once."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import replace
from typing import Any, cast

from accord.domain.form_schema.crossing import Draft, in_order, note_crossings
from accord.domain.form_schema.field import FIRST_STEP, Field, right_by_default
from accord.domain.form_schema.form import FORMAT, Form, Step
from accord.domain.form_schema.kinds import KINDS
from accord.domain.form_schema.problems import FormError, Notes, Problem
from accord.domain.form_schema.settings import AN_OBJECT, Setting, Settings
from accord.domain.form_schema.shapes import SLUG, Shape, Slug, TwoLanguages
from accord.domain.wording import Listed, Text, Wording, quoted

MOST_KILOBYTES = 256
MOST_FIELDS = 200
MOST_STEPS = 20
A_FIELD, A_STEP, A_FORM = Wording("字段", "field"), Wording("步骤", "step"), Wording("表单", "form")
AUTHOR = Step(FIRST_STEP, Text("填写人", "Author"))


def read_form(body: object) -> Form:
    """Return the form a definition describes. Raises FormError with everything that is wrong with it."""
    notes = Notes()
    _refuse_bulk(body, notes)
    if not notes.problems:
        values = FORM.read(body, notes, A_FORM)
        drafts = values["fields"] or []
        steps = (AUTHOR,) if values["steps"] is None else values["steps"]
        note_crossings(drafts, {step.key for step in steps})
    if notes.problems:
        raise FormError(tuple(sorted(notes.problems, key=_number_of_field)))
    fields = tuple(cast(Field, draft.field) for draft in drafts)
    return Form(values["title"], values["intro"], steps, fields, in_order(fields))


def _number_of_field(problem: Problem) -> int:
    """Return where in the form it is: before the fields, or in which."""
    found = re.match(r"fields\[([0-9]+)\]", problem.place)
    return int(found[1]) if found else -1


def _refuse_bulk(body: object, notes: Notes) -> None:
    """Note what is no definition at all, before anybody walks through it."""
    if not isinstance(body, dict):
        notes.add("not_a_form")
        return
    try:
        size = len(json.dumps(body, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace"))
    except (TypeError, ValueError, RecursionError):
        notes.add("not_json")
        return
    if size > MOST_KILOBYTES * 1024:
        notes.add("form_too_large", most=MOST_KILOBYTES)


class Format(Shape):
    """The version of the format; there is one."""

    def read(self, raw: object, notes: Notes, name: Wording) -> Any:
        if raw != FORMAT or isinstance(raw, bool):
            notes.add("unknown_version", given=raw)
        return FORMAT


class Steps(Shape):
    """The turns people have at the form; none where something is wrong with them."""

    expected = Wording("列表", "a list")

    def read(self, raw: object, notes: Notes, name: Wording) -> Any:
        if not isinstance(raw, list | tuple):
            self.misshapen(notes, name)
            return ()
        if not 1 <= len(raw) <= MOST_STEPS:
            notes.add("wrong_count", name=name, least=1, most=MOST_STEPS, given=len(raw))
            return ()
        before = len(notes.problems)
        rows = [STEP.read(each, notes.at(number), A_STEP) for number, each in enumerate(raw)]
        steps = tuple(Step(**row) for row in rows) if len(notes.problems) == before else ()
        if steps and steps[0].key != FIRST_STEP:
            notes.at(0).at("key").add("first_step")
        seen: dict[str, Text] = {}
        for number, step in enumerate(steps):
            if step.key in seen:
                notes.at(number).at("key").add("key_twice", given=step.key, other=seen[step.key])
            seen[step.key] = step.label
        return steps


class Fields(Shape):
    """What is asked."""

    expected = Wording("列表", "a list")

    def read(self, raw: object, notes: Notes, name: Wording) -> Any:
        if not isinstance(raw, list | tuple):
            return self.misshapen(notes, name)
        if len(raw) > MOST_FIELDS:
            return notes.add("too_many_fields", given=len(raw), most=MOST_FIELDS)
        return [_draft(each, notes, number) for number, each in enumerate(raw)]


STEP = Settings(
    Setting("key", Wording("字段标识", "key"), Slug(), needed=True),
    Setting("label", Wording("名称", "label"), TwoLanguages(60), needed=True),
)
FORM = Settings(
    Setting("v", Wording("格式版本", "format version"), Format(), needed=True),
    Setting("title", Wording("表单标题", "title"), TwoLanguages(100), needed=True),
    Setting("intro", Wording("表单说明", "introduction"), TwoLanguages(2_000)),
    Setting("steps", Wording("填写步骤", "steps"), Steps()),
    Setting("fields", Wording("字段", "fields"), Fields(), needed=True),
)


def _draft(raw: object, notes: Notes, number: int) -> Draft:
    """Read one field as far as it can be read."""
    label = _label(raw, number)
    here = notes.at(number, field=label)
    if not isinstance(raw, dict):
        here.add("wrong_shape", name=A_FIELD, expected=AN_OBJECT)
        return Draft(None, label, here, {}, None)
    key = raw.get("key")
    key = key if isinstance(key, str) and SLUG.fullmatch(key) else None
    kind = raw.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        here.at("kind").add("unknown_kind", given=kind, choices=Listed(tuple(KINDS)))
        return Draft(key, label, here, {}, None)
    settings = KINDS[kind].settings
    values = settings.read(raw, here, A_FIELD)
    whole = settings.is_complete(values)
    field = _field(KINDS[kind], values, raw.get("default"), here) if whole else None
    return Draft(key, label, here, values, field)


def _label(raw: object, number: int) -> Text:
    """Return what to call a field in sentences, even where it has no label yet."""
    label = raw.get("label") if isinstance(raw, dict) else None
    zh, en = (label.get("zh"), label.get("en")) if isinstance(label, dict) else (label, None)
    if isinstance(zh, str) and zh.strip():
        return Text(str(quoted(zh.strip())), str(quoted(en)) if isinstance(en, str) else "")
    return Text(f"第 {number + 1} 个字段", f"Field {number + 1}")


def _field(kind: type[Field], values: dict[str, Any], default: object, notes: Notes) -> Field:
    rights = {step: right for step, right in values["rights"].items() if right != right_by_default(step)}
    field = kind(**{**values, "rights": rights})
    if field.required and not field.is_asked:
        notes.at("required").add("never_required")
    elif field.required and not field.core:
        notes.at("required").add("required_but_optional")
    field.flaws(notes)
    if kind.has_default and not field.is_empty(default):
        field = replace(field, default=field.take(default, notes.at("default"), Anybody()))
    return field


class Anybody:
    """Whom a default may name: that is checked when somebody hands it in."""

    def employee_exists(self, employee_id: int) -> bool:
        """Say yes."""
        return True

    def unit_exists(self, unit_id: int) -> bool:
        """Say yes."""
        return True

    def attachment_ids(self, field_key: str) -> Collection[int]:
        """Return none: a file cannot be a default."""
        return ()
