"""How forms and flows differ where their versions are concerned: how a body is read, checked and compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from accord.domain.flow_graph import FlowError, read_flow
from accord.domain.flow_graph import differences as flow_differences
from accord.domain.form_schema import FormError, predicted_seconds, read_form
from accord.domain.form_schema import differences as form_differences
from accord.domain.wording import Language
from accord.people.models import RoleGrant
from accord.workflow.models import DefinitionVersion, Flow, FlowVersion, Form, FormVersion

AnyDefinition = Form | Flow
AnyVersion = FormVersion | FlowVersion
Change = tuple[str, str]
"""The key of the field or step that changed (or another word for what did), and the change in one sentence."""


class Fault(Protocol):
    """Something that is wrong with a body."""

    def explain(self, language: Language) -> str:
        """Say it in one sentence."""


class FormKind:
    """Forms."""

    code = "form"

    def blank_body(self, name: str) -> dict[str, Any]:
        """What a new one says."""
        author = {"zh": "填写人", "en": "Author"}
        return {"v": 1, "title": {"zh": name}, "steps": [{"key": "start", "label": author}], "fields": []}

    def figures(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """Columns of the version that follow from its body."""
        try:
            return {"predicted_seconds": predicted_seconds(read_form(body))}
        except FormError:
            return {"predicted_seconds": 0}

    def faults(self, version: FormVersion) -> Sequence[Fault]:
        """What has to be mended before it can be published."""
        try:
            read_form(version.body)
        except FormError as error:
            return error.problems
        return ()

    def parts(self, version: FormVersion, language: Language) -> dict[str, str]:
        """The fields, by key."""
        return {each.key: each.label.say(language) for each in read_form(version.body).fields}

    def changes(self, old: FormVersion, new: FormVersion, language: Language) -> list[Change]:
        """What `new` says otherwise than `old`. Raises FormError where one of them cannot be read."""
        found = form_differences(read_form(old.body), read_form(new.body))
        return [(each.place, each.explain(language)) for each in found]


class FlowKind:
    """Flows."""

    code = "flow"

    def blank_body(self, name: str) -> dict[str, Any]:
        """What a new one says."""
        return {"v": 1, "nodes": [{"kind": "start", "key": "start", "step": "start"}]}

    def figures(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """Columns of the version that follow from its body: none."""
        return {}

    def faults(self, version: FlowVersion) -> Sequence[Fault]:
        """What has to be mended before it can be published, against the form in force."""
        steps, fields = _of_form(version.flow.form)
        try:
            read_flow(version.body, form_steps=steps, form_fields=fields, roles=RoleGrant.Role.values)
        except FlowError as error:
            return error.problems
        return ()

    def parts(self, version: FlowVersion, language: Language) -> dict[str, str]:
        """The steps, by key."""
        return {node.key: node.say(language) for node in read_flow(version.body).walk()}

    def changes(self, old: FlowVersion, new: FlowVersion, language: Language) -> list[Change]:
        """What `new` says otherwise than `old`. Raises FlowError where one of them cannot be read."""
        found = flow_differences(read_flow(old.body), read_flow(new.body))
        return [(each.key, each.explain(language)) for each in found]


FORM, FLOW = FormKind(), FlowKind()
UNREADABLE = (FormError, FlowError)


def kind_of(definition: AnyDefinition) -> Any:
    """Which of the two a definition is: FORM or FLOW."""
    return FORM if isinstance(definition, Form) else FLOW


def facts_about(version: AnyVersion) -> dict[str, Any]:
    """What every fact about a version carries: which of the two it is, and the keys."""
    definition = version.definition
    return {"kind": kind_of(definition).code, "definition_id": definition.pk, "version_id": version.pk}


def subject_of(row: AnyDefinition | AnyVersion) -> str:
    """The name of a definition or version in events and in the archive."""
    return f"{row._meta.db_table}:{row.pk}"


def _of_form(form: Form | None) -> tuple[list[str] | None, list[str] | None]:
    """The steps and fields of a form in force; None where there is none, and nothing is checked against it."""
    published = form.versions.filter(state=DefinitionVersion.State.PUBLISHED).first() if form else None
    if published is None:
        return None, None
    read = read_form(published.body)
    return [step.key for step in read.steps], [field.key for field in read.fields]
