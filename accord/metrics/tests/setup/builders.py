"""A ticket system to connect, and what the tests of setting it up share."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from accord.metrics.models import AllowedHost, Connection
from accord.metrics.presets import presets
from accord.metrics.services.connections.making import make_connection
from accord.people.models import Employee

RECORDED = Path(__file__).parent / "recorded"
TOKEN = "1-14-fb2a7c1d-secret-of-the-tickets"
OWNERS = {"li.yong2": 9, "liu.yang": 7, "zhang.tao": 5, "zhao.qiang": 5, "huang.qiang": 3, "huang.qiang2": 1}
"""Who owns how many of the thirty recorded tickets; e-mails are <name>@company.example."""


@dataclass
class TicketSystem:
    """A Request Tracker that answers what a real one answered once. `asked` are the paths, in order."""

    address: str = ""
    asked: list[str] = field(default_factory=list)
    token: str = TOKEN
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])

    def answer(self, path: str, authorization: str) -> tuple[int, bytes]:
        self.asked.append(path)
        if authorization != f"token {self.token}":
            return 401, b'{"message":"Unauthorized"}'
        name = path.partition("?")[0].removeprefix("/REST/2.0/").partition("/")[0]
        if name in self.more:
            return 200, json.dumps(self.more[name]).encode()
        file = RECORDED / f"{name}.json"
        if not file.exists():
            return 404, b"{}"
        return 200, file.read_text("utf-8").replace("{base}", self.address).encode()


@contextmanager
def ticket_system() -> Iterator[TicketSystem]:
    """The ticket system, running on a port of its own."""
    system = TicketSystem()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = system.answer(self.path, self.headers.get("Authorization", ""))
            self.send_response(status)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    system.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield system
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def allow(system: TicketSystem, by: Employee | None = None) -> None:
    """Let sources be read from where the ticket system runs."""
    AllowedHost.objects.create(host="127.0.0.1", port=system.port, reason="test", allowed_by=by)


def tickets_of(owner: Employee, address: str = "https://tickets.example.com", name: str = "工单系统") -> Connection:
    """The ticket system as `owner` connects it."""
    preset = presets()["request_tracker"]
    text = json.dumps(preset.settings).replace("<address>", address).replace("<account>", "root")
    return make_connection(name, "rest", preset.slug, json.loads(text), TOKEN, owner, 60)


def known_as(person: Employee, name: str) -> None:
    """Give somebody the e-mail address by which the tickets know them."""
    Employee.objects.filter(pk=person.pk).update(email=f"{name}@company.example")
