"""The attribution in sentences, for a page and for the weekly mail."""

from __future__ import annotations

from accord.domain.wording import Language
from accord.metrics.queries.driver_trees.slips import Slip
from accord.metrics.queries.driver_trees.views import TreeView


def sentences(view: TreeView, language: Language, slip: Slip | None = None) -> list[str]:
    """What moved the root and why, in numbers that add up; and, if given, which driver slipped and since when."""
    raise NotImplementedError
