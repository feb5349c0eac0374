"""Any sequence of deliveries is the same as a dict that keeps the last value, and a list of what it held before."""

from collections import defaultdict

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accord.domain.periods import Period
from accord.metrics.models import Batch, Measurement, MeasurementRevision
from accord.metrics.services.ingest import VALUES, Provenance, ingest
from accord.metrics.services.tables import postgresql
from accord.metrics.tests.builders import some_metrics
from tests.cast import Cast

_WEEK = Period.parse("2026-W41").key
_CELL = st.tuples(st.integers(0, 1), st.integers(0, 2), st.integers(0, 2))
_DELIVERY = st.dictionaries(_CELL, st.integers(-3, 3), max_size=9)

Model = dict[tuple[int, int, int], int]


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(deliveries=st.lists(_DELIVERY, max_size=6), smallest_partition=st.integers(1, 5))
def test_deliveries_are_a_dict(transactional_cast: Cast, deliveries: list[Model], smallest_partition: int) -> None:
    postgresql.PARTITION_FROM = smallest_partition
    # Transactions of the examples before left their rows; each example begins anew.
    for model in (Measurement, MeasurementRevision, Batch):
        model.objects.all().delete()
    metrics = [some_metrics()[name].pk for name in ("签约额", "回款率")]
    subjects = [transactional_cast.xiaozhang.pk, transactional_cast.colleague.pk, -transactional_cast.service.pk]
    model: Model = {}
    history: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for delivery in deliveries:
        keyed = {(metrics[m], subjects[s], _WEEK + p): value for (m, s, p), value in delivery.items()}
        batch = ingest(_frame(keyed), Provenance(source="CRM")).batch
        changed = {key for key, value in keyed.items() if model.get(key, value) != value}
        assert (batch.created, batch.changed) == (len(keyed.keys() - model.keys()), len(changed))
        assert batch.same == len(keyed) - batch.created - batch.changed
        for key in changed:
            history[key].append(model[key])
        model |= keyed
    assert _stored(Measurement) == {key: [value] for key, value in model.items()}
    assert _stored(MeasurementRevision) == dict(history)


@pytest.fixture
def transactional_cast(transactional_db: None, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """The cast with real commits; the size of partitions is put back afterwards."""
    monkeypatch.setattr(postgresql, "PARTITION_FROM", postgresql.PARTITION_FROM)
    return cast


def _frame(keyed: Model) -> pl.DataFrame:
    rows = [(row, *key, value * 1_000_000) for row, (key, value) in enumerate(keyed.items(), start=2)]
    return pl.DataFrame(rows, schema=VALUES, orient="row")


def _stored(model: type[Measurement] | type[MeasurementRevision]) -> dict[tuple[int, int, int], list[int]]:
    found: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for row in model.objects.select_related("series").order_by("batch_id"):
        subject = row.series.employee_id or -row.series.org_unit_id
        found[row.series.metric_id, subject, row.period].append(int(row.value))
    return dict(found)
