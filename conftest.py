"""Fixtures that every test may use."""

from collections.abc import Iterator

import pytest
from django.utils import translation

pytest_plugins = ["tests.cast"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The sweep takes minutes: it comes first, so that no process is left alone with it at the end."""
    items.sort(key=lambda item: "permission_sweep" not in item.nodeid)


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """A page read in English leaves its thread in English; the next test begins in the default language again."""
    yield
    translation.deactivate()
