"""How long a feedback takes, by the same keystroke-level estimate as any form (docs/form-time.md)."""

from __future__ import annotations

from functools import cache

from accord.domain.form_schema import predicted_seconds, read_form


@cache
def predicted() -> int:
    """Seconds for a usual feedback: a person, the kind, and the three parts; who reads it stands as it is."""
    kinds = [{"value": "recognition", "label": "认可"}, {"value": "development", "label": "待改进"}]
    fields = [
        {"key": "receiver", "kind": "person", "label": "反馈给谁", "core": True, "required": True},
        {"key": "about", "kind": "choice", "label": "类型", "core": True, "required": True, "options": kinds},
        {"key": "words", "kind": "sbi", "label": "情境、行为、影响", "core": True, "required": True},
    ]
    return predicted_seconds(read_form({"v": 1, "title": "反馈", "fields": fields}))
