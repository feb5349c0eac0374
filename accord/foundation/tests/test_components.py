"""The components as a page uses them: by their tags."""

import json
import re
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import RequestContext, Template
from django.test import RequestFactory

from accord.foundation.components.charts import Step, TreeNode, Trend
from accord.foundation.components.portraits import initials
from accord.foundation.components.signs import Mark, light_code


def shown(source: str, **values: Any) -> str:
    request = RequestFactory().get("/people/?q=li&page=2")
    return Template("{% load components %}" + source).render(RequestContext(request, {"request": request, **values}))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("王小明", "小明"),
        ("李", "李"),
        ("欧阳若兰", "若兰"),
        ("Ada Lovelace", "AL"),
        ("plato", "P"),
        ("", "?"),
        ("  ", "?"),
    ],
)
def test_initials(name: str, expected: str) -> None:
    assert initials(name) == expected


@pytest.mark.parametrize(
    ("status", "code"),
    [(1, "red"), (2, "yellow"), (3, "green"), (None, "grey"), (0, "grey"), ("red", "red"), ("", "grey")],
)
def test_a_light_is_known_by_its_stored_number_or_its_code(status: str | int | None, code: str) -> None:
    assert light_code(status) == code
    assert f"light-{code}" in shown("{% light status %}", status=status)


@pytest.mark.parametrize("status", ["amber", 7])
def test_an_unknown_light_is_a_mistake_not_a_grey_one(status: str | int) -> None:
    with pytest.raises(KeyError):
        light_code(status)


def test_status_is_never_colour_alone() -> None:
    for source in ('{% light "red" %}', '{% heat "red" "63%" %}', "{% light_strip marks %}"):
        html = shown(source, marks=[Mark("red", "2026-W41")])
        assert "light-red" in html
        assert "Off track" in html or "偏离" in html


def test_names_and_words_are_escaped() -> None:
    bad = '<script>"x"</script>'
    html = shown(
        '{% person bad bad %}{% badge bad %}{% heat "red" bad %}{% icon "x" bad %}'
        "{% card title=bad %}{{ bad }}{% endcard %}{% stat bad bad %}{% callout title=bad %}{{ bad }}{% endcallout %}"
        "{% progress 5 bad %}{% crumb bad bad %}",
        bad=bad,
    )
    assert "<script" not in html
    assert '"x"' not in html


def test_a_missing_value_leaves_a_gap_in_the_sparkline() -> None:
    assert shown("{% sparkline values %}", values=[1, 2, None, 3]).count("M") == 2
    assert shown("{% sparkline values %}", values=[1, 2, 3]).count("M") == 1
    assert shown("{% sparkline values %}", values=[None, None]) == ""


def test_progress_stays_within_its_bar_and_still_tells_the_number() -> None:
    html = shown('{% progress 130 "Progress" %}')
    assert 'value="100.0"' in html
    assert "130%" in html
    assert "value=" not in shown('{% progress None "Progress" %}')


def test_pages_of_a_list_keep_the_search() -> None:
    html = shown("{% pagination page %}", page=Paginator(range(95), 20).page(2))
    assert 'href="?q=li&amp;page=3"' in html
    assert 'aria-current="page">2<' in html
    assert "21" in html
    assert "95" in html


class Wish(forms.Form):
    reason = forms.CharField(label="Reason", help_text="Two sentences.")
    note = forms.CharField(label="Note", required=False)
    agreed = forms.BooleanField(label="Agreed", required=False)

    def clean(self) -> None:
        raise forms.ValidationError("Not both at once.")


def test_a_form_says_what_is_wrong_beside_the_field_and_at_the_top() -> None:
    html = shown("{{ form }}", form=Wish({"reason": ""}))
    assert 'aria-describedby="id_reason_helptext id_reason_error"' in html
    assert 'id="id_reason_error"' in html
    assert 'id="id_reason_helptext"' in html
    assert 'role="alert"' in html
    assert "Not both at once." in html


def test_only_what_may_stay_empty_is_marked() -> None:
    html = shown("{% field form.reason %}", form=Wish())
    assert "optional" not in html
    assert 'class="optional"' in shown("{% field form.note %}", form=Wish())
    assert '<label for="id_agreed">Agreed</label>' in shown("{% field form.agreed %}", form=Wish())


def test_a_dialog_posts_with_a_token() -> None:
    html = shown(
        '{% dialog name="away" button="Away" title="Away?" action="/away/" confirm="Yes" %}Gone{% enddialog %}'
    )
    assert 'action="/away/"' in html
    assert "csrfmiddlewaretoken" in html
    assert html.count('commandfor="away"') == 2


def test_a_chart_carries_its_numbers_as_a_table_too() -> None:
    trend = Trend(["W40", "W41"], "Rate", [92.5, None], ["green", "grey"], "Target", [95, 95], unit="%", decimals=1)
    html = shown('{% trend_chart trend "Rate by week" %}', trend=trend)
    assert "92.5%" in html
    assert "–" in html
    assert '"values": [92.5, null]' in html
    assert html.count("chart-") >= 2


def test_a_trend_with_uneven_lists_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        Trend(["W40", "W41"], "Rate", [92.5]).rows()


def test_a_waterfall_says_by_whose_measure_a_step_is_good() -> None:
    steps = [
        Step("上期", 12, "12", "level"),
        Step("<b>退款</b>", -20, "−20", good=True),
        Step("补偿", 3, "+3", good=False),
        Step("实际", -5, "−5", "level"),
    ]
    html = shown('{% waterfall_chart steps "Costs" %}', steps=steps)
    assert re.findall(r'<td class="number">([^<]*)</td>', html) == [
        "12",
        "–",
        "−20",
        "向好",
        "+3",
        "拖累",
        "−5",
        "–",
    ]
    assert "<b>" not in html
    drawn = json.loads(re.search(r"<script[^>]*>(.*?)</script>", html).group(1))["steps"]
    assert [step["mood"] for step in drawn] == ["level", "good", "bad", "level"]
    assert [step["value"] for step in drawn] == [12, -20, 3, -5]


def test_a_tree_stands_in_the_page_as_a_list_with_the_same_numbers() -> None:
    leaf = TreeNode("<i>转化率</i>", "1.78%", "red", "2.30%", "−396.4", good=False)
    html = shown('{% tree_chart root "GMV" %}', root=TreeNode("GMV", "1,716", "yellow", children=[leaf]))
    words = " ".join(re.sub(r"<[^>]+>", " ", html.split("</script>")[1]).split())
    assert words == "GMV 需关注 1,716 &lt;i&gt;转化率&lt;/i&gt; 偏离 1.78% 目标值 2.30% 贡献 −396.4"
    drawn = json.loads(re.search(r"<script[^>]*>(.*?)</script>", html).group(1))["root"]
    assert drawn["children"][0]["mood"] == "bad"
