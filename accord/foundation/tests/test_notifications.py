"""Telling one person something, once."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from accord.foundation.models import Job, MailMode, Notification, NotificationPreference, User
from accord.foundation.notices import NoticeKind, kinds
from accord.foundation.queries.notifications import shown, unread_count
from accord.foundation.services.notifications import Notice, notify, notify_many

QUIET = NoticeKind("test.quiet", "Quiet", "%(name)s slipped", link_text="Look")
URGENT = NoticeKind("test.urgent", "Urgent", "%(name)s is urgent", MailMode.AT_ONCE)


@pytest.fixture(autouse=True)
def declared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accord.config.notices.NOTICES", (QUIET, URGENT))


@pytest.fixture
def user(db: None) -> User:
    return User.objects.create_user("A011", "a011@example.com", name="小张")


def tell(user: User, kind: NoticeKind = QUIET, cause: str = "alerts:1", **more: Any) -> Notification:
    notify(user, kind.code, cause=cause, values={"name": "GMV"}, **more)
    return Notification.objects.get(recipient=user, kind=kind.code, cause=cause)


def test_the_same_cause_again_changes_nothing(user: User) -> None:
    first = tell(user)
    Notification.objects.update(values={"name": "as it was"})
    again = tell(user)
    assert (again.pk, again.values) == (first.pk, {"name": "as it was"})
    assert tell(user, cause="alerts:2") != first


def test_a_kind_says_how_it_is_mailed_and_the_caller_and_the_reader_may_differ(user: User) -> None:
    assert tell(user).mode == MailMode.DIGEST
    assert tell(user, URGENT).mode == MailMode.AT_ONCE
    assert tell(user, cause="2", urgency=Notification.Urgency.AT_ONCE).mode == MailMode.AT_ONCE
    assert tell(user, URGENT, cause="2", urgency=Notification.Urgency.DIGEST).mode == MailMode.DIGEST
    NotificationPreference.objects.create(user=user, kind=URGENT.code, mode=MailMode.APP_ONLY)
    assert tell(user, URGENT, cause="3", urgency=Notification.Urgency.AT_ONCE).mode == MailMode.APP_ONLY


def test_without_an_address_it_stays_in_the_app(db: None) -> None:
    assert tell(User.objects.create_user("A012"), URGENT).mode == MailMode.APP_ONLY


def test_only_what_is_urgent_asks_for_a_mail_now_and_once_is_enough(user: User) -> None:
    tell(user)
    assert Job.objects.count() == 0
    tell(user, URGENT)
    tell(user, URGENT, cause="2")
    assert [job.task.rpartition(".")[2] for job in Job.objects.all()] == ["mail_urgent_notifications"]


def test_without_a_mail_server_nobody_asks(user: User, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    tell(user, URGENT)
    assert Job.objects.count() == 0


def test_a_message_that_could_not_be_read_is_not_written(user: User) -> None:
    with pytest.raises(KeyError):
        notify(user, QUIET.code, cause="1", values={"wrong": 1})
    with pytest.raises(KeyError):
        notify(user, "test.undeclared", cause="1", values={})
    assert not Notification.objects.exists()


@pytest.mark.parametrize("url", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_a_message_never_leads_away(url: str, user: User) -> None:
    with pytest.raises(ValueError, match="not a path on this site"):
        tell(user, url=url)


def test_many_readers_cost_no_more_questions_than_ten(db: None) -> None:
    users = User.objects.bulk_create(User(username=f"A{n}", email=f"{n}@example.com") for n in range(900))

    def statements(readers: list[User], cause: str) -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            notify_many(URGENT.code, [Notice(reader, cause, {"name": "GMV"}) for reader in readers])
        # SQLite takes a limited number of values at once, so the rows themselves come in several INSERTs there.
        return [query["sql"] for query in captured if 'INTO "notifications"' not in query["sql"]]

    assert len(statements(users[:10], "a")) == len(statements(users, "b"))
    assert Notification.objects.count() == 910


def test_it_is_said_in_the_language_of_whoever_reads(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    message = Notification(recipient=user, kind="account.password_changed", values={})
    with translation.override("en"):
        assert shown(message).sentence.startswith("Your password was changed")
    with translation.override("zh-hans"):
        assert shown(message).sentence.startswith("您的密码已被修改")


def test_the_bell_stops_counting_at_a_hundred(user: User) -> None:
    Notification.objects.bulk_create(
        Notification(recipient=user, kind=QUIET.code, cause=str(n), values={"name": "x"}) for n in range(130)
    )
    assert unread_count(user) == 100


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_kind_asks_for_the_same_values_in_both_languages(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    for kind in kinds().values():
        with translation.override(None):
            places = set(re.findall(r"%\((\w+)\)", str(kind.sentence)))
        with translation.override(language):
            assert set(re.findall(r"%\((\w+)\)", str(kind.sentence))) == places, kind.code
            kind.say(dict.fromkeys(places, "x"))
