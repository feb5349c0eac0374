"""A value from a source opens down to its rows, for those who may see the value and nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accord.metrics.models import Connection, MappedRow, Measurement, Series, SourceRow
from accord.metrics.services.sync import sync
from accord.metrics.services.sync.retention import UNUSED_KEPT, forget_old_rows
from accord.metrics.tests.sync.builders import RESOLVED, SPENT, FakeSource, connection, mapping, plug_in, value_of
from tests.cast import Cast, client_of
from tests.ladder import Ladder

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(monkeypatch: Any) -> FakeSource:
    return plug_in(monkeypatch, FakeSource(rows_a_page=100))


def bring(source: FakeSource, rows: int = 3) -> None:
    made = connection()
    mapping(made, SPENT, "金额", unit="元")
    # A second rule that uses a field of its own, which the first has no business to show.
    mapping(made, RESOLVED, "解决率", unit="%", aggregation="last")
    for key in range(rows):
        owner = f"a01{1 + key % 2}@example.com"
        source.put("tickets", f"T{key}", owner=owner, created="2026-10-05T02:00:00Z", amount=key + 0.5, status="open")
    sync(Connection.objects.get())


def address(person: str = "A011", metric: str = "金额") -> str:
    value = Measurement.objects.get(series__employee__employee_no=person, series__metric__name=metric)
    return reverse("metrics:origin", args=[value.series_id, value.period])


class TestOriginWithRows(Ladder):
    url_name = "metrics:origin"
    may_open = ("xiaozhang", "manager_li", "hrbp_wang", "executive_chen")
    hidden_from = ("colleague", "stranger", "stranger_manager", "administrator", "auditor")

    @pytest.fixture(autouse=True)
    def _prepared(self, cast: Cast, source: FakeSource) -> None:
        bring(source)
        self.thing = Measurement.objects.get(series__employee=cast.xiaozhang, series__metric__name="金额")

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.series_id, self.thing.period]

    def opened(self, response: Any, cast: Cast) -> None:
        page = response.content.decode()
        assert 'href="https://tickets.example.com/T0"' in page
        assert "T2" in page
        # Neither the rows of a colleague nor the fields of another rule.
        assert "example.com/T1" not in page
        assert "a012@example.com" not in page
        assert "status:" not in page


def test_many_rows_come_in_pages_with_as_many_queries_as_few(
    cast: Cast, source: FakeSource, django_assert_max_num_queries: Any
) -> None:
    bring(source, rows=80)
    client = client_of(cast.xiaozhang)
    url = address()
    client.get(url)
    with django_assert_max_num_queries(26):
        page = client.get(url).content.decode()
    assert page.count("https://tickets.example.com/") == 25
    second = client.get(url, {"page": 2}).content.decode()
    assert second.count("https://tickets.example.com/") == 15


def test_a_link_that_is_no_web_address_is_none(cast: Cast, source: FakeSource) -> None:
    mapping(connection(), SPENT, "金额")
    row = {"owner": "a011@example.com", "created": "2026-10-05T02:00:00Z", "amount": 1}
    source.put("tickets", "T1", **row)
    change, stored = source.streams["tickets"]["T1"]
    source.streams["tickets"]["T1"] = change, {**stored, "_link": "javascript:alert(1)"}
    sync(Connection.objects.get())
    assert SourceRow.objects.get().link == ""
    assert "javascript:" not in client_of(cast.xiaozhang).get(address()).content.decode()


def test_old_rows_lose_their_fields_and_keep_their_value(cast: Cast, source: FakeSource) -> None:
    bring(source)
    source.put("tickets", "T9", owner="", created="2026-10-05T02:00:00Z", amount=1)
    sync(Connection.objects.get())
    assert forget_old_rows(timezone.now()) == (0, 0)
    later = timezone.now() + UNUSED_KEPT + timedelta(days=1)
    # T9 counts for nobody, so nothing of it is kept.
    assert forget_old_rows(later) == (3, 1)
    assert set(SourceRow.objects.values_list("fields", flat=True)) == {None}
    page = client_of(cast.xiaozhang).get(address()).content.decode()
    assert "T2" in page
    assert "a011@example.com" not in page
    # A late row of the same week is added to what the old ones count for.
    source.put("tickets", "T10", owner="a011@example.com", created="2026-10-05T02:00:00Z", amount=100)
    sync(Connection.objects.get())
    assert value_of("A011", "金额", "2026-W41") == 103
    assert MappedRow.objects.filter(mapping__metric__name="金额").count() == 4


def test_a_value_whose_mapping_is_gone_says_so(cast: Cast, source: FakeSource) -> None:
    bring(source)
    url = address()
    Connection.objects.get().mappings.all().delete()
    answer = client_of(cast.xiaozhang).get(url)
    assert answer.status_code == 200
    assert "example.com/T2" not in answer.content.decode()
    assert Series.objects.exists()
