"""The rules of the house, on every file of the product and on their own examples."""

import pytest

from tests.architecture.house_rules import RULES, Rule
from tests.architecture.sources import sources

every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.broken.__name__)


@every_rule
def test_the_house_keeps_the_rule(rule: Rule) -> None:
    complaints = [complaint for source in sources() for complaint in rule.complaints(source)]
    assert not complaints, f"{rule.sentence}\n" + "\n".join(complaints)


@every_rule
def test_the_rule_knows_good_from_bad(rule: Rule) -> None:
    assert not [text for text in rule.good if rule.of_example(text)]
    assert not [text for text in rule.bad if not rule.of_example(text)]


def test_the_rules_see_the_whole_house() -> None:
    assert {"config", "domain", "foundation", "people", "metrics", "goals", "alerts", "coaching", "insights"} <= {
        source.app for source in sources()
    }
