"""The rules of the house that can be read off the source, each with a line that keeps it and lines that break it."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from tests.architecture.sources import Source

MOST_LINES, MOST_FUNCTION_LINES, MOST_VIEW_LINES = 400, 60, 25
# Handed out alone, to be read and run without the product: it can share nothing.
LONGER = {"accord/workflow/verify_archive.py": 520}
# Numeric libraries that take long to load may be loaded when they are first needed, where files and formulas are.
LAZY_LIBRARIES = {"numpy", "polars", "sklearn"}
LAZY_PLACES = ("accord/domain", "accord/foundation/spreadsheets")
# What the ground floor must never have heard of; every form of the words counts.
BUSINESS = re.compile(r"^(kpi|objective|alert|review|coach)(s|ed|ing)?$")
# `role="alert"` is HTML's word for what a screen reader says at once; Tabler names an icon so.
MARKUP = re.compile(r'^alert$|"alert"|alert-(triangle|circle)')


@dataclass(frozen=True)
class Rule:
    """`broken` yields what is wrong with a source, each with its line."""

    sentence: str
    broken: Callable[[Source], Iterator[str]]
    place: str
    good: tuple[str, ...]
    bad: tuple[str, ...]

    def complaints(self, source: Source) -> list[str]:
        return [f"{source.place}:{complaint}" for complaint in self.broken(source)]

    def of_example(self, text: str) -> list[str]:
        return self.complaints(Source(PurePosixPath(self.place), text))


def model_lookups(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute | ast.Name) and ast.unparse(node).rpartition(".")[2] == "get_model":
            yield f"{node.lineno}: get_model"


def signals(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
        module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
        for name in names:
            if re.search(r"\bsignals\b|^django\.dispatch\b", f"{module}.{name}" if module else name):
                yield f"{node.lineno}: {name}"


def hidden_imports(source: Source) -> Iterator[str]:
    lazy = LAZY_LIBRARIES if str(source.place).startswith(LAZY_PLACES) else set()
    for function in source.functions():
        for node in ast.walk(function):
            if isinstance(node, ast.Import) and not {alias.name.partition(".")[0] for alias in node.names} <= lazy:
                yield f"{node.lineno}: {ast.unparse(node)}"
            if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] not in lazy:
                yield f"{node.lineno}: {ast.unparse(node)}"


def business_words(source: Source) -> Iterator[str]:
    if source.app != "foundation":
        return
    for node in ast.walk(source.tree):
        names_and_texts = [value for _field, value in ast.iter_fields(node) if isinstance(value, str)]
        for text in names_and_texts:
            read = MARKUP.sub("", text) if isinstance(node, ast.Constant) else text
            for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", read):
                if BUSINESS.match(word.lower()):
                    yield f"{getattr(node, 'lineno', 1)}: {word} in {text[:60]!r}"


def queries_in_views(source: Source) -> Iterator[str]:
    if not source.is_kind("views"):
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager"):
            yield f"{node.lineno}: {ast.unparse(node)}"


def sizes(source: Source) -> Iterator[str]:
    lines = source.text.count("\n")
    if lines > LONGER.get(str(source.place), MOST_LINES):
        yield f"1: {lines} lines"
    most = MOST_VIEW_LINES if source.is_kind("views") else MOST_FUNCTION_LINES
    for function in source.functions():
        length = (function.end_lineno or 0) - function.lineno + 1
        if length > most:
            yield f"{function.lineno}: {function.name} has {length} lines"


def sewn_sentences(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        sewn = isinstance(node, ast.Call) and any(isinstance(part, ast.JoinedStr | ast.BinOp) for part in node.args)
        if sewn and ast.unparse(node.func) in ("_", "gettext", "gettext_lazy", "gettext_noop"):
            yield f"{node.lineno}: {ast.unparse(node)[:60]}"


RULES = (
    Rule(
        "Models are imported, never looked up by name.",
        model_lookups,
        "accord/goals/services.py",
        good=("from accord.goals.models import Kpi", "kpi.get_model_name()"),
        bad=("apps.get_model('goals', 'Kpi')", "from django.apps import apps\nfind = apps.get_model"),
    ),
    Rule(
        "No signals: what a fact causes stands in config/reactions.py.",
        signals,
        "accord/goals/models.py",
        good=("import signal", "from accord.foundation.services.events import record"),
        bad=(
            "from django.db.models.signals import post_save",
            "from django.dispatch import receiver",
            "from django.core import signals",
            "import django.dispatch",
        ),
    ),
    Rule(
        "Imports stand at the top: one inside a function hides a ring.",
        hidden_imports,
        "accord/domain/scoring.py",
        good=(
            "from accord.domain import periods\nif TYPE_CHECKING:\n    import polars",
            "def mean():\n    import polars as pl",
        ),
        bad=(
            "def score():\n    from accord.goals import models",
            "class A:\n    def b(self):\n        import json",
            "def score():\n    import polars, json",
        ),
    ),
    Rule(
        "The ground floor knows no business word.",
        business_words,
        "accord/foundation/services/events.py",
        good=('"""A preview of it."""', 'role = "alert"'),
        bad=(
            "alert = 1",
            "class KpiNotice: ...",
            "alert_id = 1",
            '"""Sent for an alert."""',
            "def review_it(): ...",
            "x = _('Coaching')",
        ),
    ),
    Rule(
        "Views ask access, queries and services, never a manager.",
        queries_in_views,
        "accord/goals/views/kpis.py",
        good=("kpi = kpi_for(request.user, pk)",),
        bad=("kpi = Kpi.objects.get(pk=pk)", "Kpi._default_manager.first()"),
    ),
    Rule(
        "Files and functions stay short enough to be read.",
        sizes,
        "accord/goals/views.py",
        good=("def view():\n" + "    x = 1\n" * 24,),
        bad=("x = 1\n" * 401, "def view():\n" + "    x = 1\n" * 25),
    ),
    Rule(
        "A sentence is translated whole, never sewn together.",
        sewn_sentences,
        "accord/goals/errors.py",
        good=('_("%(name)s is missing") % {"name": name}',),
        bad=('_(f"{name} is missing")', 'gettext("Missing: " + name)', '_("%s is missing" % name)'),
    ),
)
