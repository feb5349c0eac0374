"""The open sides of a stretch of periods."""

from accord.domain.periods import Frequency


def always(frequency: Frequency) -> int:
    """The key below every period of `frequency`: from the beginning."""
    return frequency * 1_000_000


def forever(frequency: Frequency) -> int:
    """The key above every period of `frequency`: until further notice."""
    return frequency * 1_000_000 + 999_999
