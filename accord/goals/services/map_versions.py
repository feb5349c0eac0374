"""New versions of the map of a position. The rows of the map always say what its newest version says."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import Max

from accord.domain.position_map import PositionMap, differences, read_map
from accord.foundation.language import readers_language
from accord.foundation.services.events import record
from accord.goals.errors.position_map import MapRefused, MapUnchanged, StaleMap
from accord.goals.models import CoreOutput, PositionMapVersion, RecommendedKpi
from accord.goals.queries.map_content import map_of
from accord.people.models import Employee, Position
from accord.workflow.services.archive.keeping import keep


@transaction.atomic
def publish(position: Position, content: PositionMap, note: str, actor: Employee, seen: int) -> PositionMapVersion:
    """Make `content` the map of a position, as the version after `seen`, the newest that `actor` saw (0: none).

    A position that was put on the map before versions were kept gets version 1 first: what it said until now.
    Raises MapRefused, MapUnchanged, and StaleMap where somebody else made a version since.
    """
    if problems := content.problems():
        raise MapRefused(problems=" ".join(each.explain(readers_language()) for each in problems))
    before, newest = map_of(position), _newest(position)
    if newest != seen:
        raise StaleMap(position=position.name)
    if before.outputs and not newest:
        newest = _write_down(position, before, 1, "", None).number
    if not differences(before, content):
        raise MapUnchanged(number=newest)
    version = _write_down(position, content, newest + 1, note.strip(), actor)
    _replace_rows(position, content)
    keep("position_map.changed", f"positions:{position.pk}", _kept(version, position), actor=actor)
    record(
        "position_map.changed",
        subject=f"positions:{position.pk}",
        actor=actor.user,
        position_id=position.pk,
        number=version.number,
    )
    return version


def lay_down(position: Position, content: PositionMap, number: int, note: str = "") -> PositionMapVersion:
    """Make `content` the map of a position in the caller's transaction, as nobody's work: what the product brings."""
    _replace_rows(position, content)
    return _write_down(position, content, number, note, None)


def restore(version: PositionMapVersion, note: str, actor: Employee, seen: int) -> PositionMapVersion:
    """Make what an old version says the newest one. Raises as `publish` does."""
    return publish(version.position, read_map(version.content), note, actor, seen)


def _newest(position: Position) -> int:
    return PositionMapVersion.objects.filter(position=position).aggregate(newest=Max("number"))["newest"] or 0


def _write_down(
    position: Position, content: PositionMap, number: int, note: str, actor: Employee | None
) -> PositionMapVersion:
    try:
        with transaction.atomic():
            return PositionMapVersion.objects.create(
                position=position, number=number, content=content.as_json(), note=note, made_by=actor
            )
    except IntegrityError as error:
        # Somebody else, or the other press of the button, made the same version a moment ago.
        raise StaleMap(position=position.name) from error


def _replace_rows(position: Position, content: PositionMap) -> None:
    CoreOutput.objects.filter(position=position).delete()
    outputs = CoreOutput.objects.bulk_create(
        CoreOutput(
            position=position,
            name=output.name.zh,
            name_en=output.name.en,
            serves=output.serves.zh,
            serves_en=output.serves.en,
            order=order,
        )
        for order, output in enumerate(content.outputs)
    )
    RecommendedKpi.objects.bulk_create(
        RecommendedKpi(
            core_output=row,
            metric_id=kpi.metric,
            reason=kpi.why.zh,
            reason_en=kpi.why.en,
            target=kpi.target,
            threshold=kpi.threshold,
            source=kpi.source,
            is_movable=kpi.movable,
            order=order,
        )
        for row, output in zip(outputs, content.outputs, strict=True)
        for order, kpi in enumerate(output.kpis)
    )


def _kept(version: PositionMapVersion, position: Position) -> dict[str, object]:
    return {
        "position": position.name,
        "number": version.number,
        "note": version.note,
        "content": version.content,
    }
