"""A bucket as S3 has it, which may refuse, or go away.

It is held in memory, or stands before one that runs elsewhere: `ACCORD_TEST_S3=http://127.0.0.1:18900`, whose bucket is
called `product`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SHUT_RDWR
from threading import Thread
from urllib.parse import parse_qs, unquote, urlsplit

REAL = urlsplit(os.environ.get("ACCORD_TEST_S3", "")).netloc
Answer = tuple[int, dict[str, str], bytes]


class Bucket:
    """`refuses` answers 403. `answers` says how many more requests are answered before it is away; None is all."""

    refuses = False
    answers: int | None = None

    def __init__(self) -> None:
        self.contents: dict[str, bytes] = {}
        self.asked: list[str] = []
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.http.daemon_threads = True
        self.url = f"s3://test:test@127.0.0.1:{self.http.server_port}/product"

    def answer(self, method: str, address: str, headers: dict[str, str], body: bytes) -> Answer | None:
        """What the bucket answers; None is silence."""
        self.asked.append(f"{method} {address}")
        if self.answers is not None:
            self.answers -= 1
            if self.answers < 0:
                return None
        if self.refuses:
            return 403, {}, b"<Error><Code>AccessDenied</Code></Error>"
        return (_forwarded if REAL else self._kept)(method, address, headers, body)

    def _kept(self, method: str, address: str, headers: dict[str, str], body: bytes) -> Answer:
        parts = urlsplit(address)
        place, _, name = unquote(parts.path).lstrip("/").partition("/")
        if place != "product":
            return 404, {}, b"<Error><Code>NoSuchBucket</Code></Error>"
        query = parse_qs(parts.query, keep_blank_values=True)
        if method == "PUT" and not query:
            self.contents[name] = body
            return 200, {"ETag": '"1"'}, b""
        if "delete" in query:
            keys = re.findall(r"<Key>(.*?)</Key>", body.decode())
            for key in keys:
                self.contents.pop(key, None)
            gone = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in keys)
            return 200, {}, f"<DeleteResult>{gone}</DeleteResult>".encode()
        if "list-type" in query:
            return 200, {}, self._listed(query.get("prefix", [""])[0])
        if method in {"GET", "HEAD"}:
            return self._read(name, headers.get("range", ""))
        return 501, {}, b"<Error><Code>NotImplemented</Code></Error>"

    def _listed(self, prefix: str) -> bytes:
        rows = "".join(
            f"<Contents><Key>{name}</Key><Size>{len(content)}</Size><ETag>1</ETag>"
            f"<LastModified>{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.000Z}</LastModified></Contents>"
            for name, content in sorted(self.contents.items())
            if name.startswith(prefix)
        )
        return f"<ListBucketResult><IsTruncated>false</IsTruncated>{rows}</ListBucketResult>".encode()

    def _read(self, name: str, wanted: str) -> Answer:
        content = self.contents.get(name)
        if content is None:
            return 404, {}, b"<Error><Code>NoSuchKey</Code></Error>"
        told = {"ETag": '"1"', "Last-Modified": format_datetime(datetime.now(UTC), usegmt=True)}
        found = re.fullmatch(r"bytes=(\d+)-(\d*)", wanted)
        if found is None:
            return 200, told, content
        first, last = int(found[1]), min(int(found[2] or len(content)), len(content) - 1)
        if first > last:
            return 416, {}, b"<Error><Code>InvalidRange</Code></Error>"
        return 206, told | {"Content-Range": f"bytes {first}-{last}/{len(content)}"}, content[first : last + 1]


@contextmanager
def serving() -> Iterator[Bucket]:
    """A bucket that answers for as long as the block lasts."""
    bucket = Bucket()
    thread = Thread(target=bucket.http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield bucket
    finally:
        bucket.http.shutdown()
        bucket.http.server_close()
        thread.join()


def _forwarded(method: str, address: str, headers: dict[str, str], body: bytes) -> Answer:
    there = HTTPConnection(REAL)
    try:
        there.request(method, address, body, headers)
        answer = there.getresponse()
        told = {name: value for name, value in answer.getheaders() if name.lower() != "transfer-encoding"}
        return answer.status, told, answer.read()
    finally:
        there.close()


def _handler(bucket: Bucket) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            answer = bucket.answer(self.command, self.path, headers, body)
            if answer is None:
                self.close_connection = True
                self.connection.shutdown(SHUT_RDWR)
                return
            status, told, content = answer
            self.send_response_only(status)
            for name, value in {"Content-Length": str(len(content)), **told}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

        do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = handle_any  # noqa: N815 (named by http.server)

        def log_message(self, *_: object) -> None:
            return

    return Handler
