"""The side bar, from top to bottom, in groups."""

from accord.foundation.pages import Place

PAGES: tuple[tuple[Place, ...], ...] = ()
