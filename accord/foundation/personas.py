"""People of the demo company whom a visitor may become with one click."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from accord.foundation.errors import Text
from accord.foundation.registry import table


@dataclass(frozen=True)
class Persona:
    """Somebody worth being: the account, a name with position, and one line why."""

    username: str
    label: Text
    reason: Text = ""


def personas(request: HttpRequest) -> dict[str, Any]:
    """Template context: the personas, in a demo and nowhere else."""
    return {"demo_personas": table("ACCORD_PERSONAS")} if settings.DEMO else {}
