"""What the presets of sources say of a metric is what the shipped library says of it."""

from accord.goals.shipped import shipped_metrics
from accord.metrics.presets import presets


def test_suggested_metrics_are_those_of_the_library() -> None:
    library = shipped_metrics()
    suggested = [each for preset in presets().values() for each in preset.suggestions if each.metric in library]
    assert {each.metric for each in suggested} >= {"首次响应时长", "解决率", "签约额", "回款率", "需求上线率", "GMV"}
    for each in suggested:
        entry = library[each.metric]
        assert (entry.get("unit", ""), bool(entry.get("down"))) == (each.unit, each.down), each.metric
        assert entry["en"] == each.english
