"""What a source may do to us: each ends in a sentence, none in half a run, and none without end."""

from __future__ import annotations

import gzip
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import count
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from accord.metrics.connectors.guard import Guard
from accord.metrics.connectors.waits import Waits
from accord.metrics.errors.connectors import (
    AnswerCutShort,
    AnswerNotJson,
    AnswerRefused,
    AnswerTooLarge,
    AnswerTooSlow,
    ConnectionNotTrusted,
    KeyNotUnique,
    LinkLeavesSource,
    NothingThere,
    PagesRepeat,
    RateLimited,
    RedirectRefused,
    RowsNotWhereSaid,
    RowWithoutKey,
    RunTooLong,
    SignInRefused,
    SourceFailed,
    SourceUnreachable,
    StampNotUnderstood,
)
from accord.metrics.tests.connectors.hostile import START, Asked, Clock, Reply, Server, date_header, serving
from accord.metrics.tests.connectors.sources import impatient, keys, opened, read_all, simple_settings

ROWS = {"rows": [{"id": 1, "name": "甲"}, {"id": 2, "name": "乙"}]}


def reading(answer: Any, clock: Clock | None = None, **changes: Any) -> list[str]:
    with serving(answer) as server:
        return keys(read_all(opened(server, simple_settings(server.base, **changes), clock))[0])


def in_turn(*replies: Reply) -> Any:
    """One reply after the other, the last one for ever."""
    left = list(replies)
    return lambda asked: left.pop(0) if len(left) > 1 else left[0]


REFUSALS: list[tuple[Reply, type[SourceFailed]]] = [
    (Reply(b"<html>sign in</html>", headers={"Content-Type": "text/html"}), AnswerNotJson),
    (Reply(b""), AnswerNotJson),
    (Reply(b'{"rows": NaN}'), AnswerCutShort),
    (Reply(b'{"rows": [{"id": 1}, {"i'), AnswerCutShort),
    (Reply(ROWS, cut=20), AnswerCutShort),
    (Reply(b"[" * 100_000), AnswerCutShort),
    (Reply(b"", 401), SignInRefused),
    (Reply(b"<h1>no</h1>", 403), SignInRefused),
    (Reply(b"", 404), NothingThere),
    (Reply(b"<h1>no</h1>", 400), AnswerRefused),
    (Reply(b"unknown model", 500), AnswerRefused),
    (Reply({"data": {"rows": []}}), RowsNotWhereSaid),
    (Reply({"rows": ["a", "b"]}), RowsNotWhereSaid),
    (Reply({"rows": [{"name": "甲"}]}), RowWithoutKey),
    (Reply({"rows": [{"id": {"a": 1}}]}), RowWithoutKey),
    (Reply({"rows": [{"id": "x" * 201}]}), RowWithoutKey),
    (Reply({"rows": [{"id": 1, "name": "甲"}, {"id": 1, "name": "乙"}]}), KeyNotUnique),
    (Reply(ROWS, headers={"Content-Encoding": "br"}), AnswerNotJson),
]


@pytest.mark.parametrize(("reply", "error"), REFUSALS)
def test_each_fault_has_its_sentence(reply: Reply, error: type[SourceFailed]) -> None:
    clock = Clock()
    with pytest.raises(SourceFailed) as failed:
        reading(in_turn(reply), clock)
    assert type(failed.value) is error
    assert str(failed.value)
    assert failed.value.advice()
    assert clock.now - START < timedelta(minutes=2)


def test_what_passes_is_waited_for() -> None:
    clock = Clock()
    replies = [Reply(b"", 500), Reply(ROWS, cut=10), Reply(b'{"rows": [', 200), Reply(b"", 502), Reply(ROWS)]
    assert reading(in_turn(*replies), clock) == ["1", "2"]
    assert len(clock.slept) == 4
    assert clock.slept == sorted(clock.slept)


@pytest.mark.parametrize("name", ["Retry-After", "date"])
def test_a_source_that_asks_for_a_pause_gets_it(name: str) -> None:
    """Also as a date on its own clock, which is a day ahead of ours."""
    clock = Clock()
    theirs = START + timedelta(days=1)
    after = "7" if name == "Retry-After" else format_datetime(theirs + timedelta(seconds=7), usegmt=True)
    busy = Reply(b"", 429, {"Retry-After": after, **date_header(theirs)})
    assert reading(in_turn(busy, Reply(ROWS)), clock) == ["1", "2"]
    assert clock.slept == [7]


