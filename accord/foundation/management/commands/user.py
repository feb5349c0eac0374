"""`accord user`: let somebody in."""

import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from accord.foundation.management.verb import Verb
from accord.foundation.queries.accounts import account_for_command
from accord.foundation.services.accounts import invite, invite_by_mail, set_password_for


class Command(Verb):
    """Passwords and invitations."""

    help = "Set a password, or print or mail a link with which a person chooses their own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        password = actions.add_parser("password", help="set a password, typed at the prompt or read from stdin")
        invitation = actions.add_parser("invite", help="print a link that works once and for three days")
        invitation.add_argument("--mail", action="store_true", help="mail the link to the person and do not print it")
        for action in (password, invitation):
            action.add_argument("employee_no", metavar="EMPLOYEE_NO", help="or the e-mail address")

    def handle(self, *args: Any, action: str, employee_no: str, mail: bool = False, **options: Any) -> None:
        user = account_for_command(employee_no)
        if action == "password":
            set_password_for(user, read_password())
        elif mail:
            invite_by_mail(user)
        else:
            self.stdout.write(invite(user))


def read_password() -> str:
    """Read one line: unseen from a terminal, else from stdin; never from the arguments, where others could see it."""
    return getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
