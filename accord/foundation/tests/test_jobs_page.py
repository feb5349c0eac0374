"""What an administrator sees of the jobs, and running what failed again."""

import pytest
from django.test import Client
from django.utils import timezone

from accord.foundation.models import Delivery, Event, Job, User, Worker
from accord.foundation.tests.effects import note
from tests.ladder import Ladder

OTHERS = ("xiaozhang", "manager_li", "hrbp_wang", "executive_chen", "auditor", "stranger")


def failed_job() -> Job:
    job = Job.objects.get(pk=note.enqueue("x").id)
    job.state, job.error, job.attempts, job.finished_at = (
        "failed",
        "Traceback\n  line\nKeyError: 'x'",
        5,
        timezone.now(),
    )
    job.save()
    return job


def failed_delivery() -> Delivery:
    event = Event.objects.create(name="parcel.sent", subject="parcels:7")
    return Delivery.objects.create(
        event=event, reaction="a.b", state="failed", attempts=5, next_attempt_at=timezone.now(), error="KeyError: 'y'"
    )


class TestJobsPage(Ladder):
    url_name = "foundation:jobs"
    may_open = ("administrator",)
    hidden_from = OTHERS

    def make(self, cast):
        failed_job(), failed_delivery()

    def opened(self, response, cast):
        assert b"KeyError: &#x27;x&#x27;" in response.content
        assert b"KeyError: &#x27;y&#x27;" in response.content
        assert "没有工作进程在运行" in response.content.decode()


class TestBoard(Ladder):
    url_name = "foundation:jobs_board"
    may_open = ("administrator",)
    hidden_from = OTHERS


class TestRunJobAgain(Ladder):
    url_name = "foundation:run_job_again"
    method = "post"
    may_open = ("administrator",)
    hidden_from = OTHERS

    def make(self, cast):
        return failed_job()

    def args(self, cast):
        return [self.thing.pk]

    def opened(self, response, cast):
        self.thing.refresh_from_db()
        assert self.thing.state == Job.State.READY
        assert Event.objects.get(name="job.run_again").actor == cast.administrator.user


class TestRunDeliveryAgain(Ladder):
    url_name = "foundation:run_delivery_again"
    method = "post"
    may_open = ("administrator",)
    hidden_from = OTHERS

    def make(self, cast):
        return failed_delivery()

    def args(self, cast):
        return [self.thing.pk]

    def opened(self, response, cast):
        self.thing.refresh_from_db()
        assert self.thing.state == Delivery.State.WAITING


@pytest.fixture
def administrator(cast) -> Client:
    client = Client()
    client.force_login(cast.administrator.user)
    return client


def test_an_unchanged_board_costs_a_304(administrator, django_assert_max_num_queries):
    first = administrator.get("/jobs/board/")
    with django_assert_max_num_queries(6):
        assert administrator.get("/jobs/board/", headers={"If-None-Match": first["ETag"]}).status_code == 304
    for change in (lambda: note.enqueue("x"), failed_job, failed_delivery, a_worker):
        tag = administrator.get("/jobs/board/")["ETag"]
        change()
        assert administrator.get("/jobs/board/", headers={"If-None-Match": tag}).status_code == 200


def a_worker() -> None:
    Worker.objects.create(name="w", started_at=timezone.now(), seen_at=timezone.now())


def test_more_jobs_cost_no_more_queries(administrator, django_assert_max_num_queries):
    for _ in range(20):
        failed_job(), failed_delivery(), note.enqueue("x")
    with django_assert_max_num_queries(16):
        administrator.get("/jobs/")


def test_who_comes_too_late_is_told_so(administrator):
    job = failed_job()
    for words in ("稍后将重新运行", "不在失败列表中"):
        response = administrator.post(f"/jobs/{job.pk}/again/", follow=True)
        assert words in response.content.decode()
    assert Event.objects.filter(name="job.run_again").count() == 1


def test_who_may_only_look_sees_no_button_and_is_refused(cast, monkeypatch):
    monkeypatch.setattr(
        "accord.people.backends.RoleBackend.get_all_permissions", lambda *_, **__: {"foundation.view_job"}
    )
    client, job = Client(), failed_job()
    client.force_login(User.objects.create(username="looker"))
    assert f"/jobs/{job.pk}/again/" not in client.get("/jobs/").content.decode()
    assert client.post(f"/jobs/{job.pk}/again/").status_code == 403
