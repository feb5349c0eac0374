"""What a person may take along of goals."""

import json
from collections.abc import Iterator
from typing import Any

from accord.domain.scorecard.freezing import thaw_results
from accord.foundation.models import User
from accord.goals.models import (
    Agreement,
    AgreementTerms,
    CardComment,
    CheckIn,
    Kpi,
    LineComment,
    Scorecard,
    WorkshopCard,
)
from accord.goals.queries.agreements import history_of
from accord.metrics.models import Metric


def own_agreements(user: User) -> list[dict[str, Any]]:
    """The agreements of a person, wording by wording as far as they may see them, and what they said about theirs and
    those of others.
    """
    agreements = (
        Agreement.objects.filter(employee__user=user).select_related("cycle", "manager").order_by("starts_on", "id")
    )
    mine = [_agreement(agreement, user) for agreement in agreements]
    said = LineComment.objects.filter(author__user=user).exclude(agreement__employee__user=user)
    others = said.select_related("metric", "agreement__cycle").order_by("id")
    return mine + [{"cycle": each.agreement.cycle.name, "i_said_to_others": [_word(each)]} for each in others]


def _agreement(agreement: Agreement, user: User) -> dict[str, Any]:
    wordings = history_of(agreement).exclude(state=AgreementTerms.State.DRAFT, proposed_at=None)
    words = agreement.comments.filter(author__user=user).select_related("metric").order_by("id")
    return {
        "cycle": agreement.cycle.name,
        "from": agreement.starts_on,
        "until": agreement.ends_on,
        "with": agreement.manager.name,
        "wordings": [_wording(terms) for terms in wordings],
        "i_said": [_word(comment) for comment in words],
    }


def _wording(terms: AgreementTerms) -> dict[str, Any]:
    facts = ("number", "state", "effective_on", "is_retroactive", "reason", "employee_agreed_at", "signed_at")
    lines = [
        {
            "metric": line.metric.name,
            "weight": str(line.weight),
            "target": str(line.target),
            "threshold": line.threshold and str(line.threshold),
            "stretch": line.stretch and str(line.stretch),
            "method": line.method,
            "why": line.why,
        }
        for line in terms.lines.all()
    ]
    return {name: getattr(terms, name) for name in facts} | {"lines": lines}


def _word(comment: LineComment) -> dict[str, Any]:
    return {"metric": comment.metric.name if comment.metric else "", "text": comment.text, "at": comment.made_at}


def own_data(user: User) -> list[dict[str, Any]]:
    """The KPIs a person has had, cycle by cycle, with their targets."""
    kpis = Kpi.objects.filter(series__employee__user=user).select_related("cycle", "series__metric")
    return [
        {
            "cycle": kpi.cycle.name,
            "metric": kpi.series.metric.name,
            "weight": str(kpi.weight),
            "method": kpi.method,
            "targets": [
                {"from_period": target.from_period, "to_period": target.to_period, "target": str(target.target)}
                for target in kpi.targets.all()
            ],
        }
        for kpi in kpis.prefetch_related("targets").order_by("cycle__starts_on", "id")
    ]


def own_check_ins(user: User) -> list[dict[str, Any]]:
    """What a person wrote in check-ins, every wording of it, with the names of their files."""
    mine = CheckIn.objects.filter(employee__user=user).select_related("metric", "key_result", "corrects")
    return [
        {
            "on": each.on,
            "about": each.metric.name if each.metric else each.key_result.title if each.key_result else None,
            "moved": each.moved,
            "value": None if each.value is None else str(each.value),
            "confidence": each.confidence,
            "obstacle": each.obstacle,
            "link": each.link,
            "files": [file.file_name for file in each.files.all()],
            "corrects": each.corrects.moved if each.corrects else None,
            "made_at": each.made_at,
        }
        for each in mine.prefetch_related("files").order_by("id")
    ]


def own_workshop_words(user: User) -> dict[str, Any]:
    """What a person proposed and said in workshops. How they voted nobody can tell, so it is not here."""
    cards = WorkshopCard.objects.filter(author__user=user).select_related("workshop").order_by("id")
    said = CardComment.objects.filter(author__user=user).select_related("card__workshop").order_by("id")
    return {
        "cards": [
            {
                "workshop": card.workshop.title,
                "metric": card.name,
                "why": card.why,
                "how": card.how,
                "source": card.source,
                "decision": card.column,
                "reason": card.reason,
                "made_at": card.made_at,
            }
            for card in cards
        ],
        "comments": [
            {"workshop": each.card.workshop.title, "card": each.card.name, "text": each.text, "made_at": each.made_at}
            for each in said
        ],
    }


def own_scorecards(user: User) -> list[dict[str, Any]]:
    """The frozen scorecards of a person, with what each line was worked out from."""
    cards = Scorecard.objects.filter(employee__user=user).select_related("cycle").order_by("cycle__starts_on", "id")
    names = dict(Metric.objects.values_list("id", "name"))
    return [
        {
            "cycle": card.cycle.name,
            "kind": card.kind,
            "as_of": card.as_of.isoformat(),
            "total": None if card.total is None else f"{card.total:.2f}",
            "digest": card.digest,
            "lines": list(_frozen_lines(card, names)),
        }
        for card in cards
    ]


def _frozen_lines(card: Scorecard, names: dict[int, str]) -> Iterator[dict[str, Any]]:
    inputs = [json.loads(text) for text in card.inputs.split("\n")[1:]]
    for line, (actual, target, score) in zip(inputs, thaw_results(card.results), strict=True):
        numbers = {"actual": actual, "target": target, "score": score}
        said = {name: None if number is None else str(number) for name, number in numbers.items()}
        yield {"metric": names.get(line["metric"], ""), **said, "inputs": line}