def test_a_source_that_asks_for_pauses_for_ever_is_left() -> None:
    clock = Clock()
    with pytest.raises(RateLimited):
        reading(in_turn(Reply(b"", 429, {"Retry-After": "2"})), clock)
    assert clock.slept == [2] * 5


def test_a_pause_longer_than_the_run_may_last_is_not_begun() -> None:
    clock = Clock()
    with pytest.raises(RateLimited):
        reading(in_turn(Reply(b"", 503, {"Retry-After": "86400"})), clock)
    assert clock.slept == []


def test_whoever_looks_at_a_page_does_not_wait_long() -> None:
    clock = Clock()
    with serving(in_turn(Reply(b"", 429, {"Retry-After": "60"}))) as server, pytest.raises(RateLimited):
        opened(server, simple_settings(server.base), clock).sample("rows")
    assert clock.slept == []


def test_no_more_requests_a_minute_than_the_source_allows() -> None:
    clock = Clock()
    pages = {str(n): Reply({"rows": [{"id": n}]}) for n in range(1, 5)}
    with serving(lambda asked: pages.get(asked.query["page"], Reply({"rows": []}))) as server:
        settings = simple_settings(server.base, paging={"kind": "page"}, fields={})
        settings["limits"] = {"per_minute": 20}
        rows, _cursor = read_all(opened(server, settings, clock))
    assert len(rows) == 4
    assert clock.slept == [3] * 4


def test_a_stalled_connection_is_cut() -> None:
    release, clock = Event(), Clock()

    def stall(asked: Asked) -> Reply:
        release.wait(5)
        return Reply(ROWS)

    with serving(stall) as server:
        with pytest.raises(AnswerTooSlow):
            impatient(server, simple_settings(server.base), 0.02, clock).sample("rows")
        release.set()
    assert len(clock.slept) == 1


def test_an_answer_that_drips_is_cut() -> None:
    ticks = count(step=20)
    hurried = Waits(sleep=lambda seconds: None, monotonic=lambda: float(next(ticks)), now=lambda: START)
    clock = Clock()
    clock.waits = lambda: hurried  # type: ignore[method-assign]
    with serving(in_turn(Reply({"rows": [], "pad": "x" * 500_000}))) as server, pytest.raises(AnswerTooSlow):
        opened(server, simple_settings(server.base), clock).sample("rows")


def test_a_run_ends_when_its_time_is_over() -> None:
    clock = Clock()

    def slow(asked: Asked) -> Reply:
        clock.now += timedelta(minutes=4)
        return Reply({"rows": [{"id": asked.query["page"]}]})

    with pytest.raises(RunTooLong):
        reading(slow, clock, paging={"kind": "page"}, fields={})


def test_an_answer_too_large_is_not_read_to_its_end() -> None:
    with serving(in_turn(Reply({"rows": [{"id": 1, "name": "x" * 20_000}]}))) as server:
        settings = simple_settings(server.base)
        settings["limits"] = {"bytes": 10_000}
        with pytest.raises(AnswerTooLarge):
            read_all(opened(server, settings))


def test_a_small_answer_that_unpacks_into_a_large_one_is_stopped() -> None:
    packed = gzip.compress(b" " * (64 << 20))
    assert len(packed) < 100_000
    with serving(in_turn(Reply(packed, headers={"Content-Encoding": "gzip"}))) as server:
        settings = simple_settings(server.base)
        settings["limits"] = {"bytes": 1 << 20}
        with pytest.raises(AnswerTooLarge):
            read_all(opened(server, settings))


def test_packed_answers_and_other_letters_are_read() -> None:
    packed = Reply(gzip.compress(b'{"rows": [{"id": 1}]}'), headers={"Content-Encoding": "gzip"})
    assert reading(in_turn(packed), fields={}) == ["1"]
    chinese = Reply(
        '{"rows": [{"id": "工单"}]}'.encode("gb18030"), headers={"Content-Type": "application/json; charset=gbk"}
    )
    assert reading(in_turn(chinese), fields={}) == ["工单"]


