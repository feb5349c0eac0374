"""Gentle hints about the wording of feedback, worked out here and nowhere else: no text leaves the machine."""

from accord.domain.feedback_hints.hints import Hint, HintKind, hints_of, is_specific, one_sided

__all__ = ["Hint", "HintKind", "hints_of", "is_specific", "one_sided"]
