"""Finding the account somebody means."""

from django.db.models import Q
from django.db.models.functions import Lower

from accord.foundation.errors import UnknownAccount
from accord.foundation.models import User


def account_named(name: str) -> User | None:
    """Return the account with this employee number or e-mail address, in any case of letters.

    The number as typed wins over everything. An address that several open accounts share names nobody.
    """
    folded = name.strip().lower()
    found = list(
        User.objects.annotate(number=Lower("username"), address=Lower("email")).filter(
            Q(number=folded) | Q(address=folded)
        )[:20]
    )
    for meant in (
        [user for user in found if user.username == name.strip()],
        [user for user in found if user.username.lower() == folded],
        [user for user in found if user.is_active],
    ):
        if len(meant) == 1:
            return meant[0]
    return None


def account_for_command(name: str) -> User:
    """Return the account that an administrator names. Raises UnknownAccount."""
    user = account_named(name)
    if user is None:
        raise UnknownAccount(name=name)
    return user
