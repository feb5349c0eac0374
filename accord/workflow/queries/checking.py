"""What the form itself says about answers: what is there to see, what follows from them, what is wrong with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accord.domain.form_schema.looking import Look
from accord.domain.form_schema.problem_words import WORDINGS
from accord.domain.form_schema.problems import Notes, Problem
from accord.foundation.language import readers_language
from accord.people.models import Employee, OrgUnit
from accord.workflow.models import Attachment, FormFill, FormVersion
from accord.workflow.queries.schema import Settings, about, editable_keys, fields_of, form_of, frozen_in, steps_of

_UNFOUND = {
    "person": gettext_lazy("“%(text)s” names nobody who works here, or more than one; give the number."),
    "org_unit": gettext_lazy("“%(text)s” is no organisation unit, or the name of several; give the path."),
}


def looks(fill: FormFill, step: str, answers: Mapping[str, Any]) -> list[Look]:
    """How the form looks at a step, optional fields opened; at every step for somebody who has none."""
    form, steps = form_of(fill.version), steps_of(fill.version)
    asked = [step] if step in steps else steps
    frozen, readable = frozen_in(fill.version), sound(fill.version, answers)
    return [form.look(readable, each, extra=about(fill), frozen=frozen, show_optional=True) for each in asked]


def seen_in(looked: Iterable[Look]) -> frozenset[str]:
    """The fields that can be seen in one of some looks."""
    return frozenset(state.key for look in looked for state in look if state.visible)


def sound(version: FormVersion, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers a form can work with: a draft also keeps what is half typed."""
    form = form_of(version)
    found, _unfound = _without_unfound(fields_of(version), answers)
    kept = {}
    for key, answer in found.items():
        field, notes = form.field(key), Notes(key)
        taken = answer if not field.is_asked or field.kind == "attachment" else field.take(answer, notes, _ANYBODY)
        if not notes.problems:
            kept[key] = taken
    return kept


def offered_keys(fill: FormFill, step: str, answers: Mapping[str, Any]) -> frozenset[str]:
    """The fields that were there to be filled in at a step, given the answers."""
    return seen_in(looks(fill, step, answers)) & editable_keys(fill.version, step, with_files=True)


class Anybody:
    """Takes every person, unit and file as there: for looking at a draft, not for keeping it."""

    def employee_exists(self, employee_id: int) -> bool:
        return True

    def unit_exists(self, unit_id: int) -> bool:
        return True

    def attachment_ids(self, field_key: str) -> Collection[int]:
        return ()


_ANYBODY = Anybody()


@dataclass(frozen=True)
class InStore:
    """What submitted answers may point at: people who work here, units in use, files handed in with this fill."""

    fill: FormFill

    def employee_exists(self, employee_id: int) -> bool:
        return Employee.objects.filter(pk=employee_id).exclude(status=Employee.Status.LEFT).exists()

    def unit_exists(self, unit_id: int) -> bool:
        return OrgUnit.objects.filter(pk=unit_id, is_active=True).exists()

    def attachment_ids(self, field_key: str) -> Collection[int]:
        return frozenset(Attachment.objects.filter(fill=self.fill, field_key=field_key).values_list("pk", flat=True))


def checked_answers(
    fill: FormFill, step: str, answers: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """The answers as they are kept at submission, and what is wrong with them in the reader's language."""
    found, unfound = _without_unfound(fields_of(fill.version), answers)
    stored = sound(fill.version, fill.answers)
    checked = form_of(fill.version).check(
        found, step, stored=stored, frozen=frozen_in(fill.version), known=InStore(fill), extra=about(fill)
    )
    problems = {place: [_in_words(each) for each in wrong] for place, wrong in checked.problems.items()}
    problems |= unfound
    # Only whoever may write there can choose; what another step left open holds up nobody.
    for key in fill.set_aside.keys() & editable_keys(fill.version, step):
        problems.setdefault(key, []).append(_("Two windows wrote this; choose what stays."))
    return dict(checked.answers), problems


def _without_unfound(
    fields: Iterable[Settings], answers: Mapping[str, Any], place: str = ""
) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """The answers without people and units that are still a text because nobody was found by it.

    The text might be a number, and must not be taken for a key.
    """
    kept, problems = dict(answers), {}
    for settings in fields:
        key, answer = settings["key"], answers.get(settings["key"])
        if settings["kind"] in _UNFOUND and isinstance(answer, str):
            kept.pop(key)
            problems[f"{place}{key}"] = [str(_UNFOUND[settings["kind"]]) % {"text": answer}]
        if settings["kind"] == "table" and isinstance(answer, list):
            rows = [
                _without_unfound(settings["columns"], row, f"{key}[{number}].") for number, row in enumerate(answer)
            ]
            kept[key] = [row for row, _problems in rows]
            problems |= {where: words for _row, found in rows for where, words in found.items()}
    return kept, problems


def _in_words(problem: Problem) -> str:
    # The sentence stands beside its field, so it need not name it.
    return WORDINGS[problem.code].say(readers_language(), problem.values)
