"""A server on the loopback that answers as it is told, and clocks that pass only when somebody waits."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SHUT_RDWR, socket
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from accord.metrics.connectors.guard import Guard
from accord.metrics.connectors.waits import Waits

START = datetime(2026, 11, 5, 2, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: Any


@dataclass
class Reply:
    """`body` is sent as it is when it is bytes, as JSON when it is not. `cut` breaks off after so many bytes."""

    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None

    def octets(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


Answer = Callable[[Asked], Reply]


class Server:
    """`answer` may be exchanged at any time; `asked` is all that came."""

    def __init__(self, answer: Answer, port: int = 0) -> None:
        self.answer = answer
        self.asked: list[Asked] = []
        self.connections: list[socket] = []
        self._http = ThreadingHTTPServer(("127.0.0.1", port), _handler(self))
        self._http.daemon_threads = True
        self.port = self._http.server_port
        self._thread = Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def guard(self) -> Guard:
        return Guard(frozenset({("127.0.0.1", self.port)}))

    def stop(self) -> None:
        """As if it were killed: connections that are open break off."""
        self._http.shutdown()
        for each in self.connections:
            with suppress(OSError):
                each.shutdown(SHUT_RDWR)
        self._http.server_close()
        self._thread.join()


@contextmanager
def serving(answer: Answer, port: int = 0) -> Iterator[Server]:
    server = Server(answer, port)
    try:
        yield server
    finally:
        server.stop()


@dataclass
class Clock:
    """Time that stands still but for pauses."""

    now: datetime = START
    slept: list[float] = field(default_factory=list)

    def waits(self) -> Waits:
        return Waits(sleep=self._sleep, monotonic=lambda: (self.now - START).total_seconds(), now=lambda: self.now)

    def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)


def date_header(moment: datetime) -> dict[str, str]:
    return {"Date": format_datetime(moment.astimezone(UTC), usegmt=True)}


def _handler(server: Server) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            super().setup()
            server.connections.append(self.connection)

        def do_GET(self) -> None:
            self._reply()

        def do_POST(self) -> None:
            self._reply()

        def log_message(self, *_: object) -> None:
            return

        def _reply(self) -> None:
            address = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            asked = Asked(self.command, address.path, dict(parse_qsl(address.query)), dict(self.headers), body)
            server.asked.append(asked)
            reply = server.answer(asked)
            octets = reply.octets()
            self.send_response_only(reply.status)
            for name, value in {"Content-Type": "application/json", **reply.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(octets)))
            self.end_headers()
            self.wfile.write(octets[: reply.cut])
            if reply.cut is not None:
                self.close_connection = True

    return Handler
