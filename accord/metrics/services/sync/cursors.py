"""How far a connection was read, which fields its rows have, and by which version of each rule they were counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from accord.metrics.services.sync.rules import Mapped, fields_in_use

Cursors = Mapping[str, tuple[dict[str, Any], set[str]]]
"""By stream, what the connector gave as its cursor, and the fields that all rows have now."""


@dataclass(frozen=True)
class Kept:
    """What is written into `Connection.cursor`."""

    streams: dict[str, dict[str, Any]]

    def has_fields_for(self, mapped: Mapped) -> bool:
        """Whether the rows here have every field that the rule needs."""
        return all(
            fields <= set(self.streams.get(stream, {}).get("fields", ()))
            for stream, fields in fields_in_use([mapped]).items()
        )

    def is_outdated(self, mapped: Mapped) -> bool:
        """Whether the rows were counted by an earlier rule, and can be counted by this one."""
        return self._version(mapped) != mapped.mapping.version and self.has_fields_for(mapped)

    def settled(self, rules: Iterable[Mapped]) -> dict[str, dict[str, Any]]:
        """The same once every rule that can be was counted by."""
        settled = {stream: {**kept, "versions": {}} for stream, kept in self.streams.items()}
        for mapped in rules:
            kept = settled.get(mapped.mapping.stream)
            version = mapped.mapping.version if self.has_fields_for(mapped) else self._version(mapped)
            if kept is not None and version:
                kept["versions"][str(mapped.mapping.pk)] = version
        return settled

    def _version(self, mapped: Mapped) -> int:
        versions = self.streams.get(mapped.mapping.stream, {}).get("versions", {})
        return int(versions.get(str(mapped.mapping.pk), 0))


def kept_after(cursor: Mapping[str, dict[str, Any]], read: Cursors) -> Kept:
    """What is known once the streams were read as far as `read` says."""
    streams = {stream: dict(kept) for stream, kept in cursor.items()}
    for stream, (at, fields) in read.items():
        streams[stream] = {**streams.get(stream, {}), "at": at, "fields": sorted(fields)}
    return Kept(streams)
