"""Reading real systems as a source would. By hand: start rt5, slapd and s3 of ../shared/systems, then

    python -m tests.systems.connectors TOKEN        # the token of Request Tracker's account root

Request Tracker: everything, then what changed since ten moments, and that for each time zone its account may have; no
row may be missing. A wrong token must be refused. OpenLDAP: people by pages, and again by their change stamps. S3:
files that were put there, and again.
"""

from __future__ import annotations

import os
import sys
import tomllib
from pathlib import Path
from typing import Any

import httpx

TRACKER, ACCOUNT = "http://127.0.0.1:18101", "root"
PRESET = Path(__file__).parents[2] / "accord" / "metrics" / "presets" / "request_tracker.toml"
ZONES = ("", "Asia/Shanghai", "America/New_York", "UTC")
DIRECTORY = {
    "url": "ldap://127.0.0.1:18389",
    "user": "cn=admin,dc=example,dc=com",
    "streams": {
        "people": {
            "base": "dc=example,dc=com",
            "filter": "(objectClass=inetOrgPerson)",
            "since": {"field": "modifyTimestamp"},
            "fields": {"number": "employeeNumber", "mail": "mail", "groups": "memberOf"},
        }
    },
}
BUCKET = {
    "bucket": "product",
    "endpoint": "http://127.0.0.1:18900",
    "user": "test",
    "prefix": "attendance",
    "settle_seconds": 0,
    "streams": {
        "days": {"pattern": "*.csv", "key": ["工号", "日期"], "fields": {"number": "工号", "what": "考勤结果"}}
    },
}


def rows(kind: str, settings: Any, secret: str, stream: str, cursor: Any = None) -> tuple[dict[str, Any], Any]:
    from accord.metrics.connectors.guard import Guard
    from accord.metrics.connectors.registry import KINDS
    from accord.metrics.connectors.secrets import Secret

    connector = KINDS[kind].open(settings, Secret(secret), Guard(frozenset({("127.0.0.1", 0)})))
    found: dict[str, Any] = {}
    reached = cursor or {}
    try:
        for page in connector.read(stream, cursor or {}):
            found |= {row["_key"]: row for row in page.rows}
            reached = page.cursor
        return found, reached
    finally:
        connector.close()


def tracker(token: str) -> None:
    from accord.metrics.errors.connectors import SignInRefused

    text = PRESET.read_text("utf-8").replace("<address>", TRACKER).replace("<account>", ACCOUNT)
    settings = tomllib.loads(text)["settings"]
    for zone in ZONES:
        answer = httpx.put(
            f"{TRACKER}/REST/2.0/user/{ACCOUNT}",
            json={"Timezone": zone},
            headers={"Authorization": f"token {token}"},
            trust_env=False,
        )
        answer.raise_for_status()
        everything, end = rows("rest", settings, token, "tickets")
        answers, _ = rows("rest", settings, token, "answers")
        print(f"{zone or 'no zone'}: {len(everything)} tickets, {len(answers)} answers")
        stamps = sorted(row["_stamp"] for row in everything.values())
        for cut in stamps[:: max(1, len(stamps) // 10)]:
            later, _ = rows("rest", settings, token, "tickets", {**end, "stamp": cut})
            wanted = {key for key, row in everything.items() if row["_stamp"] >= cut}
            assert wanted <= set(later), f"{zone}: {len(wanted - set(later))} rows lost after {cut}"
            print(f"  since {cut}: {len(later)} rows, {len(wanted)} of them changed")
    try:
        rows("rest", settings, token[:-2] + "xx", "tickets")
    except SignInRefused as refused:
        print("wrong token:", refused)
    else:
        raise AssertionError("a wrong token was let in")


def directory() -> None:
    people, end = rows("ldap", DIRECTORY, "admin", "people")
    again, _ = rows("ldap", DIRECTORY, "admin", "people", end)
    print(f"directory: {len(people)} people, {len(again)} within the overlap")
    assert len(people) > 50


def bucket() -> None:
    import obstore
    from obstore.store import S3Store

    store = S3Store(
        "product",
        endpoint=BUCKET["endpoint"],
        access_key_id="test",
        secret_access_key="test",
        region="us-east-1",
        client_options={"allow_http": True},
    )
    for day in range(1, 4):
        table = f"工号,日期,考勤结果\nYH0005,2026-11-0{day},正常\nYH0006,2026-11-0{day},迟到\n"
        obstore.put(store, f"attendance/{day}.csv", table.encode())
    everything, end = rows("files", BUCKET, "test", "days")
    again, _ = rows("files", BUCKET, "test", "days", end)
    print(f"bucket: {len(everything)} rows, {len(again)} when nothing changed")
    assert (len(everything), len(again)) == (6, 0)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    tracker(sys.argv[1])
    directory()
    bucket()
