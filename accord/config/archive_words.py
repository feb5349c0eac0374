"""Kinds of records in the archive that apps above workflow keep, in words.

What is designed (accord/config/designs.py) brings its own words along.
"""

from collections.abc import Mapping

from accord.coaching import archive_words as coaching
from accord.foundation.errors import Text
from accord.goals import archive_words as goals
from accord.insights import archive_words as insights

ARCHIVE_WORDS: Mapping[str, Text] = {**coaching.KINDS, **goals.KINDS, **insights.KINDS}
