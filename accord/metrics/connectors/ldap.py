"""A directory: the entries below a place that a filter finds, in parts."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

import ldap3
from django.utils.translation import gettext_lazy as _
from ldap3.core.exceptions import (
    LDAPBindError,
    LDAPException,
    LDAPInvalidCredentialsResult,
    LDAPOperationResult,
    LDAPSocketOpenError,
    LDAPStartTLSError,
)

from accord.metrics.connectors.contract import ConnectorKind, Cursor, Page, Probed, Problem, Row, Settings
from accord.metrics.connectors.fingerprints import fingerprint
from accord.metrics.connectors.guard import Guard
from accord.metrics.connectors.rows import add_links, joined_key, once_each
from accord.metrics.connectors.secrets import Secret
from accord.metrics.connectors.settings_reading import Reader, parts_of
from accord.metrics.connectors.waits import REAL, Waits
from accord.metrics.errors.connectors import (
    ConnectionNotTrusted,
    DirectoryRefused,
    SettingsNotUnderstood,
    SignInRefused,
    SourceFailed,
    SourceUnreachable,
    UnknownStream,
)

_PAGE = 500
_SECONDS = 30
# Whatever an account may see: these are never asked for and never kept.
_SECRET = re.compile(
    r"password|pwd|secret|credential|hash|pkcs12|\bkey\b|(principal|master|private|otp|m)key", re.IGNORECASE
)
# Attributes can be asked for by number too, which says nothing of what they are.
_NAMED = re.compile(r"dn|[A-Za-z][A-Za-z0-9\-]*(;[A-Za-z0-9\-]+)*")
_STAMP = re.compile(r"(\d{14})(?:[.,]\d+)?Z")
# See `sql.connector`: a change further ahead than clocks can differ is a mistake in the entry.
_AHEAD = timedelta(hours=27)


@dataclass(frozen=True)
class LdapStream:
    name: str
    base: str
    filter: str
    key: tuple[str, ...]
    link: str
    fields: Mapping[str, str]
    # The attribute that says when an entry last changed; "" reads all entries each time.
    since: str
    overlap_minutes: int


@dataclass(frozen=True)
class LdapSettings:
    host: str
    port: int
    is_encrypted: bool
    starts_tls: bool
    user: str
    streams: Mapping[str, LdapStream]


class LdapConnector:
    def __init__(self, settings: LdapSettings, secret: Secret, guard: Guard, waits: Waits = REAL) -> None:
        guard.require_listed(settings.host, settings.port)
        self._settings = settings
        self._secret = secret
        self._waits = waits
        self._connection: ldap3.Connection | None = None

    def probe(self) -> Probed:
        try:
            said = self._bound().extend.standard.who_am_i()
        except LDAPException as error:
            raise self._in_words(error) from None
        return Probed(str(said or "").removeprefix("dn:") or self._settings.user, "UTC")

    def sample(self, stream: str, most: int = 20) -> list[Row]:
        wanted = self._stream(stream)
        return self._rows(wanted, list(islice(self._entries(wanted, wanted.filter), most)))

    def read(self, stream: str, cursor: Cursor) -> Iterator[Page]:
        wanted = self._stream(stream)
        mark = {"of": fingerprint(wanted)}
        start = _moment(cursor.get("stamp")) if cursor.get("of") == mark["of"] else None
        newest = start
        entries = self._entries(wanted, _since(wanted, start))
        while part := list(islice(entries, _PAGE)):
            newest = self._newest(wanted, newest, part)
            yield Page(self._rows(wanted, part), cursor)
        yield Page([], {**mark, "stamp": newest.isoformat()} if newest and wanted.since else {})

    def close(self) -> None:
        if self._connection:
            self._connection.unbind()

    def _stream(self, name: str) -> LdapStream:
        try:
            return self._settings.streams[name]
        except KeyError:
            raise UnknownStream(stream=name) from None

    def _bound(self) -> ldap3.Connection:
        """The connection, bound as our account."""
        if self._connection is None:
            settings = self._settings
            tls = ldap3.Tls(validate=ssl.CERT_REQUIRED, version=ssl.PROTOCOL_TLS_CLIENT)
            server = ldap3.Server(
                settings.host,
                settings.port,
                use_ssl=settings.is_encrypted,
                tls=tls if settings.is_encrypted or settings.starts_tls else None,
                get_info=ldap3.NONE,
                connect_timeout=_SECONDS,
            )
            self._connection = ldap3.Connection(
                server,
                user=settings.user or None,
                password=self._secret.reveal() or None,
                auto_bind=ldap3.AUTO_BIND_TLS_BEFORE_BIND if settings.starts_tls else ldap3.AUTO_BIND_NO_TLS,
                read_only=True,
                # A referral would take account and password to another host.
                auto_referrals=False,
                receive_timeout=_SECONDS,
                raise_exceptions=True,
            )
        return self._connection

    def _entries(self, stream: LdapStream, search: str) -> Iterator[dict[str, Any]]:
        named = [*stream.fields.values(), *stream.key, *filter(None, [stream.since])]
        wanted = sorted(set(named)) if stream.fields else [ldap3.ALL_ATTRIBUTES, *sorted(set(named))]
        try:
            found = self._bound().extend.standard.paged_search(
                stream.base, search, ldap3.SUBTREE, attributes=wanted, paged_size=_PAGE, generator=True
            )
            for each in found:
                if each.get("type") == "searchResEntry":
                    attributes = each["raw_attributes"].items()
                    yield {
                        "dn": each["dn"],
                        **{name: values for name, values in attributes if not _SECRET.search(name)},
                    }
        except LDAPException as error:
            raise self._in_words(error) from None

    def _rows(self, stream: LdapStream, entries: list[dict[str, Any]]) -> list[Row]:
        rows = []
        for entry in entries:
            fields = stream.fields or {name: name for name in entry}
            row = {name: _value(entry, attribute) for name, attribute in fields.items()}
            row["_key"] = joined_key([_value(entry, name) for name in stream.key], stream.name, stream.key)
            row["_stamp"] = _value(entry, stream.since) if stream.since else None
            rows.append(row)
        add_links(rows, stream.link)
        return once_each(rows, stream.name, stream.key)

    def _newest(self, stream: LdapStream, so_far: datetime | None, entries: list[dict[str, Any]]) -> datetime | None:
        latest = self._waits.now() + _AHEAD
        stamps = [_moment(_value(entry, stream.since)) for entry in entries] if stream.since else []
        return max([each for each in (so_far, *stamps) if each and each <= latest], default=None)

    def _in_words(self, error: LDAPException) -> SourceFailed:
        host = self._settings.host
        if isinstance(error, LDAPInvalidCredentialsResult | LDAPBindError):
            return SignInRefused(host=host, answer=49)
        if "certificate" in str(error).lower() or isinstance(error, LDAPStartTLSError):
            return ConnectionNotTrusted(host=host)
        if isinstance(error, LDAPSocketOpenError):
            return SourceUnreachable(host=host)
        reason = error.description if isinstance(error, LDAPOperationResult) else type(error).__name__
        return DirectoryRefused(host=host, reason=reason)


def read_ldap(settings: Settings) -> tuple[LdapSettings, list[Problem]]:
    reader = Reader(settings)
    reader.whole("v", 1, 1, 1)
    # Directories write times with their zone.
    reader.zone("zone", "UTC")
    address = parts_of(reader.text("url"))
    if address.scheme not in ("ldap", "ldaps") or not address.hostname or "@" in address.netloc:
        reader.problem("url", _("must be an address that begins with ldaps:// or ldap://"))
    is_encrypted = address.scheme == "ldaps"
    read = LdapSettings(
        host=address.hostname or "",
        port=address.port or (636 if is_encrypted else 389),
        is_encrypted=is_encrypted,
        starts_tls=reader.choice("tls", ("", "start"), "") == "start" and not is_encrypted,
        user=reader.text("user", ""),
        streams={name: _stream(name, each) for name, each in reader.groups("streams")},
    )
    if not read.streams:
        reader.problem("streams", _("at least one table is needed"))
    reader.finish()
    return read, reader.problems


def open_ldap(settings: Settings, secret: Secret, guard: Guard) -> LdapConnector:
    """Raises SettingsNotUnderstood, HostMustBeListed."""
    read, problems = read_ldap(settings)
    if problems:
        raise SettingsNotUnderstood(problems)
    return LdapConnector(read, secret, guard)


def _stream(name: str, reader: Reader) -> LdapStream:
    reader.text("label", "")
    # Whether each run reads everything, so that rows that are gone go here too: see services/sync/running.py.
    reader.flag("full")
    since = reader.group("since")
    stream = LdapStream(
        name=name,
        base=reader.text("base"),
        filter=reader.text("filter", "(objectClass=*)"),
        key=reader.texts("key") or ("entryUUID",),
        link=reader.text("link", ""),
        fields={key: str(attribute) for key, attribute in reader.plain("fields").items()},
        since=since.text("field", "modifyTimestamp") if reader.has("since") else "",
        overlap_minutes=since.whole("overlap_minutes", 10, 0, 60 * 24 * 31),
    )
    asked = [*stream.fields.values(), *stream.key, *filter(None, [stream.since])]
    if any(map(_SECRET.search, asked)):
        reader.problem("fields", _("must not be passwords"))
    if not all(map(_NAMED.fullmatch, asked)):
        reader.problem("fields", _("must be names of attributes"))
    if any(field.startswith("_") for field in stream.fields):
        reader.problem("fields", _("must not begin with an underscore"))
    if not stream.filter.startswith("("):
        reader.problem("filter", _("must stand in brackets, such as (objectClass=person)"))
    since.finish()
    reader.finish()
    return stream


def _since(stream: LdapStream, start: datetime | None) -> str:
    if start is None or not stream.since:
        return stream.filter
    moment = (start - timedelta(minutes=stream.overlap_minutes)).astimezone(UTC)
    return f"(&{stream.filter}({stream.since}>={moment:%Y%m%d%H%M%SZ}))"


def _value(entry: Mapping[str, Any], attribute: str) -> Any:
    """One value as text, several as a list; the names of attributes are the same in capitals."""
    found = entry.get(attribute)
    if found is None:
        found = next((each for name, each in entry.items() if name.lower() == attribute.lower()), None)
    if isinstance(found, str) or found is None:
        return found
    values = [_text(each) for each in found]
    return values[0] if len(values) == 1 else values or None


def _text(value: bytes) -> str | None:
    try:
        text = value.decode()
    except UnicodeDecodeError:
        # Numbers that name an entry are bytes in some directories; pictures and certificates are left out.
        return str(UUID(bytes_le=value)) if len(value) == 16 else None
    moment = _STAMP.fullmatch(text)
    return datetime.strptime(f"{moment[1]}+0000", "%Y%m%d%H%M%S%z").isoformat() if moment else text


def _moment(text: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None


KIND = ConnectorKind(
    label=_("Directory (LDAP)"),
    description=_("Entries of a directory, such as people and groups of OpenLDAP or Active Directory."),
    icon="sitemap",
    read_settings=lambda settings: read_ldap(settings)[1],
    open=open_ldap,
)
