"""One reading of everything gives what many small ones give, however the changes are cut."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accord.metrics.models import Connection, Measurement, SourceRow
from accord.metrics.services.sync import sync
from accord.metrics.tests.builders import stored
from accord.metrics.tests.sync import builders
from accord.metrics.tests.sync.builders import FIRST_ANSWER, RESOLVED, SPENT, FakeSource, connection, landed, mapping
from tests.cast import Cast

pytestmark = pytest.mark.django_db

_TICKET = st.tuples(
    st.just("tickets"),
    st.integers(1, 5),
    st.fixed_dictionaries(
        {
            "owner": st.sampled_from(["a011@example.com", "a012@example.com", "nobody@example.com", None]),
            "created": st.sampled_from(["2026-10-05T02:00:00Z", "2026-10-11T17:00:00Z", "2026-10-13T02:00:00Z", ""]),
            "status": st.sampled_from(["open", "resolved"]),
            "amount": st.sampled_from([0, "1.5", "-2.25", "x", 7]),
        }
    ),
)
_ANSWER = st.tuples(
    st.just("answers"),
    st.integers(1, 3),
    st.fixed_dictionaries(
        {
            "ticket": st.integers(1, 5),
            "at": st.sampled_from(["2026-10-05T03:00:00Z", "2026-10-13T05:30:00Z", "2026-10-01T00:00:00Z"]),
        }
    ),
)
_CHANGES = st.lists(st.tuples(_TICKET | _ANSWER, st.booleans()), max_size=14)


def _connection(name: str) -> Connection:
    made = connection(name=name)
    for metric, rule in (("解决率", RESOLVED), ("金额", SPENT), ("首次响应", FIRST_ANSWER)):
        mapping(made, rule, f"{metric} {name}")
    return made


def _values(name: str) -> dict[Any, Any]:
    return {
        (who, metric.split()[0], period): value for (who, metric, period), value in stored().items() if name in metric
    }


@given(_CHANGES)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_full_reading_is_the_sum_of_increments(cast: Cast, monkeypatch: Any, changes: list[Any]) -> None:
    source = builders.plug_in(monkeypatch, FakeSource())
    Measurement.objects.all().delete()
    Connection.objects.all().delete()
    pieces = _connection("pieces")
    for (stream, key, fields), is_cut in changes:
        source.put(stream, key, **fields)
        if is_cut:
            sync(Connection.objects.get(pk=pieces.pk))
    sync(Connection.objects.get(pk=pieces.pk))
    by_pieces = landed(), _values("pieces"), given_without_metric()
    SourceRow.objects.all().delete()
    whole = _connection("whole")
    sync(whole)
    assert (landed(), _values("whole"), given_without_metric()) == by_pieces


def given_without_metric() -> list[tuple[Any, ...]]:
    return [(metric.split()[0], *rest) for metric, *rest in builders.given()]
