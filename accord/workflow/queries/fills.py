"""A form as somebody sees it at a step: what stands on its page, and what a save tells the window that sent it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.crypto import get_random_string

from accord.people.access import Actor, visible_employees
from accord.workflow.forms.answers import written
from accord.workflow.models import Attachment, FormFill
from accord.workflow.queries.checking import looks, seen_in
from accord.workflow.queries.field_views import FieldView, Problems, Reading, said, view_of
from accord.workflow.queries.form_use import expected_seconds
from accord.workflow.queries.names import Names, names_in
from accord.workflow.queries.schema import Settings, editable_keys, fields_of, is_frozen, right_of


@dataclass(frozen=True)
class Filling:
    """What `workflow/form_fields.html` draws. `shown` is what the window starts from, so that saves can be merged."""

    fill: FormFill
    step: str
    title: str
    intro: str
    main: tuple[FieldView, ...]
    optional: tuple[FieldView, ...]
    is_editable: bool
    shown: str
    window: str
    opened: str
    problem_count: int

    @property
    def minutes(self) -> int:
        """What filling it in takes, in whole minutes."""
        return -(-expected_seconds(self.fill.version) // 60)

    @property
    def optional_count(self) -> int:
        """How many optional fields a condition does not hide just now."""
        return sum(each.is_visible and each.kind != "heading" for each in self.optional)

    @property
    def opens_optional(self) -> bool:
        """Whether the optional fields stand open: one of them has an answer or a problem."""
        return any(each.is_filled or each.problems or each.asides for each in self.optional)

    @property
    def progress(self) -> dict[str, int]:
        """How many of the core fields that are asked have an answer."""
        asked = [each for each in self.main if each.is_editable and each.is_visible]
        return {"filled": sum(each.is_filled for each in asked), "of": len(asked)}


def form_page(
    fill: FormFill,
    step: str,
    language: str,
    *,
    reader: Actor | None = None,
    editable: bool = True,
    problems: Problems | None = None,
) -> dict[str, Any]:
    """The context of `workflow/form_fields.html` for a step.

    `editable` false shows everything to be read. Prefilled metric values are shown to a `reader` who may see the
    numbers of the person they are about, and withheld from everybody else. `problems` are those of AnswersNotAccepted.
    """
    return {"filling": _filling(fill, step, language, reader, editable, problems or {})}


def told_after_save(fill: FormFill, step: str, language: str, seen_revision: int) -> dict[str, Any]:
    """What a save answers: the fields to be seen, what is calculated, and what other windows have saved since."""
    filling = _filling(fill, step, language, None, True, {})
    views = [*filling.main, *filling.optional]
    return {
        "revision": fill.revision,
        "visible": [each.key for each in views if each.is_visible],
        "optional": filling.optional_count,
        "values": {each.key: each.text for each in views if each.kind == "calculated"},
        "progress": filling.progress,
        "answers": json.loads(filling.shown) if fill.revision > seen_revision + 1 else {},
    }


def _filling(
    fill: FormFill, step: str, language: str, reader: Actor | None, editable: bool, problems: Problems
) -> Filling:
    version, body = fill.version, fill.version.body
    settings = [each for each in fields_of(version) if not is_frozen(version, each) and right_of(each, step) != "hide"]
    names = names_in(settings, fill.answers, *_asides(fill))
    reading = _reading(fill, step, language, names, reader)
    writes = editable_keys(version, step, with_files=True) if editable else frozenset()
    views = [view_of(each, reading, each["key"] in writes, problems) for each in settings]
    return Filling(
        fill=fill,
        step=step,
        title=said(body.get("title"), language),
        intro=said(body.get("intro"), language),
        main=_without_bare_headings([each for each in views if not each.is_optional]),
        optional=_without_bare_headings([each for each in views if each.is_optional]),
        is_editable=bool(writes),
        shown=_shown(settings, writes, fill.answers, names),
        window=get_random_string(8),
        opened=timezone.now().isoformat(),
        problem_count=sum(map(len, problems.values())),
    )


def _reading(fill: FormFill, step: str, language: str, names: Names, reader: Actor | None) -> Reading:
    looked = looks(fill, step, fill.answers)
    person = fill.person_id or fill.author_id
    return Reading(
        answers=fill.answers,
        set_aside=fill.set_aside,
        visible=seen_in(looked),
        calculated={key: value for look in looked for key, value in look.calculated.items()},
        language=language,
        names=names,
        files=list(Attachment.objects.filter(fill=fill).order_by("pk")),
        sees_numbers=reader is not None and visible_employees(reader).filter(pk=person).exists(),
    )


def _asides(fill: FormFill) -> list[Mapping[str, Any]]:
    return [{key: value} for key, by_window in fill.set_aside.items() for value in by_window.values()]


def _shown(settings: Sequence[Settings], writes: frozenset[str], answers: Mapping[str, Any], names: Names) -> str:
    shown = {each["key"]: written(each, answers.get(each["key"]), names) for each in settings if each["key"] in writes}
    return json.dumps(shown, ensure_ascii=False)


def _without_bare_headings(views: Sequence[FieldView]) -> tuple[FieldView, ...]:
    """The fields without headings under which none of them stands."""
    kept: list[FieldView] = []
    for view in reversed(views):
        if view.kind != "heading" or (kept and kept[-1].kind != "heading") or (kept and kept[-1].level > view.level):
            kept.append(view)
    return tuple(reversed(kept))