ELSEWHERE = ("http://127.0.0.1:1/rows", "http://169.254.169.254/latest/", "file:///etc/passwd", "//other.example/rows")


@pytest.mark.parametrize("target", ELSEWHERE)
def test_redirects_that_lead_elsewhere_are_not_followed(target: str) -> None:
    with pytest.raises(RedirectRefused):
        reading(in_turn(Reply(b"", 302, {"Location": target})))


def test_redirects_within_the_source_are_followed_but_not_for_ever() -> None:
    assert reading(in_turn(Reply(b"", 301, {"Location": "/v2/rows"}), Reply(ROWS))) == ["1", "2"]
    with pytest.raises(RedirectRefused):
        reading(in_turn(Reply(b"", 302, {"Location": "/rows"})))


@pytest.mark.parametrize("link", ["https://elsewhere.example/rows?page=2", "http://[nonsense", "file:///etc/passwd"])
def test_a_link_that_leads_elsewhere_is_not_followed(link: str) -> None:
    answer = in_turn(Reply({**ROWS, "next": link}))
    with pytest.raises(LinkLeavesSource):
        reading(answer, paging={"kind": "link", "next": "next"})


LOOPS = (
    {"kind": "page"},
    {"kind": "offset"},
    {"kind": "link", "next": "next"},
    {"kind": "cursor", "param": "after", "next": "after"},
)


@pytest.mark.parametrize("paging", LOOPS)
def test_pages_that_repeat_are_noticed(paging: dict[str, str]) -> None:
    with pytest.raises(PagesRepeat):
        reading(in_turn(Reply({**ROWS, "next": "/rows?page=1", "after": "x"})), paging=paging)


def test_a_last_page_that_is_sent_again_can_be_expected() -> None:
    paging = {"kind": "page", "repeats_at_end": True}
    assert set(reading(in_turn(Reply(ROWS)), paging=paging)) == {"1", "2"}


def test_times_that_cannot_be_read_are_not_guessed() -> None:
    since = {"param": "since", "field": "changed"}
    with pytest.raises(StampNotUnderstood):
        reading(in_turn(Reply({"rows": [{"id": 1, "changed": "last week"}]})), since=since, fields={})


def test_a_source_that_is_down_is_said_to_be_down() -> None:
    with serving(in_turn(Reply(ROWS))) as server:
        settings = simple_settings(server.base)
    clock = Clock()
    with pytest.raises(SourceUnreachable):
        read_all(opened(server, settings, clock))
    assert len(clock.slept) == 5


def test_a_server_killed_in_mid_run_and_started_again_gives_the_same_rows() -> None:
    def page(asked: Asked) -> Reply:
        number = int(asked.query["page"])
        return Reply({"rows": [{"id": number * 10 + n} for n in range(3)] if number < 5 else []})

    with serving(page) as server:
        port, settings = server.port, simple_settings(server.base, paging={"kind": "page"}, fields={})
        whole = keys(read_all(opened(server, settings))[0])
        pages = opened(server, settings).read("rows", {})
        next(pages)
    with pytest.raises((SourceUnreachable, AnswerCutShort)):
        list(pages)
    with serving(page, port) as server:
        assert keys(read_all(opened(server, settings))[0]) == whole


@pytest.fixture
def encrypted(tmp_path: Path) -> Iterator[Server]:
    """A server whose certificate nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2060, 1, 1, tzinfo=UTC))
        .sign(key, hashes.SHA256())
    )
    pem = tmp_path / "server.pem"
    plain = serialization.NoEncryption()
    pem.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    with serving(in_turn(Reply(ROWS))) as server:
        server._http.socket = context.wrap_socket(server._http.socket, server_side=True)
        yield server


def test_a_certificate_that_nobody_vouches_for_is_refused(encrypted: Server) -> None:
    settings = simple_settings(f"https://127.0.0.1:{encrypted.port}")
    with pytest.raises(ConnectionNotTrusted):
        opened(encrypted, settings, guard=Guard(frozenset({("127.0.0.1", 0)}))).sample("rows")
