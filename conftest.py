"""Fixtures that every test may use."""

from collections.abc import Iterator

import pytest
from django.utils import translation

pytest_plugins = ["tests.cast"]


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """A page read in English leaves its thread in English; the next test begins in the default language again."""
    yield
    translation.deactivate()
