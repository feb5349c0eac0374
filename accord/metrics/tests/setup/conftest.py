"""A ticket system for whoever asks for one; nothing is remembered from another test."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from accord.metrics.tests.setup.builders import TicketSystem, ticket_system


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def system() -> Iterator[TicketSystem]:
    """A running ticket system."""
    with ticket_system() as running:
        yield running
