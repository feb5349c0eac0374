"""How forms and flows differ where their versions are concerned: how a body is read, checked and compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accord.workflow.models import Flow, FlowVersion, Form, FormVersion

AnyDefinition = Form | Flow
AnyVersion = FormVersion | FlowVersion


@dataclass(frozen=True)
class DefinitionKind:
    """One of the two. `code` is what events, addresses and templates call it."""

    code: str

    def blank_body(self, name: str) -> dict[str, Any]:
        """What a new one says."""
        raise NotImplementedError

    def figures(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """Columns of the version that follow from its body."""
        return {}


class FormKind(DefinitionKind):
    """Forms."""

    def blank_body(self, name: str) -> dict[str, Any]:
        return {
            "v": 1,
            "title": {"zh": name},
            "steps": [{"key": "start", "label": {"zh": "填写人", "en": "Author"}}],
            "fields": [],
        }


class FlowKind(DefinitionKind):
    """Flows."""

    def blank_body(self, name: str) -> dict[str, Any]:
        return {"v": 1, "nodes": [{"kind": "start", "key": "start", "step": "start"}]}


FORM, FLOW = FormKind("form"), FlowKind("flow")


def kind_of(definition: AnyDefinition) -> DefinitionKind:
    """Which of the two a definition is."""
    return FORM if isinstance(definition, Form) else FLOW
