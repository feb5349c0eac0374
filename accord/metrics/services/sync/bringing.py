"""One transaction: rows are kept, counted anew where something changed, and the values they touch are brought in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from accord.domain.periods import Period
from accord.domain.row_mapping import Cells, Contribution, Span
from accord.foundation.models import User
from accord.metrics.models import Batch, Connection, Identity, MappedRow
from accord.metrics.queries.retention import stored_among
from accord.metrics.services.ingest import Provenance, ingest
from accord.metrics.services.sync.counting import count_rows, landed_lookups, looking_at
from accord.metrics.services.sync.cursors import Cursors, kept_after
from accord.metrics.services.sync.landing import Landed, Reading, land
from accord.metrics.services.sync.names import as_named, count_rows_of, identities_of, match_waiting, subject_of
from accord.metrics.services.sync.rules import Mapped, counter_of, rules_of
from accord.metrics.services.sync.statements import cells_of, delete_among, insert_mapped, read_keys, refresh_statistics
from accord.metrics.services.sync.totals import Group, period_label, totals_of
from accord.metrics.services.tables import measurement_table
from accord.metrics.services.working_days import is_published

Refused = tuple[str, str, Mapping[str, str]]
_GROUPS = "SELECT subject, period, row_id, identity_id FROM mapped_rows WHERE mapping_id = %s"
_BARE = """
    SELECT DISTINCT m.period FROM mapped_rows AS m JOIN source_rows AS r ON r.id = m.row_id
    WHERE m.mapping_id = %s AND r.fields IS NULL
