"""The agreements of 远航电商 for the running quarter: most signed, some being agreed, one refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from accord.demo.clock import Calendar, Story, at
from accord.demo.paperwork import Desk
from accord.foundation.second_factors import Password
from accord.goals.models import Agreement, AgreementTerms, Cycle
from accord.goals.queries.agreements import current_terms
from accord.goals.queries.cycles import current_cycle, cycle_before
from accord.goals.queries.kpis import kpi_sheets
from accord.goals.services.agreements.drafting import draft_agreements
from accord.goals.services.agreements.drafts import AgreementDraft, LineDraft
from accord.goals.services.agreements.sources import line_of_kpi
from accord.goals.services.agreements.talking import comment
from accord.goals.services.agreements.terms import agree, edit_line, propose
from accord.metrics.models import Metric
from accord.people.models import Employee
from accord.workflow.models import DocumentParty
from accord.workflow.services.documents import refuse, sign

# Whose agreement is signed by both: these groups whole. Everybody else keeps the KPIs that came with the file.
SIGNED_GROUPS = ("北美组", "售前组", "投放组")
_DISCUSSED_GROUP, _UNSIGNED_GROUP, _UNPROPOSED_GROUP = "直销组", "欧洲组", "渠道组"
_ROOM = Decimal("0.1")
_SETTLED = timedelta(days=42)
_WHY = {
    "GMV": "店铺的最终产出，承接部门季度 GMV。",
    "转化率": "流量进来以后能直接推动的一环。",
    "首次响应时长": "等得越久，流失越多。",
    "一次解决率": "一次说清，客户不用再来。",
}
_REFUSAL = "欧洲站下月起执行新的增值税规则，客单价目标没有考虑税费影响，请重新测算后再签。"


def tell_of_agreements(desk: Desk, calendar: Calendar, today: date) -> None:
    """Let the story of this quarter's agreements begin: drafted in its second week, signed in its third."""
    cycle = current_cycle(today)
    if cycle is None:
        return
    settled, _end = settled_cycle(today)
    if settled != cycle:
        calendar.add(_signing(desk, settled, settled.starts_on + timedelta(days=11), SIGNED_GROUPS[:1]))
    calendar.add(_quarter(desk, cycle, today))


def settled_cycle(today: date) -> tuple[Cycle, date]:
    """The cycle old enough to look back on, and the day up to which it is told: today's, or else the one before."""
    cycle = current_cycle(today)
    if cycle is not None and today - cycle.starts_on >= _SETTLED:
        return cycle, today
    before = cycle_before(cycle) if cycle else None
    if before is None:
        raise LookupError("the company has no past")
    return before, before.ends_on


def _quarter(desk: Desk, cycle: Cycle, today: date) -> Story:
    begun = min(cycle.starts_on + timedelta(days=11), today - timedelta(days=21))
    yield from _signing(desk, cycle, begun, SIGNED_GROUPS, (_DISCUSSED_GROUP, _UNSIGNED_GROUP, _UNPROPOSED_GROUP))
    yield at(today - timedelta(days=9), 10)
    for agreement in _of_groups(cycle, _UNSIGNED_GROUP, _DISCUSSED_GROUP):
        propose(_terms(agreement), agreement.manager)
    yield at(today - timedelta(days=6), 15)
    _leader, first, *others = _of_groups(cycle, _UNSIGNED_GROUP)
    for agreement in (first, *others[:5]):
        _agree(agreement)
    yield at(today - timedelta(days=5), 10)
    _refuse(first, desk.password)
    _sign_half(others[0], desk.password)
    yield at(today - timedelta(days=3), 9)
    yield from _discussions(cycle, today)


def _signing(desk: Desk, cycle: Cycle, begun: date, groups: tuple[str, ...], more: tuple[str, ...] = ()) -> Story:
    """Some groups draft, agree and sign within a week; `more` only draft."""
    yield at(begun, 9)
    _draft(desk, cycle, (*groups, *more))
    yield at(begun + timedelta(days=3), 14)
    for agreement in _of_groups(cycle, *groups):
        _agree(agreement)
    yield at(begun + timedelta(days=4), 17)
    for agreement in _of_groups(cycle, *groups):
        _sign(agreement, desk.password)


