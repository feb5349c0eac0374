"""Monday, nine o'clock: everybody opens the product at once.

    python -m tests.bench.monday [--people 20000] [--requests 300] [--database sqlite] [--home FOLDER]

Fills a database through the product's own imports (thirteen weeks of two KPIs each), serves it by two web processes,
and sends all requests at one moment, each by a person of their own: Today, their own page, the team board of managers,
and check-ins that write. Prints one JSON line: answers that were not as they should be, check-ins that are there
afterwards, and how long the answers took (all, and each kind), beside the same number of requests for an empty page
behind the same middleware. With --home the filled company stays in that folder, and is found there the next time.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.bench.ingest import database_in
from tests.bench.pages import SPAN, fill
from tests.e2e.instances import ROOT, free_port, wait_for_answer

KINDS = ("today", "today", "today", "person", "board", "check-in")
FORM = "/goals/check-ins/new/"


@dataclass
class Visitor:
    """Somebody with a session, what they ask for, and for a check-in the form as it was opened."""

    number: int
    pk: int
    kind: str
    cookies: dict[str, str]
    form: dict[str, str]

    @property
    def address(self) -> str:
        return {"today": "/", "person": f"/people/{self.pk}/", "board": f"/boards/team/{self.pk}/", "check-in": FORM}[
            self.kind
        ]


def visitors(people: int, count: int) -> list[Visitor]:
    """People from all over the company, each signed in; boards are opened by those who have a team."""
    from django.conf import settings
    from django.test import Client

    from accord.people.models import Employee

    managers = max((people - 2) // SPAN, 2)
    found = []
    for place in range(count):
        kind = KINDS[place % len(KINDS)]
        among = managers if kind == "board" else people
        number = 2 + place * 7919 % (among - 1)
        person = Employee.objects.select_related("user").get(employee_no=f"E{number}")
        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(person.user)
        cookies = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
        found.append(Visitor(number, person.pk, kind, cookies, {}))
    return found


@contextmanager
def served() -> Iterator[str]:
    """Two web processes as `accord serve` starts them."""
    port = free_port()
    server = subprocess.Popen([sys.executable, "-m", "tests.bench.monday_site", str(port)], cwd=ROOT)
    try:
        wait_for_answer(f"http://127.0.0.1:{port}/healthz", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def open_forms(base: str, those: Sequence[Visitor]) -> None:
    """Whoever checks in has the form open already."""
    for visitor in those:
        with httpx.Client(base_url=base, cookies=visitor.cookies) as client:
            page = client.get(FORM)
            fields = re.findall(r'<input[^>]*type="hidden"[^>]*>', page.text)
            pairs = [(re.search(r'name="([^"]+)"', each), re.search(r'value="([^"]*)"', each)) for each in fields]
            visitor.form = {name[1]: value[1] for name, value in pairs if name and value}
            visitor.form |= {"moved": f"周一九点 {visitor.number}", "confidence": "7", "about": ""}
            visitor.cookies |= dict(client.cookies)


async def all_at_once(base: str, those: Sequence[Visitor], empty: bool = False) -> list[tuple[str, float, int]]:
    """The kind, seconds and status of every request, all sent at one moment."""
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=base, limits=limits, timeout=120) as client:

        async def one(visitor: Visitor) -> tuple[str, float, int]:
            cookie = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
            headers = {"Cookie": cookie, "Referer": base + FORM}
            start = time.perf_counter()
            if visitor.form and not empty:
                answer = await client.post(FORM, data=visitor.form, headers=headers)
            else:
                answer = await client.get("/_empty/" if empty else visitor.address, headers=headers)
            return visitor.kind, time.perf_counter() - start, answer.status_code

        return list(await asyncio.gather(*map(one, those)))


def told(answers: Sequence[tuple[str, float, int]]) -> dict[str, Any]:
    """Half, 95 of 100 and the last of the answers, in milliseconds, of all and of each kind."""
    by_kind: dict[str, list[float]] = defaultdict(list)
    for kind, seconds, _status in answers:
        by_kind[kind].append(seconds)
        by_kind["all"].append(seconds)
    return {
        kind: {"p50": _at(took, 0.5), "p95": _at(took, 0.95), "last": _at(took, 1)} for kind, took in by_kind.items()
    }


def _at(took: Sequence[float], share: float) -> int:
    ordered = sorted(took)
    return round(ordered[min(int(len(ordered) * share), len(ordered) - 1)] * 1000)


def measure(people: int, count: int) -> dict[str, Any]:
    """One warm round that is not counted, then the moment itself."""
    from accord.goals.models import CheckIn

    those = visitors(people, count)
    with served() as base:
        asyncio.run(all_at_once(base, those[:20], empty=True))
        for visitor in those[: len(KINDS)]:
            httpx.get(base + visitor.address, cookies=visitor.cookies)
        empty = asyncio.run(all_at_once(base, those, empty=True))
        open_forms(base, [visitor for visitor in those if visitor.kind == "check-in"])
        before, start = CheckIn.objects.count(), time.perf_counter()
        answers = asyncio.run(all_at_once(base, those))
        took = time.perf_counter() - start
    wanted = {kind: 302 if kind == "check-in" else 200 for kind in KINDS}
    return {
        "requests": count,
        "not as they should be": [answer[2] for answer in answers if answer[2] != wanted[answer[0]]],
        "check-ins": [sum(1 for visitor in those if visitor.form), CheckIn.objects.count() - before],
        "seconds in all": round(took, 1),
        "milliseconds": told(answers),
        "empty page": told(empty)["all"],
    }


@contextmanager
def folder_for(home: Path | None) -> Iterator[Path]:
    """The folder that was named, or one that is deleted afterwards."""
    if home:
        home.mkdir(parents=True, exist_ok=True)
        yield home
        return
    with tempfile.TemporaryDirectory(prefix="accord-bench-") as folder:
        yield Path(folder)


def main() -> None:
    """Fill, serve, ask, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--requests", type=int, default=300)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--home", type=Path)
    options = parser.parse_args()
    with folder_for(options.home) as folder, database_in(folder, options.database):
        os.environ["ACCORD_HOSTS"] = "127.0.0.1,testserver"
        import django

        django.setup()
        from django.db import connections

        if not (folder / "filled").exists():
            fill(folder, options.people)
            (folder / "filled").touch()
        connections.close_all()
        figures = measure(options.people, options.requests)
        print(json.dumps({"database": options.database, "people": options.people, **figures}, ensure_ascii=False))
        connections.close_all()


if __name__ == "__main__":
    main()
