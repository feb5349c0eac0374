"""What commands record, what it causes, and that neither is lost or doubled."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from accord.foundation.models import Delivery, Event, User
from accord.foundation.services import deliveries
from accord.foundation.services.events import record, record_batch, record_many
from accord.foundation.tests.effects import leave_trace, traces

pytestmark = pytest.mark.django_db
DUE = timedelta(hours=2)


@pytest.fixture(autouse=True)
def parcels(settings):
    settings.ACCORD_EVENTS = "accord.foundation.tests.effects.EVENTS"
    settings.ACCORD_REACTIONS = "accord.foundation.tests.effects.REACTIONS"


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def make_due() -> None:
    Delivery.objects.update(next_attempt_at=timezone.now() - timedelta(seconds=1))


def test_the_fact_keeps_who_what_and_the_values(committed):
    actor = User.objects.create(username="10001", name="王敏")
    with committed():
        record("parcel.sent", subject="parcels:7", actor=actor, parcel_id=7)
    event = Event.objects.get()
    assert (event.name, event.subject, event.actor, event.actor_name) == ("parcel.sent", "parcels:7", actor, "王敏")
    assert event.payload == {"parcel_id": 7}


def test_the_reaction_runs_after_commit_and_once(committed):
    with committed():
        record("parcel.sent", parcel_id=7)
        assert traces("receipt 7") == 0
    assert traces("receipt 7") == 1
    make_due()
    assert deliveries.sweep() == 0
    assert traces("receipt 7") == 1


@pytest.mark.parametrize(
    ("name", "payload"), [("parcel.found", {}), ("parcel.sent", {}), ("parcel.sent", {"parcel": 7})]
)
def test_what_is_not_declared_is_not_recorded(name, payload):
    with pytest.raises(ValueError, match="parcel"):
        record(name, **payload)
    assert not Event.objects.exists()


def test_only_plain_values_are_carried():
    with pytest.raises(TypeError):
        record("parcel.sent", parcel_id=timezone.now())


def test_many_facts_cost_as_much_as_one(django_assert_num_queries):
    with django_assert_num_queries(2), transaction.atomic(savepoint=False):
        events = record_many("parcel.sent", [(f"parcels:{n}", {"parcel_id": n}) for n in range(100)])
    assert [event.payload["parcel_id"] for event in events] == list(range(100))
    assert set(Delivery.objects.values_list("event_id", flat=True)) == {event.pk for event in events}


def test_a_batch_stands_in_the_trail_and_owes_nothing(django_user_model, django_assert_num_queries):
    actor = django_user_model.objects.create_user("A1", name="陈总")
    with django_assert_num_queries(1):
        record_batch("parcel.sent", ((f"parcels:{n}", {"parcel_id": n}) for n in range(1000)), actor=actor)
    last = Event.objects.order_by("pk").last()
    assert (last.subject, last.payload, last.actor, last.actor_name) == (
        "parcels:999",
        {"parcel_id": 999},
        actor,
        "陈总",
    )
    assert timezone.now() - last.at < timedelta(minutes=1)
    assert not Delivery.objects.exists()
    with pytest.raises(ValueError, match="parcel"):
        record_batch("parcel.sent", [("parcels:1", {})])


def test_a_reaction_that_raises_is_undone_reported_and_tried_again_later(committed):
    with committed():
        record("parcel.lost", parcel_id=7, places=["depot", "van"])
    assert traces("apology 7 depot,van") == 1
    failed = Delivery.objects.get(reaction__endswith="stumble")
    assert traces("stumble 7") == 0
    assert (failed.state, failed.attempts) == (Delivery.State.WAITING, 1)
    assert "nothing known of parcel 7" in failed.error
    assert failed.next_attempt_at > timezone.now()
    assert deliveries.sweep() == 0


def test_a_poisonous_delivery_is_given_up(committed):
    with committed():
        record("parcel.lost", parcel_id=7, places=["van"])
    for _ in range(10):
        make_due()
        deliveries.sweep()
    failed = Delivery.objects.get(reaction__endswith="stumble")
    assert (failed.state, failed.attempts) == (Delivery.State.FAILED, 5)
    assert traces("apology 7 van") == 1


def test_a_reaction_that_always_kills_its_process_is_given_up():
    record("parcel.sent", parcel_id=7)
    Delivery.objects.update(attempts=5)
    make_due()
    assert deliveries.sweep() == 0
    assert Delivery.objects.get().state == Delivery.State.FAILED


def test_pauses_grow(committed):
    with committed():
        record("parcel.lost", parcel_id=7, places=["van"])
    pauses = []
    for _ in range(3):
        make_due()
        deliveries.sweep()
        pauses.append(Delivery.objects.get(reaction__endswith="stumble").next_attempt_at - timezone.now())
    assert timedelta(seconds=9) < pauses[0] < pauses[1] * 1.01 < pauses[2] * 1.02


def test_a_process_that_dies_between_commit_and_dispatch_leaves_it_to_the_sweep():
    record("parcel.sent", parcel_id=7)  # the test's transaction never commits: nothing is dispatched
    assert deliveries.sweep() == 0, "the process that recorded it has a moment to do it itself"
    make_due()
    assert deliveries.sweep() == 1
    assert traces("receipt 7") == 1


def test_two_sweeps_never_run_the_same_delivery():
    record("parcel.sent", parcel_id=7)
    make_due()
    first, second = (Delivery.objects.select_related("event").get() for _ in range(2))
    assert [deliveries._attempt(first), deliveries._attempt(second)] == [True, False]
    assert traces("receipt 7") == 1


def test_a_reaction_that_outlives_its_lease_is_undone(monkeypatch):
    def overtaken(parcel_id: int) -> None:
        leave_trace(f"receipt {parcel_id}")
        Delivery.objects.update(attempts=F("attempts") + 1)  # what another sweep does

    monkeypatch.setattr("accord.foundation.tests.effects.write_receipt", overtaken)
    record("parcel.sent", parcel_id=7)
    deliveries.dispatch(Delivery.objects.select_related("event"))
    assert traces("receipt 7") == 0
    assert Delivery.objects.get().state == Delivery.State.WAITING


@pytest.mark.django_db(transaction=True)
def test_the_request_that_caused_a_failing_reaction_goes_on():
    with transaction.atomic():
        record("parcel.lost", parcel_id=7, places=["van"])
    assert traces("apology 7 van") == 1
    assert Delivery.objects.filter(state=Delivery.State.WAITING).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_command_that_is_rolled_back_causes_nothing():
    with pytest.raises(RuntimeError), transaction.atomic():
        record("parcel.sent", parcel_id=7)
        raise RuntimeError
    assert not Event.objects.exists()
    assert traces("receipt 7") == 0


class TestFinal:
    """The database itself refuses to change history."""

    @pytest.fixture
    def event(self):
        self.actor = User.objects.create(username="10001", name="王敏")
        return record("parcel.sent", subject="parcels:7", actor=self.actor, parcel_id=7)

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE events SET name = 'parcel.lost'",
            "UPDATE events SET actor_name = 'x'",
            "UPDATE events SET subject = 'x'",
            "UPDATE events SET payload = '{}'",
            "UPDATE events SET at = '2020-01-01 00:00:00'",
            "UPDATE events SET id = id + 1",
            "UPDATE events SET actor_id = NULL, subject = 'x'",
            "UPDATE events SET actor_id = actor_id",
            "DELETE FROM events",
        ],
    )
    def test_events_stay_as_they_were_written(self, event, statement):
        Delivery.objects.all().delete()
        with pytest.raises(IntegrityError, match="never"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    def test_the_actor_s_account_may_go_the_name_stays(self, event):
        self.actor.delete()
        event.refresh_from_db()
        assert (event.actor, event.actor_name) == (None, "王敏")

    def test_the_model_refuses_too(self, event):
        with pytest.raises(TypeError):
            event.delete()
