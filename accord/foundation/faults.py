"""What is written down of a fault of ours."""

import re

from django_tasks.utils import get_exception_traceback

# PostgreSQL adds the values of the row it refused, which may be somebody's performance.
_VALUES = re.compile(r"^(?:DETAIL|CONTEXT):.*(?:\n|$)", re.MULTILINE)


def told_fault(error: BaseException) -> str:
    """The traceback for those who look after the installation: where it broke, and nobody's numbers."""
    return _VALUES.sub("", get_exception_traceback(error))
