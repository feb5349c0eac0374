"""Minutes of one-on-ones: written by both, laid out, confirmed or not."""

from accord.coaching.services.minutes.confirming import lay_out, take_back
from accord.coaching.services.minutes.drafting import begin, begin_again, save, settle_conflict

__all__ = ["begin", "begin_again", "lay_out", "save", "settle_conflict", "take_back"]
