"""What the designer of assessment models says by itself, and the scoring methods as it offers them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from accord.domain.assessment_model import METHODS, Parameter, ScoringMethod
from accord.foundation.language import readers_language


def designer_words() -> dict[str, Any]:
    """Announcements and sentences with places in braces."""
    return {
        "added": _("“{name}” is added, {place} of {count}."),
        "moved": _("“{name}” is now {place} of {count} in “{dimension}”."),
        "deleted": _("“{name}” was taken out."),
        "dimension_deleted": _("The dimension “{name}” was taken out."),
        "unknown_metric": _("Metric that is not in use"),
        "unnamed": _("Unnamed dimension"),
        "complete": _("The weights make 100 %."),
        "too_little": _("{rest} % are still to be given out."),
        "too_much": _("{rest} % too much."),
        "cannot_even": _("The ranges leave no way to 100 %: widen one of them first."),
        "evened": _("Evened out to 100 %."),
        "taken": _("in the model"),
        "no_curve": _("The curve appears as soon as target and parameters fit each other."),
        "range": _("{least}–{most} %"),
        "levels": level_words(),
    }


def level_words() -> dict[str, str]:
    """What the levels and axes of a curve are called."""
    return {
        "target": _("Target"),
        "threshold": _("Threshold"),
        "stretch": _("Stretch"),
        "actual": _("Actual"),
        "score": _("Score"),
    }


def new_dimension() -> dict[str, str]:
    """What a dimension is called before somebody names it."""
    return {"zh": "新维度", "en": "New dimension"}


def methods_offered() -> list[dict[str, Any]]:
    """The scoring methods, with what each one asks for."""
    return [_method(each) for each in METHODS.values()]


def _method(method: ScoringMethod) -> dict[str, Any]:
    language = readers_language()
    return {
        "code": method.code,
        "name": method.name.say(language),
        "levels": method.levels,
        "start": method.starting_params,
        "parameters": [_parameter(each) for each in method.parameters],
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    language = readers_language()
    return {
        "name": parameter.name,
        "label": parameter.label.say(language),
        "default": parameter.default or "",
        "shape": parameter.shape,
        "choices": [{"code": code, "name": name.say(language)} for code, name in (parameter.choices or {}).items()],
    }
