"""Whether this installation can keep an archive that deserves the name. `accord check` asks."""

from collections.abc import Iterator

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Doubt
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from accord.foundation.checks import fitness
from accord.foundation.services.mail import is_mail_set_up
from accord.workflow.errors.archive import KeyMissing
from accord.workflow.queries.archive.health import health
from accord.workflow.services.archive.checking import WAITS_TOO_LONG
from accord.workflow.services.archive.durability import is_sure
from accord.workflow.services.archive.keys import is_private, key_file, key_in_force, private_half


@fitness
def witnesses(**_kwargs: object) -> Iterator[CheckMessage]:
    """Somebody outside gets the heads."""
    if not settings.ARCHIVE_WITNESSES or not is_mail_set_up():
        yield Doubt(
            _("Nobody outside holds a head of the archive: a cut tail or an old backup would not be noticed."),
            hint=_("Set ACCORD_ARCHIVE_WITNESSES to addresses outside IT, separated by commas, and ACCORD_MAIL_URL."),
            id="accord.W010",
        )


@fitness
def archive(**_kwargs: object) -> Iterator[CheckMessage]:
    """What is acknowledged is on the disk, the key is there, and nothing waits or was found faulty."""
    try:
        if not is_sure():
            yield Error(
                _("The database may lose signatures that were acknowledged when the machine stops."),
                hint=_("Switch on fsync and full_page_writes in PostgreSQL's configuration."),
                id="accord.E010",
            )
        if not connection.introspection.table_names() or health().size == 0:
            return
        yield from _key()
        yield from _state()
    except DatabaseError:
        # Said by the check of the database.
        return


def _key() -> Iterator[CheckMessage]:
    key = key_in_force()
    try:
        private_half(key)
    except KeyMissing as error:
        yield Error(str(error), hint=error.advice(), id="accord.E011")
        return
    if not is_private(key):
        yield Error(
            _("Other accounts of this machine can read %(file)s, which signs the archive.")
            % {"file": key_file(key.key)},
            hint=_("Take the right from them with chmod 600, then run: accord archive rotate-key"),
            id="accord.E012",
        )


def _state() -> Iterator[CheckMessage]:
    now = health()
    if now.waits_for and now.waits_for > WAITS_TOO_LONG:
        yield Doubt(
            _("%(count)s facts wait to be sealed, the oldest for more than an hour.") % {"count": now.waiting},
            hint=_("See that a worker runs, and what its log says about seal_waiting."),
            id="accord.W011",
        )
    if now.check and now.check.faults:
        yield Error(
            _("The archive does not verify: %(first)s") % {"first": now.check.faults[0]},
            hint=_("Stop changing it, export it, and compare it with a backup: accord archive export FOLDER"),
            id="accord.E013",
        )
