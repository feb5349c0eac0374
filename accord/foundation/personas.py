"""People of the demo company whom a visitor may become with one click."""

import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from accord.foundation.errors import Text
from accord.foundation.registry import table

# “Ann Lee, manager”, “李明，主管”, “李明 主管”.
_END_OF_NAME = re.compile(r"[,，·]|(?<=[\u4e00-\u9fff]) ")


DEMO_PASSWORD = "yuanhang-demo"  # noqa: S105 (the demo tells it to every visitor)
"""What the people of the demo company sign with."""


@dataclass(frozen=True)
class Persona:
    """Somebody worth being: the account, a label “name, position”, and one line why."""

    username: str
    label: Text
    reason: Text = ""

    @property
    def name(self) -> str:
        """The label without the position."""
        return _END_OF_NAME.split(str(self.label))[0].strip()


def personas(request: HttpRequest) -> dict[str, Any]:
    """Template context: the personas and their password, in a demo and nowhere else."""
    return {"demo_personas": table("ACCORD_PERSONAS"), "demo_password": DEMO_PASSWORD} if settings.DEMO else {}
