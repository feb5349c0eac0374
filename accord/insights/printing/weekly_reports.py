"""A weekly report on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accord.foundation.links import absolute
from accord.insights.models import WeeklyReport
from accord.insights.queries.weekly_reports.lines import Line
from accord.insights.queries.weekly_reports.reading import ReadReport, Section, read_report
from accord.workflow.printing.typesetting import as_pdf

_TEMPLATE = Path(__file__).parent / "weekly_report.typ"


def report_as_pdf(report: WeeklyReport, language: str) -> bytes:
    """The PDF of a report as it was sent, in `language` (“zh-hans” or “en”); every number is a link to its origin."""
    zone = report.reader.user.zone if report.reader.user else timezone.get_default_timezone()
    with override(language), timezone.override(zone):
        return as_pdf(_TEMPLATE, _paper(read_report(report, address=absolute), language), report.written_at)


def file_name(report: WeeklyReport) -> str:
    """What the file is called where it is kept."""
    return f"weekly-report-{report.period.label}.pdf"


def _paper(report: ReadReport, language: str) -> dict[str, Any]:
    question = report.question
    return {
        "lang": language[:2],
        "region": "cn" if language.startswith("zh") else "gb",
        "title": report.title,
        "reader": report.report.reader.name,
        "days": f"{report.first_day.isoformat()} – {report.last_day.isoformat()}",
        "written": f"{timezone.localtime(report.report.written_at):%Y-%m-%d %H:%M}",
        "question": {"title": _asked(question.who), "words": question.words} if question else None,
        "counts": [vars(count) for count in report.counts],
        "counts_url": report.counts_url,
        "sections": [_section(section) for section in report.sections],
        "words": {
            "product": _("Accord"),
            "page": _("Page {page} of {pages}"),
            "counts": _("Lights of everybody below me"),
            "last_week": _("last week {n}"),
            "more": _("and {n} more"),
        },
    }


def _asked(name: str) -> str:
    return _("A question for the next talk with %(name)s") % {"name": name}


def _section(section: Section) -> dict[str, Any]:
    lines = [_line(line) for line in section.lines]
    return {"title": section.title, "lines": lines, "more": section.more}


def _line(line: Line) -> dict[str, Any]:
    figures = [{"label": figure.label, "text": figure.text, "url": figure.url} for figure in line.figures]
    return {
        "title": line.title,
        "url": line.url,
        "light": line.light,
        "word": line.word,
        "note": line.note,
        "said": line.said,
        "figures": figures,
    }
