"""What the form designer is told about a form: how long it takes, what is to be mended, how two of it differ."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accord.domain.form_schema import Form as ReadForm
from accord.domain.form_schema import (
    FormError,
    Problem,
    differences,
    predicted_seconds,
    predicted_seconds_of,
    read_form,
)
from accord.foundation.language import readers_language
from accord.workflow.models import FormVersion
from accord.workflow.queries.designers import designer_page
from accord.workflow.queries.form_palette import designer_words, kind_signs, starters
from accord.workflow.services.versions.kinds import FORM

_FIELD = re.compile(r"fields\[(\d+)\]")


def form_designer_page(version: FormVersion) -> dict[str, Any]:
    """The JSON the form designer starts from."""
    names = ("save", "check", "preview")
    body = {**FORM.blank_body(version.form.name), **version.body}
    page = designer_page(
        version,
        addresses={name: reverse(f"workflow:form_designer_{name}", args=[version.pk]) for name in names},
        answer=verdict_on(body, version.form.budget_seconds),
        words=designer_words(),
    )
    return {**page, "definition": body, "starters": starters(), "kinds": kind_signs(), "reader": readers_language()[:2]}


def verdict_on(body: Mapping[str, Any], budget: int) -> dict[str, Any]:
    """What is to be mended, and the seconds the form takes, in all and by field.

    While something is wrong the time is that of the fields that are sound.
    """
    form, problems = _read(body)
    return {
        "problems": [_as_json(problem, body) for problem in problems],
        "budget": budget,
        **(_clock_of(form) if form else {"seconds": 0, "step": "", "shares": {}}),
    }


def difference_in_words(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[str]:
    """What `theirs` says otherwise than `mine`, a sentence each.

    Where one of them has something to mend, conditions are left out: what they ask for is what is most often missing.
    """
    for pair in ((mine, theirs), (_unconditional(mine), _unconditional(theirs))):
        try:
            found = differences(*map(read_form, pair))
        except FormError:
            continue
        return [difference.explain(readers_language()) for difference in found]
    return [_("They differ; in words only once everything is mended.")]


def _read(body: Mapping[str, Any]) -> tuple[ReadForm | None, tuple[Problem, ...]]:
    try:
        return read_form(body), ()
    except FormError as error:
        return _sound_part(body, error.problems), error.problems


def _clock_of(form: ReadForm) -> dict[str, Any]:
    """The seconds of the step with most to do, and the share each field has in them."""
    step = max(form.steps, key=lambda each: predicted_seconds(form, each.key))
    return {
        "seconds": predicted_seconds(form, step.key),
        "step": step.label.say(readers_language()),
        "shares": {field.key: float(predicted_seconds_of(field, step.key)) for field in form.fields},
    }


def _sound_part(body: Mapping[str, Any], problems: Sequence[Problem]) -> ReadForm | None:
    """The form without its faulty fields, and without conditions, which may ask for one of them."""
    faulty = {_place_of(problem) for problem in problems}
    fields = [field for at, field in enumerate(body["fields"]) if at not in faulty and field["kind"] != "calculated"]
    try:
        return read_form(_unconditional({**body, "title": {"zh": "-"}, "fields": fields}))
    except FormError:
        return None


def _unconditional(body: Mapping[str, Any]) -> dict[str, Any]:
    fields = [{name: said for name, said in field.items() if name != "visible_if"} for field in body["fields"]]
    return {**body, "fields": fields}


def _as_json(problem: Problem, body: Mapping[str, Any]) -> dict[str, Any]:
    at = _place_of(problem)
    key = None if at is None else body["fields"][at]["key"]
    return {"place": problem.place, "field": key, "sentence": problem.explain(readers_language())}


def _place_of(problem: Problem) -> int | None:
    found = _FIELD.match(problem.place)
    return int(found[1]) if found else None
