"""Whether recordings can be kept where the settings say. `accord check` asks."""

from collections.abc import Iterator

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.utils.translation import gettext as _

from accord.coaching.errors.recordings import RecordingsAway
from accord.coaching.services.recordings.store import new_name, store
from accord.foundation.checks import fitness


@fitness
def recordings(**_kwargs: object) -> Iterator[CheckMessage]:
    """A content may be put into the bucket, listed, read and deleted. A folder lies in the home, which is checked."""
    place = settings.ACCORD_RECORDINGS
    if not place.endpoint:
        return
    name = new_name()
    try:
        store().put(name, b"accord check")
        next(store().names(), None)
        list(store().pieces(name))
        store().forget([name])
    except (RecordingsAway, FileNotFoundError):
        yield Error(
            _("Recordings cannot be written, listed, read and deleted in the bucket %(bucket)s at %(endpoint)s.")
            % {"bucket": place.bucket, "endpoint": place.endpoint},
            hint=_("Check ACCORD_RECORDINGS, that the bucket is there, and what its key may do."),
            id="accord.E020",
        )