"""


@dataclass
class Brought:
    """What one transaction did: rows by what became of them, and the batches of values."""

    created: int = 0
    changed: int = 0
    same: int = 0
    removed: int = 0
    refused: list[Refused] = field(default_factory=list)
    unpublished: set[int] = field(default_factory=set)
    batches: list[Batch] = field(default_factory=list)


class Bringing:
    """Brings the values of a connection to its rows, in the caller's transaction. One at a time, the next one waits.

    `connection` and `rules` are read anew once it is its turn, so nothing that was settled meanwhile is overlooked.
    Raises RuleNotUnderstood.
    """

    def __init__(self, pk: int, now: datetime, actor: User | None = None) -> None:
        measurement_table().take_turn()
        self.connection = Connection.objects.select_related("source", "owner__user").get(pk=pk)
        self.rules = rules_of(self.connection)
        self._now, self._actor = now, actor
        self._touched: dict[int, set[Group]] = defaultdict(set)
        self._named: set[int] = set()
        self._came: dict[str, list[tuple[int, Cells]]] = {}
        self._whole: dict[str, list[tuple[int, Cells]]] = {}
        self.brought = Brought()

    def bring(self, readings: Mapping[str, Reading], cursors: Cursors) -> Brought:
        """Keep what was read, count what it touches and bring the values in; `cursors` is how far it was read."""
        looked_up = {stream for mapped in self.rules for stream in mapped.rule.streams()}
        landed: dict[str, Landed] = {}
        for stream, reading in sorted(readings.items()):
            landed[stream] = land(self.connection, stream, reading, self._now, is_looked_up=stream in looked_up)
            self._note(reading, landed[stream])
        kept = kept_after(self.connection.cursor, cursors)
        for mapped in self.rules:
            if kept.is_outdated(mapped):
                self._count_all(mapped)
            else:
                self._count_touched(mapped, landed)
        for each in landed.values():
            delete_among("mapped_rows", "row_id", each.removed)
        refresh_statistics(self.brought.created + self.brought.changed)
        Connection.objects.filter(pk=self.connection.pk).update(cursor=kept.settled(self.rules))
        return self.follow(match_waiting(self.connection))

    def follow(self, identities: Collection[int]) -> Brought:
        """Let the rows of `identities` count for whom they are now, and bring the values in."""
        self._follow(identities)
        self._total()
        return self.brought

    def _note(self, reading: Reading, landed: Landed) -> None:
        brought = self.brought
        brought.created += landed.created
        brought.changed += landed.changed
        brought.same += landed.same
        brought.removed += len(landed.removed)
        brought.refused += reading.rows.refused

    def _count_touched(self, mapped: Mapped, landed: Mapping[str, Landed]) -> None:
        own = landed.get(mapped.mapping.stream, Landed())
        touched = own.written | looking_at(self.connection, mapped, landed)
        if touched or own.removed:
            self._replace(mapped, touched | own.removed, self._rows(mapped.mapping.stream, own.written, touched))

    def _rows(self, stream: str, came: set[int], touched: set[int]) -> list[tuple[int, Cells]]:
        """The rows `touched` as they are kept; those that `came` are read once for all rules."""
        if stream not in self._came:
            self._came[stream] = list(cells_of(self.connection, stream, came))
        return [*self._came[stream], *cells_of(self.connection, stream, touched - came)]

    def _all_rows(self, stream: str) -> list[tuple[int, Cells]]:
        """The rows of a stream that have their fields, read once for all rules."""
        if stream not in self._whole:
            self._whole[stream] = list(cells_of(self.connection, stream))
        return self._whole[stream]

    def _count_all(self, mapped: Mapped) -> None:
        """Count all rows anew, as the rule has changed.

        A period of which some rows are so old that their fields are gone keeps the values it has: it could not be
        worked out whole.
        """
        closed = {period for (period,) in read_keys(_BARE, [mapped.mapping.pk], None, "")}
        rows = self._all_rows(mapped.mapping.stream)
        if not closed:
            self._replace(mapped, None, rows)
            return
        kept = {pk for _, period, pk, _ in read_keys(_GROUPS, [mapped.mapping.pk], None, "row_id") if period in closed}
        rows = [(pk, row) for pk, row in rows if pk not in kept]
        self._replace(mapped, {pk for pk, _ in rows}, rows, closed)

    def _replace(
        self, mapped: Mapped, ids: Collection[int] | None, rows: list[tuple[int, Cells]], closed: Collection[int] = ()
    ) -> None:
        """Put what `rows` give in the place of what the rows `ids` (None is all) gave before."""
        mapping = mapped.mapping.pk
        before = read_keys(_GROUPS, [mapping], ids, "row_id")
        counter = counter_of(mapped.rule, mapped.mapping.metric, self.connection, self._now)
        outcome = count_rows(counter, rows, landed_lookups(self.connection, mapped.rule, rows))
        given = {pk: each for pk, each in outcome.given.items() if each.period not in closed}
        if ids is None:
            MappedRow.objects.filter(mapping=mapping).delete()
        else:
            delete_among("mapped_rows", "row_id", ids, mapping_id=mapping)
        self._write(mapped, given)
        self._touched[mapping].update((subject, period) for subject, period, _, _ in before)
        self._named.update(identity for *_, identity in before)
        self.brought.refused += outcome.refused
        self._say_unpublished(mapped, given)

    def _write(self, mapped: Mapped, given: Mapping[int, Contribution]) -> None:
        spelled = {name: as_named(mapped.rule.by, name) for name in {each.name for each in given.values()}}
        identities = identities_of(self.connection, set(spelled.values()))
        whose: dict[str, tuple[int, int]] = {}
        for name, named in spelled.items():
            whose[name] = identities[named].pk, subject_of(identities[named])
        mapping = mapped.mapping.pk
        insert_mapped(
            (mapping, pk, *whose[each.name], each.period, each.at, each.value, each.weight)
            for pk, each in given.items()
        )
        self._touched[mapping].update((whose[each.name][1], each.period) for each in given.values())
        self._named.update(pk for pk, _ in whose.values())

    def _say_unpublished(self, mapped: Mapped, given: Mapping[int, Contribution]) -> None:
        """Working time in a year whose days off nobody knows yet is counted all the same, and that is said."""
        span = mapped.rule.value
        if isinstance(span, Span) and span.hours and span.has_days_off:
            years = {Period(period).start.year for period in {each.period for each in given.values()}}
            self.brought.unpublished.update(year for year in years if not is_published(year))

    def _follow(self, identities: Collection[int]) -> None:
        """Let the rows of `identities` count for whom they are now."""
        for identity in Identity.objects.filter(pk__in=list(identities)):
            subject = subject_of(identity)
            moved = MappedRow.objects.filter(identity=identity).exclude(subject=subject)
            for mapping, before, period in moved.values_list("mapping_id", "subject", "period").distinct():
                self._touched[mapping].update({(before, period), (subject, period)})
            moved.update(subject=subject)

    def _total(self) -> None:
        for mapped in self.rules:
            groups = {group for group in self._touched[mapped.mapping.pk] if group[0] != MappedRow.NOBODY}
            if groups:
                self._ingest(mapped, groups)
        count_rows_of(self._named)

    def _ingest(self, mapped: Mapped, groups: set[Group]) -> None:
        metric = mapped.mapping.metric
        stored = stored_among({period for _, period in groups})
        for period in sorted(stored):
            self.brought.refused.append(("", "period_stored_away", {"period": Period(period).label}))
        found = totals_of(mapped, {group for group in groups if group[1] not in stored})
        for group in found.too_large:
            self.brought.refused.append(("", "total_too_large", {"period": period_label(group)}))
        provenance = Provenance(
            source=self.connection.source.name, actor=self._actor, mapping_version=mapped.mapping.version
        )
        self.brought.batches.append(ingest(found.frame(metric), provenance, found.gone_frame(metric)).batch)
