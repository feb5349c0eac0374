"""What the tests of the archive share."""

from collections.abc import Iterator

import pytest
from django.db import connection


@pytest.fixture
def unguarded(db: None) -> Iterator[None]:
    """The database of somebody who has the right to take its guards away, and does so for this test."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
        else:
            cursor.execute("SET session_replication_role = replica")
    yield
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = DEFAULT")
