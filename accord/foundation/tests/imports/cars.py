"""A kind of import for tests: cars, kept in a table of their own so that a rollback shows."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_noop as _

from accord.foundation.imports import ImportOptions, ImportResult, Remark
from accord.foundation.imports.kinds import ImportKind, KindOption
from accord.foundation.models import Notification, User
from accord.foundation.spreadsheets import Column, read_sheet

COLUMNS = (Column("plate", ("车牌", "plate")), Column("owner", ("车主", "owner"), required=False))

CARS = ImportKind(
    label="车辆",
    summary="公司的车。",
    icon="coin",
    importer="accord.foundation.tests.imports.cars.import_cars",
    columns="accord.foundation.tests.imports.cars.COLUMNS",
    examples=({"plate": "沪A1", "owner": "李伟"}, {"plate": "沪A2", "owner": "张敏"}),
    options=(
        KindOption("fleet", "车队"),
        KindOption("sell_missing", "卖掉其余", is_flag=True),
    ),
)


KINDS = {"cars": CARS}
KINDS_WITH_PERFORMANCE = {"cars": replace(CARS, has_performance=True)}


class Broken(Exception):
    """What a fault of the importer's own looks like."""


def wait_in(folder: Path) -> None:
    """Say that the load is half done, and go on when told to."""
    (folder / "began").touch()
    while not (folder / "go").exists():
        time.sleep(0.05)


def import_cars(path: Path, options: ImportOptions) -> ImportResult:
    """A car is a Notification of kind `car` to the first user; its owner stands in the values."""
    sheet = read_sheet(path, COLUMNS)
    keeper = User.objects.order_by("id").first()
    known = dict(Notification.objects.filter(kind="car").values_list("cause", "values__owner"))
    remarks: list[Remark] = []
    counts = {"created": 0, "changed": 0, "same": 0}
    with transaction.atomic():
        for row, plate, owner in sheet.frame.select("row", "plate", "owner").iter_rows():
            if plate is None or plate.startswith("坏"):
                remarks.append(Remark(row, "plate", "plate_bad", _("“%(plate)s” is no plate."), {"plate": plate or ""}))
                continue
            if owner == "break":
                raise Broken(plate)
            if owner and owner.startswith("wait:"):
                wait_in(Path(owner.removeprefix("wait:")))
            if owner is None:
                remarks.append(Remark(row, "owner", "owner_missing", _("No owner."), is_refusal=False))
            what = "same" if known.get(plate, "?") == owner else "changed" if plate in known else "created"
            counts[what] += 1
            if not options.dry_run:
                Notification.objects.update_or_create(
                    recipient=keeper, kind="car", cause=plate, defaults={"values": {"owner": owner}}
                )
            options.progress(row, sheet.frame.height)
    preview = tuple({"row": "2", "what": "created", "before": "", "after": fleet} for fleet in options.values.values())
    return ImportResult(**counts, refused=sum(r.is_refusal for r in remarks), remarks=tuple(remarks), preview=preview)
