"""How long a feedback takes, by the same keystroke-level estimate as any form (docs/form-time.md)."""

from __future__ import annotations

from functools import cache

from accord.domain.form_schema import predicted_seconds, read_form


@cache
def predicted() -> int:
    """Seconds for a usual feedback: a person, two choices with who reads it as it stands, three sentences."""
    sentence = {"kind": "text", "core": True, "required": True, "max_length": 30}
    fields = [
        {"key": "receiver", "kind": "person", "label": "反馈给谁", "core": True, "required": True},
        {"key": "situation", "label": "情境", **sentence},
        {"key": "behaviour", "label": "行为", **sentence},
        {"key": "impact", "label": "影响", **sentence},
    ]
    return predicted_seconds(read_form({"v": 1, "title": "反馈", "fields": fields}))
