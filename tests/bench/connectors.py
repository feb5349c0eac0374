"""Reading 50,000 rows in pages of 500 through the REST connector, beside a bare httpx loop over the same pages.

    python -m tests.bench.connectors [--rows 50000] [--size 500] [--rounds 7]

The server is a process of its own and holds every page ready. Prints one JSON object: medians of rows a second by the
clock and by the processor time of the reading process, and the connector's speed as a share of the loop's just before
it (1.0 is as fast). `plain` names seven fields of the row itself; `deeper` reads two of six from inside an object,
empties unset dates and makes a link for each row; `searched` has one more field, found by a JMESPath that filters a
list.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection
from typing import Any

FIELDS = ("id", "subject", "status", "queue", "created", "resolved", "changed")
UNSET = "1970-01-01T00:00:00Z"


def row(number: int) -> dict[str, Any]:
    at = f"2026-{number % 11 + 1:02}-{number % 28 + 1:02}T{number % 24:02}:{number % 60:02}:00Z"
    return {
        "id": number,
        "subject": f"报表导出失败 #{number}",
        "status": "resolved" if number % 5 else "open",
        "queue": "技术支持",
        "owner": {"id": number % 50, "name": f"agent{number % 50}", "email": f"agent{number % 50}@company.example"},
        "custom": [{"name": "NPS", "values": [str(number % 11)]}],
        "created": at,
        "resolved": at if number % 5 else UNSET,
        "changed": at,
    }


def serve(rows: int, size: int, told: Connection) -> None:
    """Pages 1, 2, … by number, each with the address of the next."""
    last = rows // size

    def body(page: int) -> bytes:
        items = [row(number) for number in range((page - 1) * size, page * size)]
        following = f"/rows?page={page + 1}" if page < last else None
        return json.dumps({"items": items, "next": following, "total": rows}, ensure_ascii=False).encode()

    pages = {str(page): body(page) for page in range(1, last + 1)}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            answer = pages[self.path.rpartition("=")[2] if "=" in self.path else "1"]
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.send(server.server_port)
    server.serve_forever()


@contextmanager
def served(rows: int, size: int) -> Iterator[int]:
    ours, theirs = Pipe()
    process = Process(target=serve, args=(rows, size, theirs), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        process.terminate()
        process.join()


def bare(base: str) -> int:
    """What anybody would write who needs the rows once."""
    import httpx

    rows: list[Any] = []
    with httpx.Client(trust_env=False) as client:
        link: str | None = "/rows?page=1"
        while link:
            answer = client.get(base + link).json()
            rows += answer["items"]
            link = answer["next"]
    return len(rows)


def connected(base: str, port: int, way: str) -> int:
    from accord.metrics.connectors.guard import Guard
    from accord.metrics.connectors.rest.connector import open_rest
    from accord.metrics.connectors.secrets import Secret

    stream: dict[str, Any] = {
        "path": "/rows",
        "rows": "items",
        "key": "id",
        "total": "total",
        "paging": {"kind": "link", "next": "next"},
        "since": {"param": "since", "field": "changed"},
        "fields": {name: name for name in FIELDS},
    }
    if way != "plain":
        fields = {name: name for name in FIELDS[:4]} | {"owner": "owner.name", "mail": "owner.email"}
        stream |= {"fields": fields, "unset": [UNSET], "link": "https://tickets.example.com/{key}"}
    if way == "searched":
        stream["fields"]["nps"] = "custom[?name=='NPS'].values[0] | [0]"
    settings = {"v": 1, "base": base, "limits": {"bytes": 1 << 28}, "streams": {"rows": stream}}
    connector = open_rest(settings, Secret(), Guard(frozenset({("127.0.0.1", port)})))
    rows: list[Any] = []
    for page in connector.read("rows", {}):
        rows += page.rows
    connector.close()
    return len(rows)


def spent_on(work: Callable[[], int], rows: int) -> tuple[float, float]:
    clock, processor = time.perf_counter(), time.process_time()
    assert work() == rows
    return time.perf_counter() - clock, time.process_time() - processor


def measure(rows: int, size: int, rounds: int) -> dict[str, Any]:
    ways: dict[str, list[tuple[float, float]]] = {"bare": [], "plain": [], "deeper": [], "searched": []}
    with served(rows, size) as port:
        base = f"http://127.0.0.1:{port}"
        works = {
            "bare": lambda: bare(base),
            "plain": lambda: connected(base, port, "plain"),
            "deeper": lambda: connected(base, port, "deeper"),
            "searched": lambda: connected(base, port, "searched"),
        }
        for turn in range(rounds + 1):
            for name, work in works.items():
                spent = spent_on(work, rows)
                if turn:
                    ways[name].append(spent)
    figures: dict[str, Any] = {"rows": rows, "size": size, "rounds": rounds}
    for name, spents in ways.items():
        figures[name] = {
            unit: round(rows / statistics.median(spent[each] for spent in spents))
            for each, unit in enumerate(("rows_per_second", "rows_per_processor_second"))
        }
        if name != "bare":
            pairs = list(zip(ways["bare"], spents, strict=True))
            figures[name] |= {
                unit: round(statistics.median(loop[each] / ours[each] for loop, ours in pairs), 2)
                for each, unit in enumerate(("ratio", "processor_ratio"))
            }
    return figures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--size", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    print(json.dumps(measure(options.rows, options.size, options.rounds)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
