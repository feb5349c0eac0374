"""One agreement as its page shows it: every line with what it was, what was said of it, and what is wrong with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from accord.foundation.errors import BusinessError
from accord.goals.models import Agreement, AgreementLine, AgreementTerms, LineComment
from accord.goals.queries.agreements import base_of
from accord.goals.services.agreements.line_checks import problems_of_line
from accord.goals.services.agreements.terms import problems
from accord.people.models import Employee
from accord.workflow.models import DocumentParty

State = AgreementTerms.State


@dataclass(frozen=True)
class LineView:
    """One line; `before` is what an amendment changes it from, `form` what its reader may change it with."""

    line: AgreementLine
    before: AgreementLine | None
    comments: Sequence[LineComment]
    problems: Sequence[BusinessError]
    form: Any = None
    refusal: BusinessError | None = None

    @property
    def was(self) -> dict[str, Decimal | None]:
        """The numbers that are others now, as they were."""
        if self.before is None:
            return {}
        names = ("weight", "target", "threshold", "stretch")
        pairs = {name: (getattr(self.before, name), getattr(self.line, name)) for name in names}
        return {name: before for name, (before, now) in pairs.items() if before != now}

    def with_form(self, form: Any, refusal: BusinessError | None = None) -> LineView:
        """The same line with a form, and why it was not taken."""
        return replace(self, form=form, refusal=refusal)


@dataclass(frozen=True)
class Step:
    """One station on the way into force: done by whom and when, or next."""

    key: str
    people: Sequence[tuple[Employee, datetime | None]] = ()
    at: datetime | None = None
    is_done: bool = False
    is_next: bool = False


@dataclass(frozen=True)
class AgreementView:
    """The wording with everything around it."""

    terms: AgreementTerms
    base: AgreementTerms | None
    lines: Sequence[LineView]
    removed: Sequence[AgreementLine]
    comments: Sequence[LineComment]
    problems: Sequence[BusinessError]
    steps: Sequence[Step]

    @property
    def weight(self) -> Decimal:
        """The sum of the weights; 1 when they are whole."""
        return sum((view.line.weight for view in self.lines), Decimal())

    def with_lines(self, lines: Iterable[LineView]) -> AgreementView:
        """The same wording with other views of its lines."""
        return replace(self, lines=list(lines))


def view_of(terms: AgreementTerms) -> AgreementView:
    """Everything the page of an agreement says about one of its wordings."""
    base = base_of(terms) if terms.is_amendment else None
    before = {line.metric_id: line for line in base.lines.all()} if base else {}
    said = comments_of(terms.agreement)
    lines = [
        LineView(line, before.get(line.metric_id), said[line.metric_id], list(problems_of_line(line)))
        for line in terms.lines.all()
    ]
    kept = {view.line.metric_id for view in lines}
    is_draft = terms.state == State.DRAFT
    return AgreementView(
        terms=terms,
        base=base,
        lines=lines,
        removed=[line for key, line in before.items() if key not in kept],
        comments=said[None],
        problems=problems(terms) if is_draft else (),
        steps=_steps(terms),
    )


def comments_of(agreement: Agreement) -> defaultdict[int | None, list[LineComment]]:
    """What was said about each line by metric, the earliest first; under None about the whole."""
    found: defaultdict[int | None, list[LineComment]] = defaultdict(list)
    for comment in LineComment.objects.filter(agreement=agreement).select_related("author").order_by("made_at", "id"):
        found[comment.metric_id].append(comment)
    return found


def _steps(terms: AgreementTerms) -> list[Step]:
    agreement, state = terms.agreement, terms.state
    sides = ((agreement.employee, terms.employee_agreed_at), (agreement.manager, terms.manager_agreed_at))
    is_laid_out = terms.document is not None
    is_proposed = terms.proposed_at is not None or is_laid_out
    return [
        Step("proposed", at=terms.proposed_at, is_done=is_proposed, is_next=not is_proposed),
        Step("agreed", people=sides, is_done=is_laid_out, is_next=is_proposed and not is_laid_out),
        Step("signed", people=_signatures(terms), is_done=state == State.SIGNED, is_next=state == State.SIGNING),
        Step("in_force", at=terms.signed_at, is_done=state == State.SIGNED),
    ]


def _signatures(terms: AgreementTerms) -> list[tuple[Employee, datetime | None]]:
    if terms.document is None:
        return []
    parties = terms.document.parties.select_related("employee").order_by("place")
    signed = DocumentParty.State.SIGNED
    return [(party.employee, party.acted_at if party.state == signed else None) for party in parties]
