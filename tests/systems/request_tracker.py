"""Reading a real Request Tracker, as its preset says. By hand: start ../shared/systems/rt5, then

    python -m tests.systems.request_tracker http://127.0.0.1:18101 root TOKEN

It reads everything, then every ticket again in two halves from a cursor in the middle, compares them by key, and
does both once more for each time zone that the account may have.
"""

import os
import sys
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

import httpx

from accord.metrics.connectors.contract import Cursor, Row
from accord.metrics.connectors.guard import Guard
from accord.metrics.connectors.rest.connector import open_rest
from accord.metrics.connectors.secrets import Secret
from accord.metrics.errors.connectors import SignInRefused

PRESET = Path(__file__).parents[2] / "accord" / "metrics" / "presets" / "request_tracker.toml"
ZONES = ("", "Asia/Shanghai", "America/New_York", "UTC")


def settings(address: str, account: str) -> Any:
    text = PRESET.read_text("utf-8").replace("{address}", address).replace("{account}", account)
    return tomllib.loads(text)["settings"]


def rows(address: str, account: str, token: str, stream: str, cursor: Cursor) -> tuple[dict[str, Row], Cursor]:
    parts = urlsplit(address)
    guard = Guard(frozenset({(parts.hostname or "", parts.port or 80)}))
    connector = open_rest(settings(address, account), Secret(token), guard)
    try:
        found = {}
        for page in connector.read(stream, cursor):
            found |= {row["_key"]: row for row in page.rows}
            cursor = page.cursor
        return found, cursor
    finally:
        connector.close()


def with_zone(address: str, account: str, token: str, zone: str) -> None:
    answer = httpx.put(
        f"{address}/REST/2.0/user/{account}",
        json={"Timezone": zone},
        headers={"Authorization": f"token {token}"},
        trust_env=False,
    )
    answer.raise_for_status()


def check(address: str, account: str, token: str) -> None:
    for zone in ZONES:
        with_zone(address, account, token, zone)
        everything, end = rows(address, account, token, "tickets", {})
        answers, _ = rows(address, account, token, "answers", {})
        print(f"{zone or 'no zone'}: {len(everything)} tickets, {len(answers)} answers, cursor {end['stamp']}")
        stamps = sorted(row["_stamp"] for row in everything.values())
        for cut in stamps[:: max(1, len(stamps) // 10)]:
            later, _ = rows(address, account, token, "tickets", {**end, "stamp": cut})
            wanted = {key for key, row in everything.items() if row["_stamp"] >= cut}
            assert wanted <= set(later), f"{zone}: {len(wanted - set(later))} rows lost after {cut}"
            print(f"  since {cut}: {len(later)} rows for {len(wanted)} changed ones")
    with_zone(address, account, token, "")
    try:
        rows(address, account, token[:-2] + "xx", "tickets", {})
    except SignInRefused as refused:
        print("wrong token:", refused)
    else:
        raise AssertionError("a wrong token was let in")


if __name__ == "__main__":
    check(*sys.argv[1:4])