def _draft(desk: Desk, cycle: Cycle, groups: tuple[str, ...]) -> None:
    people = [
        person for person in desk.people.values() if person.org_unit.name in groups and person.manager_id is not None
    ]
    sheets = kpi_sheets(people, cycle, cycle.ends_on)
    drafts = [AgreementDraft(sheet.employee, [_with_room(line_of_kpi(kpi)) for kpi in sheet.kpis]) for sheet in sheets]
    draft_agreements(cycle, drafts, desk.designer)


def _with_room(line: LineDraft) -> LineDraft:
    """The line with a tenth of its target as room to agree in, as an assessment model would leave it."""
    name = Metric.objects.get(pk=line.metric_id).name
    least, most = sorted((line.target * (1 - _ROOM), line.target * (1 + _ROOM)))
    return replace(
        line,
        target_min=least,
        target_max=most,
        weight_min=max(line.weight - _ROOM, Decimal("0.05")),
        weight_max=min(line.weight + _ROOM, Decimal(1)),
        why=_WHY.get(name, ""),
    )


def _discussions(cycle: Cycle, today: date) -> Story:
    """Two agreements that are being talked about, line by line."""
    one, two, *_others = (
        agreement for agreement in _of_groups(cycle, _DISCUSSED_GROUP) if agreement.employee.position.name == "销售代表"
    )
    contract = Metric.objects.get(name="签约额")
    comment(one, one.employee, "本季有两周展会，签约会往后移，24 万一周前松后紧，能不能按 22 算？", contract.pk)
    yield at(today - timedelta(days=2), 11)
    comment(one, one.manager, "展会的线索也算你的，我们折中到 23，展会后再看一次。", contract.pk)
    edit_line(_terms(one), one.manager, _terms(one).edition, contract.pk, {"target": Decimal(23)})
    agree(_terms(one), one.manager, _terms(one).edition)
    yield at(today - timedelta(days=1), 16)
    returned = Metric.objects.get(name="回款率")
    comment(two, two.manager, "回款占 30% 是因为上季度账期拉长了，你这边有没有顾虑？", returned.pk)
    comment(two, two.employee, "主要卡在两家大客户的审批，我可以推动，但希望对账单每周五能给到。", returned.pk)


def _agree(agreement: Agreement) -> None:
    for person in (agreement.manager, agreement.employee):
        terms = _terms(agreement)
        agree(terms, person, terms.edition)


def _sign(agreement: Agreement, password: str) -> None:
    for person in (agreement.employee, agreement.manager):
        party = _party(agreement, person)
        if person.user is not None:
            sign(party, person.user, party.document.digest, Password(password))


def _sign_half(agreement: Agreement, password: str) -> None:
    party = _party(agreement, agreement.employee)
    if agreement.employee.user is not None:
        sign(party, agreement.employee.user, party.document.digest, Password(password))


def _refuse(agreement: Agreement, password: str) -> None:
    party = _party(agreement, agreement.employee)
    if agreement.employee.user is not None:
        refuse(party, agreement.employee.user, party.document.digest, _REFUSAL, Password(password))


def _party(agreement: Agreement, person: Employee) -> DocumentParty:
    document = _terms(agreement).document
    return DocumentParty.objects.select_related("document", "employee").get(document=document, employee=person)


def _terms(agreement: Agreement) -> AgreementTerms:
    terms = current_terms(agreement)
    if terms is None:
        raise LookupError(f"agreement {agreement.pk} has no wording")
    return terms


def _of_groups(cycle: Cycle, *groups: str) -> list[Agreement]:
    found = Agreement.objects.filter(cycle=cycle, employee__org_unit__name__in=groups)
    return list(
        found.select_related("cycle", "employee__user", "employee__position", "manager__user").order_by(
            "employee__employee_no"
        )
    )
