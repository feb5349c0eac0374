"""Who may see whom. The only way to get a person for somebody."""

from datetime import date

from django.db.models import QuerySet

from accord.foundation.models import User
from accord.people.models import Employee


def visible_employees(actor: User, on: date | None = None) -> QuerySet[Employee]:
    """The people whose performance `actor` may see on a day (today): themselves, everybody below them in the line,
    everybody in the units they are HRBP of, and all for an executive. Nobody else: not colleagues, not administrators.
    """
    raise RuntimeError("written by the slice `people`")


def employee_for(actor: User, pk: int) -> Employee:
    """The employee `pk` if `actor` may see them. Raises Http404 otherwise, as if they did not exist."""
    raise RuntimeError("written by the slice `people`")
