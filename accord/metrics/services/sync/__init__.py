"""From the rows of a source to measurements: reading them, keeping them, counting them, all in one transaction."""

from accord.metrics.services.sync.previewing import Preview, PreviewValue, Refusal, Unmatched, preview
from accord.metrics.services.sync.pushing import take_push
from accord.metrics.services.sync.recounting import forget_cursor, remap
from accord.metrics.services.sync.running import sync

__all__ = [
    "Preview",
    "PreviewValue",
    "Refusal",
    "Unmatched",
    "forget_cursor",
    "preview",
    "remap",
    "sync",
    "take_push",
]
