"""What the archive keeps of a document: enough to check every signature again without this database."""

from __future__ import annotations

import json
from typing import Any

from accord.domain.documents import Statement
from accord.people.models import Employee
from accord.workflow.models import Document, DocumentParty
from accord.workflow.services.archive.keeping import keep

WAITING = DocumentParty.State.WAITING


def keep_signature(party: DocumentParty, statement: Statement) -> None:
    """Archive one signature or refusal: the statement word for word, how it was proved, and when."""
    document = party.document
    kept = {"digest": document.digest, **_signature(party, statement)}
    kind = f"document.party_{party.state}"
    keep(kind, f"documents:{document.pk}", kept, actor=party.employee, about=[party.employee])


def keep_ending(how: str, document: Document, actor: Employee | None = None, reason: str = "") -> None:
    """Archive how a document ended: signed, refused, expired or withdrawn, with its whole text and every signature."""
    parties = list(document.parties.select_related("document", "employee").order_by("place"))
    kept = {
        "digest": document.digest,
        "document": json.loads(document.frozen),
        "outcome": how,
        "reason": reason,
        "signatures": [_signature(party, statement_of(party)) for party in parties if party.state != WAITING],
    }
    people = [party.employee for party in parties] + [person for person in (document.made_by, actor) if person]
    keep(f"document.{how}", f"documents:{document.pk}", kept, actor=actor, about=people)


def statement_of(party: DocumentParty) -> Statement:
    """What a party who has acted declared."""
    return party.statement("refuse" if party.state == DocumentParty.State.REFUSED else "sign", party.reason)


def _signature(party: DocumentParty, statement: Statement) -> dict[str, Any]:
    return {
        "statement": statement.frozen,
        "party": party.employee.employee_no,
        "method": party.method,
        "proof": party.proof,
        "at": party.acted_at.isoformat() if party.acted_at else "",
    }
