"""A form as it will look to a step, before it is kept anywhere: rendered by what renders the real one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from accord.domain.form_schema import FormError
from accord.foundation.language import readers_language
from accord.people.models import Employee
from accord.workflow.errors.versions import DefinitionFaulty
from accord.workflow.forms.answers import posted
from accord.workflow.models import FormFill, FormVersion
from accord.workflow.queries.fills import form_page, told_after_save
from accord.workflow.queries.schema import form_of

NOWHERE = 0
"""The key of a fill that is in no database; nothing is ever handed in to it."""


def preview_page(version: FormVersion, body: Mapping[str, Any], step: str, looker: Employee) -> dict[str, Any]:
    """The context of the form at a step. Raises DefinitionFaulty while something is to be mended."""
    return form_page(_fill(version, body, looker), step, readers_language())


def preview_told(
    version: FormVersion, body: Mapping[str, Any], step: str, looker: Employee, written: str
) -> dict[str, Any]:
    """Which fields the answers written so far show, and what is calculated from them."""
    fill = _fill(version, body, looker)
    changes = posted(fill.version, step, QueryDict(written)).changes
    fill.answers = {key: change.after for key, change in changes.items()}
    return told_after_save(fill, step, readers_language(), seen_revision=fill.revision)


def _fill(version: FormVersion, body: Mapping[str, Any], looker: Employee) -> FormFill:
    drawn = FormVersion(form=version.form, number=version.number, body=body)
    try:
        form_of(drawn)
    except FormError as error:
        problem = error.problems[0].explain(readers_language())
        raise DefinitionFaulty(number=version.number, problem=problem) from error
    return FormFill(pk=NOWHERE, version=drawn, author=looker)
