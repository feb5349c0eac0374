"""The calibration meetings of 北美组: one that lowered a target after the logistics delay, and the next one."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from accord.demo.agreements import settled_cycle
from accord.demo.clock import Calendar, Story, at
from accord.demo.paperwork import Desk
from accord.domain.periods import Frequency, Period
from accord.foundation.second_factors import Password
from accord.goals.models import Agreement, AgreementTerms, CalibrationItem, CalibrationMeeting, Cycle
from accord.goals.queries.calibrations.agenda import written_points
from accord.goals.services.agreements.talking import comment
from accord.goals.services.agreements.terms import agree
from accord.goals.services.calibrations.deciding import decide, note_change
from accord.goals.services.calibrations.meetings import close_meeting, open_meeting, plan_meeting, write_minutes
from accord.goals.services.calibrations.proposals import Proposal
from accord.goals.services.calibrations.proposing import propose
from accord.metrics.models import Metric
from accord.people.models import Employee, OrgUnit
from accord.workflow.models import DocumentParty
from accord.workflow.services.documents import sign

_UNIT, _LEADER, _MEMBER, _ABSENT = "北美组", "YH0004", "YH0005", 2
_DAY = timedelta(days=1)
_OPENING = (
    "海运延误，三个主推款断货两周，访客还在、下不了单。本次只看哪些目标要随之调整，不评价个人。"
    "调整自下一个完整周起生效，已经结束的周不重算。"
)
_OBJECTION = "搜索规则调整以后自然流量掉了一截，访客目标还是按上季度定的，收官前想再看一次。"
_KEEP = "数据还在正常波动里，先不动目标，下次再看。"


def tell_of_calibrations(desk: Desk, calendar: Calendar, today: date) -> None:
    """Let the story of the quarter's calibration begin, once its agreements are signed."""
    cycle, end = settled_cycle(today)
    calendar.add(_quarter(desk, cycle, end, today))


def _quarter(desk: Desk, cycle: Cycle, end: date, today: date) -> Story:
    leader, member = desk.people[_LEADER], desk.people[_MEMBER]
    unit = OrgUnit.objects.get(name=_UNIT)
    conversion = Metric.objects.get(name="转化率")
    held_on = end - timedelta(days=17)
    yield at(held_on - 7 * _DAY, 16)
    note_change(cycle, unit, held_on - 8 * _DAY, "海运延误，三个主推款断货", member, conversion)
    yield at(held_on - 5 * _DAY, 10)
    meeting = plan_meeting(cycle, f"{_UNIT} {cycle.name} 校准会", held_on, leader, org_unit=unit)
    yield at(held_on, 14)
    open_meeting(meeting, leader, held_on)
    _hold(meeting, leader, member, conversion, held_on)
    yield at(held_on + _DAY, 10)
    _sign(_agreement(member, cycle), desk.password)
    yield at(end - 4 * _DAY, 11)
    note_change(cycle, unit, end - 5 * _DAY, "平台调整搜索排序规则，自然流量下降", member)
    note_change(cycle, unit, end - 6 * _DAY, "旺季物流附加费上调", leader)
    yield at(end - 3 * _DAY, 18)
    comment(_agreement(member, cycle), member, _OBJECTION, Metric.objects.get(name="访客数").pk)
    yield at(today - 2 * _DAY, 15)
    plan_meeting(cycle, f"{_UNIT} {cycle.name} 收官校准会", today + 7 * _DAY, leader, org_unit=unit)


def _hold(meeting: CalibrationMeeting, leader: Employee, member: Employee, conversion: Metric, on: date) -> None:
    """The meeting: everybody but one is there, one target is lowered, everything else is kept."""
    people = [each.employee_id for each in meeting.members.order_by("employee__employee_no")]
    meeting.refresh_from_db()
    write_minutes(meeting, meeting.edition, _OPENING, [*people[:_ABSENT], *people[_ABSENT + 1 :]], leader)
    agreement = _agreement(member, meeting.cycle)
    lowered = _lowered(agreement, conversion)
    begins = (Period.of(on, Frequency.WEEK) + 1).start
    reason = "海运延误导致主推款断货，转化率目标自下周起下调一成，到货后恢复。"
    propose(meeting, agreement, Proposal({conversion.pk: {"target": lowered}}, begins, reason), leader)
    for point in written_points(meeting).filter(decision=""):
        _decide(point, leader)
    meeting.refresh_from_db()
    close_meeting(meeting, meeting.edition, leader)


def _decide(point: CalibrationItem, leader: Employee) -> None:
    decision = CalibrationItem.Decision.FOLLOW if point.change else CalibrationItem.Decision.KEEP
    note = "由周敏每周一通报到货进度。" if point.change else _KEEP
    decide(point, point.edition, decision, note, leader)


def _lowered(agreement: Agreement, metric: Metric) -> Decimal:
    """A tenth less than what is in force."""
    line = agreement.terms.get(state=AgreementTerms.State.SIGNED).lines.get(metric=metric)
    target: Decimal = line.target
    return (target * Decimal("0.9")).quantize(Decimal("0.01"))


def _sign(agreement: Agreement, password: str) -> None:
    """Both agree to the amendment and sign it."""
    terms = agreement.terms.get(state=AgreementTerms.State.DRAFT)
    for person in (agreement.employee, agreement.manager):
        terms = agree(terms, person, terms.edition)
    terms.refresh_from_db()
    for party in DocumentParty.objects.filter(document=terms.document).select_related("document", "employee__user"):
        if party.employee.user is not None:
            sign(party, party.employee.user, party.document.digest, Password(password))


def _agreement(person: Employee, cycle: Cycle) -> Agreement:
    found = Agreement.objects.select_related("cycle", "employee__user", "manager__user")
    return found.get(cycle=cycle, employee=person)
