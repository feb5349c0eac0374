"""By what name a voter stands in the ballot box of a workshop."""

from django.utils.crypto import salted_hmac

from accord.goals.models import Workshop
from accord.people.models import Employee

FEWEST_VOTERS = 3
"""With fewer people who voted, a total tells each what the others chose; then none is kept."""


def ballot_of(workshop: Workshop, voter: Employee) -> str:
    """The voter's name in this box: a digest under the secret key, which is not in the database.

    Whoever holds a copy of the database alone can therefore not tell whose marks they see.
    """
    return salted_hmac("accord.goals.ballots", f"{workshop.pk}:{voter.pk}", algorithm="sha256").hexdigest()
