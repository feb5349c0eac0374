"""Forms and flows as kinds of definitions, and the way to the kinds that apps above have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, Expression, Q, QuerySet, Subquery
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from accord.domain.flow_graph import FlowError, read_flow
from accord.domain.flow_graph import differences as flow_differences
from accord.domain.form_schema import FormError, predicted_seconds, read_form
from accord.domain.form_schema import differences as form_differences
from accord.domain.wording import Language
from accord.foundation.registry import table
from accord.people.models import RoleGrant
from accord.workflow.models import Definition, DefinitionVersion, Flow, FlowVersion, Form, FormVersion
from accord.workflow.services.versions.kind import Change, Fault, Kind


class FormKind(Kind[FormVersion]):
    """Forms."""

    code = key = "form"
    definitions, versions, unreadable = Form, FormVersion, FormError
    settings = ("budget_seconds",)
    archive_words = {
        "form.published": _("form published"),
        "form.retired": _("form retired"),
        "form.fields_frozen": _("fields of a form hidden"),
        "form.fields_unfrozen": _("fields of a form shown again"),
        "form.settings_changed": _("settings of a form changed"),
    }

    def blank_body(self, name: str) -> dict[str, Any]:
        """One step and no fields."""
        author = {"zh": "填写人", "en": "Author"}
        return {"v": 1, "title": {"zh": name}, "steps": [{"key": "start", "label": author}], "fields": []}

    def figures(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """How long it takes to fill in."""
        try:
            return {"predicted_seconds": predicted_seconds(read_form(body))}
        except FormError:
            return {"predicted_seconds": 0}

    def faults(self, version: FormVersion) -> Sequence[Fault]:
        """What is wrong with the form by itself."""
        try:
            read_form(version.body)
        except FormError as error:
            return error.problems
        return ()

    def parts(self, version: FormVersion, language: Language) -> dict[str, str]:
        """The fields, by key."""
        return {each.key: each.label.say(language) for each in read_form(version.body).fields}

    def changes(self, old: FormVersion, new: FormVersion, language: Language) -> list[Change]:
        """Field by field."""
        found = form_differences(read_form(old.body), read_form(new.body))
        return [(each.place, each.explain(language)) for each in found]

    def running(self) -> Expression:
        """Fills that nobody has handed in yet."""
        return Count("fills", filter=Q(fills__state="draft"))

    def listed(self, found: QuerySet[Any], published: QuerySet[Any]) -> QuerySet[Any]:
        """With the time it takes."""
        timed: QuerySet[Any] = found.annotate(seconds=Subquery(published.values("predicted_seconds")[:1]))
        return timed


class FlowKind(Kind[FlowVersion]):
    """Flows."""

    code = key = "flow"
    definitions, versions, unreadable = Flow, FlowVersion, FlowError
    settings = ("form_id", "is_offered")
    binding = ("form_id",)
    archive_words = {
        "flow.published": _("flow published"),
        "flow.retired": _("flow retired"),
        "flow.settings_changed": _("settings of a flow changed"),
    }

    def blank_body(self, name: str) -> dict[str, Any]:
        """A beginning."""
        return {"v": 1, "nodes": [{"kind": "start", "key": "start", "step": "start"}]}

    def faults(self, version: FlowVersion) -> Sequence[Fault]:
        """What is wrong with it, against the form in force."""
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
        """Step by step."""
        found = flow_differences(read_flow(old.body), read_flow(new.body))
        return [(each.key, each.explain(language)) for each in found]

    def running(self) -> Expression:
        """Instances on their way."""
        return Count("instances", filter=Q(instances__state="running"))

    def listed(self, found: QuerySet[Any], published: QuerySet[Any]) -> QuerySet[Any]:
        """With the form that is filled in."""
        return found.select_related("form")

    def with_all(self, versions: QuerySet[Any]) -> QuerySet[Any]:
        """With the form, against which a flow is checked."""
        return versions.select_related("flow__form", "saved_by", "made_by")


FORM, FLOW = FormKind(), FlowKind()


def kinds() -> dict[str, Kind[Any]]:
    """All kinds by code: forms, flows, and those of the table that the setting ACCORD_DESIGN_KINDS names."""
    above: dict[str, Kind[Any]] = {code: import_string(name) for code, name in table("ACCORD_DESIGN_KINDS").items()}
    return {FORM.code: FORM, FLOW.code: FLOW, **above}


def kind_of(definition: Definition) -> Kind[Any]:
    """The kind a definition is of."""
    return next(kind for kind in kinds().values() if isinstance(definition, kind.definitions))


def facts_about(version: DefinitionVersion) -> dict[str, Any]:
    """What every fact about a version carries: its kind, and the keys."""
    definition = version.definition
    return {"kind": kind_of(definition).code, "definition_id": definition.pk, "version_id": version.pk}


def subject_of(row: Definition | DefinitionVersion) -> str:
    """The name of a definition or version in events and in the archive."""
    return f"{row._meta.db_table}:{row.pk}"


def _of_form(form: Form | None) -> tuple[list[str] | None, list[str] | None]:
    """The steps and fields of a form in force; None where there is none, and nothing is checked against it."""
    published = form.versions.filter(state=DefinitionVersion.State.PUBLISHED).first() if form else None
    if published is None:
        return None, None
    read = read_form(published.body)
    return [step.key for step in read.steps], [field.key for field in read.fields]
