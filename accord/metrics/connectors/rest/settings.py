"""The settings of a REST source. docs/formats/connections.md says field by field what they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx
from django.utils.translation import gettext_lazy as _

from accord.metrics.connectors.contract import Problem, Settings
from accord.metrics.connectors.instants import is_format
from accord.metrics.connectors.settings_reading import Reader

AUTH_KINDS = ("none", "header", "query", "token", "basic", "oauth2", "login")
PAGING_KINDS = ("none", "page", "offset", "cursor", "link")
FROM_PROBE = "probe"
_LAST_PORT = 65_535


@dataclass(frozen=True)
class Auth:
    kind: str
    # The header or parameter, the word before a token, the account or client: what each kind calls its public half.
    name: str = ""
    scheme: str = ""
    user: str = ""
    address: str = ""
    scope: str = ""
    body: Mapping[str, Any] | None = None
    token: str = ""


@dataclass(frozen=True)
class Probe:
    path: str
    identity: str
    zone: str
    # Who it must be: "" is anybody but a stranger.
    expect: str


@dataclass(frozen=True)
class Limits:
    seconds: int
    bytes: int
    per_minute: int
    run_minutes: int


@dataclass(frozen=True)
class Paging:
    kind: str
    param: str = ""
    size_param: str = ""
    size: int = 100
    first: int = 1
    next: str = ""
    more: str = ""
    # Some systems send the last page again when asked for more than there are.
    repeats_at_end: bool = False


@dataclass(frozen=True)
class Filter:
    """A parameter that narrows a stream to what changed."""

    param: str
    template: str


@dataclass(frozen=True)
class Since:
    filters: tuple[Filter, ...]
    fields: tuple[str, ...]
    format: str
    zone: str
    stamps: str
    overlap_minutes: int
    initial: str


@dataclass(frozen=True)
class Stream:
    name: str
    path: str
    method: str
    params: Mapping[str, Any]
    body: Mapping[str, Any] | None
    rows: str
    rows_may_be_absent: bool
    key: tuple[str, ...]
    link: str
    total: str
    paging: Paging
    since: Since | None
    fields: Mapping[str, str]
    optional: tuple[str, ...]
    unset: tuple[str, ...]
    typed: str


@dataclass(frozen=True)
class RestSettings:
    base: httpx.URL
    auth: Auth
    # The zone in which the account reads dates, and in which times without a zone are meant; "probe" asks the source.
    zone: str
    probe: Probe
    limits: Limits
    ok_path: str
    ok_values: tuple[str, ...]
    streams: Mapping[str, Stream]


def read_rest(settings: Settings) -> tuple[RestSettings, list[Problem]]:
    """The settings, and what is wrong with them; only without problems are they to be used."""
    reader = Reader(settings)
    reader.whole("v", 1, 1, 1)
    zone = reader.raw("zone", "UTC")
    ok = reader.group("ok")
    read = RestSettings(
        base=_base(reader),
        auth=_auth(reader.group("auth")),
        zone=FROM_PROBE if zone == FROM_PROBE else reader.zone("zone", "UTC"),
        probe=_probe(reader.group("probe")),
        limits=_limits(reader.group("limits")),
        ok_path=ok.path("path"),
        ok_values=ok.texts("is"),
        streams={name: _stream(name, each) for name, each in reader.groups("streams")},
    )
    if not read.streams:
        reader.problem("streams", _("at least one table is needed"))
    if read.zone == FROM_PROBE and not read.probe.zone:
        reader.problem("probe.zone", _("is missing"))
    ok.finish()
    reader.finish()
    return read, reader.problems


def _base(reader: Reader) -> httpx.URL:
    text = reader.text("base")
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL:
        url = httpx.URL("")
    if text and (url.scheme not in ("http", "https") or not url.host or (url.port or 0) > _LAST_PORT):
        reader.problem("base", _("must be an address that begins with https:// or http://"))
    if url.userinfo or url.query or url.fragment:
        reader.problem("base", _("must hold neither a password nor a question mark; those have fields of their own"))
        return httpx.URL("")
    return url


def _auth(reader: Reader) -> Auth:
    kind = reader.choice("kind", AUTH_KINDS, "none")
    asked = {
        "name": reader.text("name", None if kind in ("header", "query") else "Authorization"),
        "scheme": reader.text("scheme", "" if kind in ("header", "query") else "Bearer"),
        "user": reader.text("user", None if kind == "basic" else ""),
        "scope": reader.text("scope", ""),
        "token": reader.path("token", "access_token"),
    }
    client, address = reader.text("client_id", None if kind == "oauth2" else ""), reader.text("path", "")
    if kind == "oauth2":
        asked |= {"user": client, "address": reader.text("token_url"), "name": "Authorization", "scheme": "Bearer"}
    elif kind == "login":
        asked["address"] = address
    reader.raw("token_url")
    body = reader.sendable("body")
    reader.finish()
    return Auth(kind, **asked, body=body)


def _probe(reader: Reader) -> Probe:
    probe = Probe(
        path=reader.text("path", ""),
        identity=reader.path("identity"),
        zone=reader.path("zone"),
        expect=reader.text("expect", ""),
    )
    if probe.path and not probe.identity:
        reader.problem("identity", _("is missing"))
    reader.finish()
    return probe


def _limits(reader: Reader) -> Limits:
    limits = Limits(
        seconds=reader.whole("timeout", 30, 1, 600),
        bytes=reader.whole("bytes", 32 << 20, 1 << 10, 1 << 30),
        per_minute=reader.whole("per_minute", 0, 0, 100_000),
        run_minutes=reader.whole("run_minutes", 30, 1, 24 * 60),
    )
    reader.finish()
    return limits


def _stream(name: str, reader: Reader) -> Stream:
    reader.text("label", "")
    # Whether each run reads everything, so that rows that are gone go here too: see services/sync/running.py.
    reader.flag("full")
    method = reader.choice("method", ("GET", "POST"), "GET")
    stream = Stream(
        name=name,
        path=reader.text("path"),
        method=method,
        params=reader.sendable("params"),
        body=reader.sendable("body") if method == "POST" else None,
        rows=reader.path("rows"),
        rows_may_be_absent=reader.flag("rows_may_be_absent"),
        key=_key(reader),
        link=_link(reader),
        total=reader.path("total"),
        paging=_paging(reader.group("paging")),
        since=_since(reader.group("since"), method) if reader.has("since") else None,
        fields=reader.paths("fields"),
        optional=reader.texts("optional"),
        unset=reader.texts("unset"),
        typed=reader.text("typed", ""),
    )
    reader.raw("since")
    for field in stream.fields:
        if field.startswith("_"):
            reader.problem(f"fields.{field}", _("must not begin with an underscore"))
    reader.finish()
    return stream


def read_pushed_stream(name: str, reader: Reader) -> Stream:
    """A stream whose rows are sent to us: a list of objects, read by the same paths."""
    reader.text("label", "")
    stream = Stream(
        name=name,
        path="",
        method="GET",
        params={},
        body=None,
        rows="",
        rows_may_be_absent=False,
        key=_key(reader),
        link=_link(reader),
        total="",
        paging=Paging("none"),
        since=None,
        fields=reader.paths("fields"),
        optional=reader.texts("optional"),
        unset=reader.texts("unset"),
        typed=reader.text("typed", ""),
    )
    reader.finish()
    return stream


def _key(reader: Reader) -> tuple[str, ...]:
    key = reader.texts("key")
    if not key:
        reader.problem("key", _("is missing"))
    return reader.checked_paths("key", key)


def _link(reader: Reader) -> str:
    link = reader.text("link", "")
    if link and not link.startswith(("https://", "http://")):
        reader.problem("link", _("must be an address that begins with https:// or http://"))
    return link


def _paging(reader: Reader) -> Paging:
    kind = reader.choice("kind", PAGING_KINDS, "none")
    paging = Paging(
        kind=kind,
        param=reader.text("param", {"page": "page", "offset": "offset"}.get(kind, "")),
        size_param=reader.text("size_param", ""),
        size=reader.whole("size", 100, 1, 100_000),
        first=reader.whole("first", 0 if kind == "offset" else 1, 0, 1_000_000),
        next=reader.path("next"),
        more=reader.path("more"),
        repeats_at_end=reader.flag("repeats_at_end"),
    )
    if kind == "cursor" and not (paging.next and paging.param):
        reader.problem("next", _("is missing"))
    reader.finish()
    return paging


def _since(reader: Reader, method: str) -> Since:
    # In what is posted, the time stands in the body.
    first = Filter(reader.text("param", "" if method == "POST" else None), reader.text("template", "{since}"))
    others = tuple(Filter(param, "{since}") for param in reader.texts("also"))
    fields = (reader.path("field"), *reader.checked_paths("fallback", reader.texts("fallback")))
    since = Since(
        filters=(first, *others),
        fields=fields,
        format=reader.text("format", "iso"),
        zone=reader.zone("zone", ""),
        stamps=reader.text("stamps", ""),
        overlap_minutes=reader.whole("overlap_minutes", 10, 0, 60 * 24 * 31),
        initial=reader.text("initial", ""),
    )
    if not fields[0]:
        reader.problem("field", _("is missing"))
    if not is_format(since.format) or (since.stamps and not is_format(since.stamps)):
        reader.problem("format", _("must be iso, z, epoch, epoch_ms or a pattern such as %%Y-%%m-%%d %%H:%%M:%%S"))
    if "{since" not in first.template:
        reader.problem("template", _("must say {since} where the time stands"))
    reader.finish()
    return since
