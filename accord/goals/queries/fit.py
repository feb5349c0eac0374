"""The fit check, asked: of lines to be, of agreements, and of many at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from accord.domain.fit import Finding, FitFacts, FitLine, findings
from accord.domain.wording import Language
from accord.foundation.language import readers_language
from accord.goals.models import AgreementLine, AgreementTerms, Cycle, FitOverride
from accord.goals.queries.fit_facts import facts_of
from accord.people.models import Position

__all__ = ["FitLine", "Misfit", "fit_of", "fits_of", "misfits_by_terms", "misfits_of"]


class OfFinding:
    """Something that shows a finding: what it says, in the reader's language."""

    finding: Finding

    @property
    def code(self) -> str:
        """Which rule speaks."""
        return self.finding.code.value

    @property
    def sentence(self) -> str:
        """The reason in the reader's language."""
        return self.finding.why(readers_language())

    @property
    def advice(self) -> str:
        """What to do, in the reader's language."""
        return self.finding.advice(readers_language())


@dataclass(frozen=True)
class Misfit(OfFinding):
    """A warning of the fit check with, where somebody let it stand, their word for it."""

    finding: Finding
    override: FitOverride | None = None

    @property
    def metric_id(self) -> int | None:
        """The KPI it is about; None for the whole."""
        return self.finding.metric_id

    @property
    def word(self) -> str:
        """Why it may stand; empty while nobody has said so."""
        return self.override.word if self.override else ""

    def in_both_languages(self) -> dict[str, str]:
        """The reason and the word as a document of both languages holds them."""
        return {"zh": self._said("zh-hans", "保留理由："), "en": self._said("en", " Stays because: ")}

    def _said(self, language: Language, but: str) -> str:
        return self.finding.why(language) + (f"{but}{self.word}" if self.word else "")


def fit_of(position: Position, lines: Sequence[FitLine], cycle: Cycle) -> list[Misfit]:
    """What does not fit where somebody in a position carries these KPIs in a cycle."""
    return fits_of([(position.pk, lines)], cycle)[0]


def fits_of(carried: Sequence[tuple[int, Sequence[FitLine]]], cycle: Cycle) -> list[list[Misfit]]:
    """The same for many at once, each a position's key and its lines: a constant number of statements."""
    metrics = {line.metric_id for _position, lines in carried for line in lines}
    facts = facts_of({position for position, _lines in carried}, metrics, cycle)
    return [[Misfit(found) for found in findings(facts[position], lines)] for position, lines in carried]


def misfits_of(terms: AgreementTerms) -> list[Misfit]:
    """What does not fit in the terms of an agreement, with the words said about it."""
    return misfits_by_terms([terms])[terms.pk]


def misfits_by_terms(many: Sequence[AgreementTerms]) -> dict[int, list[Misfit]]:
    """The same for many terms, by key: a constant number of statements for each cycle among them."""
    of_cycle: defaultdict[int, list[AgreementTerms]] = defaultdict(list)
    rows = AgreementTerms.objects.filter(pk__in=[terms.pk for terms in many])
    for terms in rows.select_related("agreement__employee", "agreement__cycle").prefetch_related("lines"):
        of_cycle[terms.agreement.cycle_id].append(terms)
    words = _words({terms.agreement_id for terms in many})
    found: dict[int, list[Misfit]] = {}
    for group in of_cycle.values():
        found |= _of_cycle(group, words)
    return found


Words = Mapping[tuple[int, str, int | None], FitOverride]


def _of_cycle(many: Sequence[AgreementTerms], words: Words) -> dict[int, list[Misfit]]:
    lines = {terms.pk: [_fit_line(line) for line in _in_order(terms.lines.all())] for terms in many}
    positions = {terms.agreement.employee.position_id for terms in many}
    metrics = {line.metric_id for each in lines.values() for line in each}
    facts = facts_of(positions, metrics, many[0].agreement.cycle)
    return {terms.pk: _of_terms(terms, facts, lines[terms.pk], words) for terms in many}


def _of_terms(
    terms: AgreementTerms, facts: Mapping[int, FitFacts], lines: Sequence[FitLine], words: Words
) -> list[Misfit]:
    found = findings(facts[terms.agreement.employee.position_id], lines)
    return [Misfit(each, words.get((terms.agreement_id, each.code.value, each.metric_id))) for each in found]


def _in_order(lines: QuerySet[AgreementLine]) -> list[AgreementLine]:
    return sorted(lines, key=lambda line: (line.order, line.pk))


def _fit_line(line: AgreementLine) -> FitLine:
    return FitLine(line.metric_id, line.weight, line.key_result_id)


def _words(agreements: set[int]) -> dict[tuple[int, str, int | None], FitOverride]:
    """The newest word about each warning."""
    rows = FitOverride.objects.filter(agreement__in=agreements).select_related("made_by").order_by("id")
    return {(row.agreement_id, row.code, row.metric_id): row for row in rows}
