"""Digests and urgent mail, against a real SMTP server."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone

from accord.foundation.models import MailMode, Notification, User
from accord.foundation.notices import NoticeKind
from accord.foundation.queries.notifications import last_digest_hour
from accord.foundation.services import posting
from accord.foundation.services.notification_mail import mail_digests, mail_urgent
from accord.foundation.services.notifications import mark_read, notify
from accord.foundation.services.posting import MailPostponed
from accord.foundation.tests.post_office import PostOffice, free_port, open_post_office

SLIP = NoticeKind("test.slip", "KPI 预警", "%(name)s 连续两期未达标")
FIRE = NoticeKind("test.fire", "Fire", "Fire in <%(name)s> & \nnext door", MailMode.AT_ONCE)
EVENING = datetime.fromisoformat("2026-11-22T20:00:00+08:00")
MORNING = datetime.fromisoformat("2026-11-23T08:05:00+08:00")
XIAOZHANG, ANN = "xiaozhang@example.com", "ann@example.com"

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(settings: Any) -> Iterator[PostOffice]:
    with open_post_office() as (office, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5
        settings.BASE_URL = "https://accord.example.com/"
        yield office


@pytest.fixture(autouse=True)
def declared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accord.config.notices.NOTICES", (SLIP, FIRE))


@pytest.fixture
def xiaozhang() -> User:
    return User.objects.create_user("A011", XIAOZHANG, name="小张")


@pytest.fixture
def ann() -> User:
    return User.objects.create_user("B001", ANN, name="Ann", language="en", time_zone="America/New_York")


def tell(user: User, kind: NoticeKind = SLIP, cause: str = "1", at: datetime = EVENING) -> Notification:
    notify(user, kind.code, cause=cause, values={"name": f"GMV {cause}"}, url="/me/")
    Notification.objects.filter(cause=cause, recipient=user).update(created_at=at)
    return Notification.objects.get(cause=cause, recipient=user)


def test_a_digest_is_text_and_html_in_the_readers_language(office: PostOffice, xiaozhang: User, ann: User) -> None:
    message = tell(xiaozhang)
    tell(xiaozhang, cause="2")
    tell(ann)
    assert mail_digests(MORNING + timedelta(days=1)) == 2
    [letter] = office.to(XIAOZHANG)
    assert letter["Subject"] == "绩约今日汇总：2 条消息"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content_type() == "multipart/alternative"
    text, html = (letter.get_body((kind,)).get_content() for kind in ("plain", "html"))
    for part in (text, html):
        assert "GMV 1 连续两期未达标" in part
        assert "小张，您好" in part
        assert f"https://accord.example.com/notifications/{message.pk}/" in part
        assert "https://accord.example.com/me/#notifications" in part
    assert "<style" not in html
    assert "<img" not in html
    [english] = office.to(ANN)
    assert english["Subject"] == "Accord: 1 thing to know"
    assert "Hello Ann" in english.get_body(("plain",)).get_content()


def test_one_a_day_at_the_hour_of_each_readers_own_clock(office: PostOffice, xiaozhang: User, ann: User) -> None:
    hour = datetime.fromisoformat("2026-11-22T22:00:00Z")
    for user in (xiaozhang, ann):
        tell(user, at=hour - timedelta(hours=1))
    sent: dict[str, list[str]] = {}
    for _ in range(48):
        before = len(office.letters)
        mail_digests(hour)
        for letter in office.letters[before:]:
            sent.setdefault(letter["To"], []).append(hour.isoformat())
        hour += timedelta(minutes=30)
    assert sent == {XIAOZHANG: ["2026-11-23T00:00:00+00:00"], ANN: ["2026-11-23T13:00:00+00:00"]}


def test_what_comes_after_the_hour_waits_for_tomorrow(office: PostOffice, xiaozhang: User) -> None:
    tell(xiaozhang)
    mail_digests(MORNING)
    tell(xiaozhang, cause="2", at=MORNING + timedelta(hours=1))
    assert [mail_digests(MORNING + timedelta(hours=n)) for n in range(23)] == [0] * 23
    assert mail_digests(MORNING + timedelta(days=1)) == 1


def test_a_late_worker_still_mails(office: PostOffice, xiaozhang: User) -> None:
    tell(xiaozhang)
    assert mail_digests(MORNING + timedelta(hours=9)) == 1


def test_a_message_committed_late_makes_no_second_digest_of_the_day(office: PostOffice, xiaozhang: User) -> None:
    tell(xiaozhang)
    with patch.object(timezone, "now", return_value=MORNING):
        mail_digests()
        tell(xiaozhang, cause="straggler")
        assert mail_digests() == 0
    assert mail_digests(MORNING + timedelta(days=1)) == 1


def test_running_twice_mails_once(office: PostOffice, xiaozhang: User) -> None:
    tell(xiaozhang)
    tell(xiaozhang, FIRE, "2")
    assert [mail_digests(MORNING), mail_digests(MORNING), mail_urgent(), mail_urgent()] == [1, 0, 1, 0]
    assert len(office.letters) == 2


@pytest.mark.django_db(transaction=True)
def test_running_at_the_same_time_mails_once(office: PostOffice) -> None:
    users = [User.objects.create_user(f"A{n}", f"a{n}@example.com") for n in range(12)]
    for user in users:
        tell(user)
        tell(user, FIRE, "2")

    def run(job: Any) -> None:
        try:
            job()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(run, [lambda: mail_digests(MORNING), mail_urgent] * 3))
    assert sorted(letter["To"] for letter in office.letters) == sorted([user.email for user in users] * 2)


class Killed(BaseException):
    """What kill -9 looks like from inside."""


@pytest.mark.parametrize("where", ["before the claim", "after the claim", "after the sending"])
def test_a_crash_at_any_step_never_mails_twice(where: str, office: PostOffice, xiaozhang: User) -> None:
    tell(xiaozhang)
    step = {
        "before the claim": "accord.foundation.services.notification_mail._Letter.claim",
        "after the claim": "accord.foundation.services.notification_mail._Letter.compose",
        "after the sending": "accord.foundation.services.posting.Counter",
    }[where]
    original = posting.Counter

    def kill(*args: Any) -> None:
        if where == "after the sending":
            original(*args)
        raise Killed

    with patch(step, kill), pytest.raises(Killed):
        mail_digests(MORNING)
    mail_digests(MORNING)
    mail_digests(MORNING)
    assert len(office.letters) == {"before the claim": 1, "after the claim": 0, "after the sending": 1}[where]
    # What the crash swallowed still waits in the app.
    assert Notification.objects.filter(read_at=None).count() == 1


def test_a_server_that_breaks_off_after_it_took_the_mail_gets_no_second(office: PostOffice, xiaozhang: User) -> None:
    tell(xiaozhang)
    office.hangs_up = True
    assert mail_digests(MORNING) == 0
    office.hangs_up = False
    assert mail_digests(MORNING) == 0
    assert len(office.letters) == 1


def test_a_server_that_says_later_is_asked_later(office: PostOffice, xiaozhang: User, ann: User) -> None:
    tell(xiaozhang)
    tell(ann)
    office.answers[XIAOZHANG] = "451 4.3.0 try again later"
    with pytest.raises(MailPostponed):
        mail_digests(MORNING + timedelta(days=1))
    assert (len(office.to(XIAOZHANG)), len(office.to(ANN))) == (0, 1)
    office.answers.clear()
    assert mail_digests(MORNING + timedelta(days=1)) == 1


def test_a_mailbox_that_does_not_exist_is_left_alone_and_keeps_nobody_waiting(
    office: PostOffice, xiaozhang: User, ann: User, caplog: pytest.LogCaptureFixture
) -> None:
    tell(xiaozhang, FIRE)
    tell(ann, FIRE)
    office.answers[XIAOZHANG] = "550 5.1.1 no such mailbox"
    assert mail_urgent() == 1
    assert mail_urgent() == 0
    assert "no such mailbox" in caplog.text


def test_a_letter_that_cannot_be_written_keeps_nobody_waiting(office: PostOffice, xiaozhang: User, ann: User) -> None:
    Notification.objects.create(recipient=xiaozhang, kind=FIRE.code, cause="x", values={}, mode=MailMode.AT_ONCE)
    tell(ann, FIRE)
    assert mail_urgent() == 1
    assert len(office.to(ANN)) == 1


def test_nothing_is_claimed_while_the_server_is_away(xiaozhang: User, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    tell(xiaozhang)
    with pytest.raises(OSError, match="refused"):
        mail_digests(MORNING)
    assert Notification.objects.get().mailed_at is None


def test_without_a_server_nothing_is_said_to_be_mailed(xiaozhang: User, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    tell(xiaozhang)
    assert mail_digests(MORNING) == 0
    assert Notification.objects.get().mailed_at is None


def test_what_was_read_in_the_app_is_not_mailed(office: PostOffice, xiaozhang: User) -> None:
    mark_read(tell(xiaozhang))
    mark_read(tell(xiaozhang, FIRE, "2"))
    assert mail_digests(MORNING) + mail_urgent() == 0


def test_nobody_writes_to_people_who_left(office: PostOffice, xiaozhang: User) -> None:
    tell(xiaozhang)
    tell(xiaozhang, FIRE, "2")
    User.objects.update(is_active=False)
    assert mail_digests(MORNING) + mail_urgent() == 0


def test_an_urgent_mail_holds_one_message_and_its_words_stay_words(office: PostOffice, xiaozhang: User) -> None:
    tell(xiaozhang, FIRE, "<script>")
    tell(xiaozhang, FIRE, "2")
    assert mail_urgent() == 2
    text, html = (office.letters[0].get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert "Fire in <GMV <script>> &" in text
    assert "&lt;script&gt;" in html
    assert "<script>" not in html
    assert "GMV 2" not in text


def test_a_long_digest_lists_the_newest_and_counts_the_rest(office: PostOffice, xiaozhang: User) -> None:
    for number in range(35):
        tell(xiaozhang, cause=str(number))
    mail_digests(MORNING)
    text = office.letters[0].get_body(("plain",)).get_content()
    assert "GMV 34 " in text
    assert "GMV 4 " not in text
    assert "另有 5 条" in text


def test_ten_more_readers_cost_no_more_questions(office: PostOffice, django_assert_max_num_queries: Any) -> None:
    for number in range(20):
        tell(User.objects.create_user(f"A{number}", f"a{number}@example.com"))
    # Two to find the readers of a zone, one for their accounts; a claim, a count and the messages for each.
    with django_assert_max_num_queries(3 + 20 * 3):
        assert mail_digests(MORNING) == 20


def test_daylight_saving_time_moves_no_digest() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    for day, hour in [("2026-03-28", 7), ("2026-03-29", 6), ("2026-10-24", 6), ("2026-10-25", 7)]:
        now = datetime.fromisoformat(f"{day}T12:00:00+00:00")
        assert last_digest_hour(berlin, now) == datetime.fromisoformat(f"{day}T0{hour}:00:00").replace(tzinfo=UTC)
