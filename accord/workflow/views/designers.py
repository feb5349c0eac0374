"""What both designers answer: JSON to their islands, and the definition as a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, JsonResponse

from accord.workflow.queries.designers import definition_text, file_name_of
from accord.workflow.services.versions.kinds import AnyVersion


def told(answer: Mapping[str, Any], status: int = 200) -> JsonResponse:
    """An answer to the island, its Chinese as it is written."""
    return JsonResponse(answer, status=status, json_dumps_params={"ensure_ascii": False})


def definition_file(version: AnyVersion) -> HttpResponse:
    """The definition of a version, to be saved as a file."""
    response = HttpResponse(definition_text(version), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name_of(version)}"'
    return response
