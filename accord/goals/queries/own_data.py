"""What a person may take along of goals."""

from typing import Any

from accord.foundation.models import User
from accord.goals.models import CardComment, CheckIn, Kpi, WorkshopCard


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
