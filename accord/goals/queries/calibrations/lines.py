"""The terms that hold for many agreements on a day, with their lines: two statements for any number of people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from accord.goals.models import Agreement, AgreementLine, AgreementTerms

_State = AgreementTerms.State


@dataclass(frozen=True)
class Wordings:
    """What holds for one agreement, None before both have signed, and what waits to be agreed or signed."""

    in_force: AgreementTerms | None = None
    unfinished: AgreementTerms | None = None

    @property
    def lines(self) -> list[AgreementLine]:
        """The lines in force, in their order."""
        return list(self.in_force.lines.all()) if self.in_force else []


def wordings_of(agreements: Sequence[Agreement], on: date) -> Mapping[int, Wordings]:
    """The wordings of these agreements by their key: of the signed terms in effect on a day the last signed."""
    lines = AgreementLine.objects.select_related("metric").order_by("order", "pk")
    terms = AgreementTerms.objects.filter(
        agreement__in=agreements, state__in=[*AgreementTerms.UNFINISHED, _State.SIGNED]
    ).prefetch_related(Prefetch("lines", lines))
    found = {each.pk: Wordings() for each in agreements}
    for each in terms.order_by("signed_at", "number"):
        held = found[each.agreement_id]
        if each.state != _State.SIGNED:
            found[each.agreement_id] = Wordings(held.in_force, each)
        elif each.effective_on <= on:
            found[each.agreement_id] = Wordings(each, held.unfinished)
    return found


def amendable(agreements: Sequence[Agreement], on: date) -> list[tuple[Agreement, AgreementTerms]]:
    """Those of them that are in force and have no other wording under way, with the terms that hold."""
    held = wordings_of(agreements, on)
    return [
        (each, terms)
        for each in agreements
        for terms in [held[each.pk].in_force]
        if terms is not None and held[each.pk].unfinished is None
    ]
