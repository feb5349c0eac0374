"""What a flow is about, as a text that can be signed: the answers of its form, or the values given along."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from accord.domain.expressions import Value
from accord.domain.form_schema import Look
from accord.domain.form_schema.looking import FieldState
from accord.domain.wording import Language
from accord.foundation.clock import organisation_day
from accord.people.models import Employee, OrgUnit
from accord.workflow.models import Attachment, FlowInstance
from accord.workflow.queries.schema import ONLOOKER, form_of, frozen_in

LANGUAGE: Language = "zh-hans"
"""What is signed is in the language of the organisation, whoever reads it."""


class Names:
    """The words for keys in answers."""

    def employee_name(self, employee_id: int) -> str:
        """Name and number of somebody."""
        person = Employee.objects.filter(pk=employee_id).first()
        return f"{person.name}（{person.employee_no}）" if person else str(employee_id)

    def unit_name(self, unit_id: int) -> str:
        """The path of a unit."""
        unit = OrgUnit.objects.filter(pk=unit_id).first()
        return unit.path if unit else str(unit_id)

    def file_name(self, attachment_id: int) -> str:
        """The name of a file with its digest, so that the signed text says which file it was."""
        file = Attachment.objects.filter(pk=attachment_id).first()
        return f"{file.file_name}（SHA-256 {file.digest}）" if file else str(attachment_id)


def text_of(instance: FlowInstance) -> tuple[str, str, dict[str, Any]]:
    """Title, text and structured content of what is signed in an instance."""
    number = f"{instance.version.flow.name} v{instance.version.number}"
    heading = [f"流程：{number}", f"发起人：{instance.starter.name}（{instance.starter.employee_no}）"]
    if instance.person_id != instance.starter_id:
        heading.append(f"当事人：{instance.person.name}（{instance.person.employee_no}）")
    lines = [*heading, "", *(_answers(instance) if instance.fill_id else _values(instance.values))]
    content = {"flow": number, "answers": _shared_answers(instance), "values": instance.values}
    return instance.title, "\n".join(lines), _plain(content)


def look_of(instance: FlowInstance) -> Look:
    """What stands in the form of an instance, seen by nobody in particular."""
    fill = instance.fill
    if fill is None:
        raise ValueError("this flow has no form")
    about: dict[str, Value] = {"today": organisation_day(), **people_of(instance)}
    return form_of(fill.version).look(fill.answers, ONLOOKER, extra=about, frozen=frozen_in(fill.version))


def people_of(instance: FlowInstance) -> dict[str, str]:
    """What conditions may ask about the people of an instance."""
    people = Employee.objects.select_related("org_unit", "position").in_bulk([instance.person_id, instance.starter_id])
    about = {"person": people[instance.person_id], "starter": people[instance.starter_id]}
    return {
        f"{who}.{what}": value
        for who, person in about.items()
        for what, value in (
            ("employee_no", person.employee_no),
            ("org_unit", person.org_unit.path),
            ("position", person.position.name),
        )
    }


def _answers(instance: FlowInstance) -> Iterator[str]:
    names = Names()
    for state in _shared(instance):
        yield f"{state.field.label.say(LANGUAGE)}：{state.field.as_text(state.answer, LANGUAGE, names)}"


def _shared_answers(instance: FlowInstance) -> dict[str, Any]:
    """The same for programs, word for word as they are stored."""
    if instance.fill is None:
        return {}
    answers = instance.fill.answers
    return {state.key: answers[state.key] for state in _shared(instance) if state.key in answers}


def _shared(instance: FlowInstance) -> list[FieldState]:
    """What was answered in fields no step hides: whoever signs reads the whole document, in whatever step they were."""
    return [state for state in look_of(instance) if state.given and "hide" not in state.field.rights.values()]


def _values(values: Mapping[str, Any]) -> Iterator[str]:
    for name, value in values.items():
        yield f"{name}：{value}"


def _plain(value: Any) -> Any:
    """A value as a document may hold it: whole numbers and texts."""
    return json.loads(json.dumps(value, ensure_ascii=False, default=str), parse_float=str)
