"""A real SMTP server on a free loopback port."""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from socket import create_server

from aiosmtpd.controller import Controller


class PostOffice:
    """Keeps what it is given. `answers` says what it replies to a recipient instead of taking the mail."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.answers: dict[str, str] = {}
        # Take the letter and break off before saying so.
        self.hangs_up = False

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 (aiosmtpd's name)
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 (aiosmtpd's name)
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        if self.hangs_up:
            server.transport.abort()
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        return [letter for letter in self.letters if letter["To"] == address]


def free_port() -> int:
    with create_server(("127.0.0.1", 0)) as socket:
        return socket.getsockname()[1]


@contextmanager
def open_post_office() -> Iterator[tuple[PostOffice, int]]:
    """The office and its port, open for the length of a block."""
    office = PostOffice()
    controller = Controller(office, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield office, controller.port
    finally:
        controller.stop()
