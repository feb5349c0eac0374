"""Every preset that is shipped can be used as it is: its settings, its rules, and its words in both languages."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from accord.domain.row_mapping import Aggregate, by_field, looked_up, read_rule
from accord.domain.source_answers import answers_in, filled
from accord.metrics.connectors.registry import KINDS
from accord.metrics.models import Metric
from accord.metrics.presets import Preset, presets
from accord.metrics.services.sync.rules import factor_of

_ANSWERS = {"ldap": {"url": "ldaps://ldap.example.com"}, "order_database": {"url": "postgresql://r@db.example.com/erp"},
            "sql": {"url": "postgresql://r@db.example.com/erp"}}  # fmt: skip


def _answers(preset: Preset) -> dict[str, str]:
    typed = {each.key: "" if each.only else each.default or "https://x.example.com" for each in preset.questions}
    return {**typed, **_ANSWERS.get(preset.slug, {})}


@pytest.mark.parametrize("preset", presets().values(), ids=lambda preset: preset.slug)
def test_it_can_be_used_as_it_is(preset: Preset) -> None:
    answers = _answers(preset)
    settings = filled(preset.settings, answers)
    assert KINDS[preset.kind].read_settings(settings) == []
    assert answers_in(preset.settings, settings) == answers
    streams = {name: set(stream["fields"]) for name, stream in settings["streams"].items()}
    for each in preset.suggestions:
        read_rule(each.rule, each.stream, streams)


@pytest.mark.parametrize("preset", presets().values(), ids=lambda preset: preset.slug)
def test_it_speaks_both_languages(preset: Preset) -> None:
    words = [preset.label, preset.summary, *preset.notes, *(each.label for each in preset.questions)]
    words += [preset.streams[name] for name in preset.settings["streams"]]
    words += [choice for each in preset.questions for _value, choice in each.choices]
    assert all(each.zh and each.en for each in words)


@pytest.mark.parametrize("preset", presets().values(), ids=lambda preset: preset.slug)
def test_a_share_is_turned_into_percent_once(preset: Preset) -> None:
    for each in preset.suggestions:
        rule = read_rule(each.rule)
        if rule.aggregate is Aggregate.RATIO:
            assert factor_of(rule, Metric(unit=each.unit)) == 100, each.metric


def test_what_the_customer_adds_to_a_ticket_is_no_answer() -> None:
    rule = read_rule(presets()["request_tracker"].suggestions[0].rule)
    answers = [
        {"ticket": "1", "author": "client", "created": "2026-11-02T01:00:00Z"},
        {"ticket": "1", "author": "liu.yang", "created": "2026-11-02T03:00:00Z"},
    ]

    def answered(requestor: str | None) -> str | None:
        lookups = [(rule.lookups[0], by_field(answers, "ticket"))]
        return looked_up({"_key": "1", "requestor": requestor}, lookups, ZoneInfo("UTC"))["first_answer"]

    assert answered("Client") == "2026-11-02T03:00:00Z"
    assert answered(None) == "2026-11-02T01:00:00Z"
