"""The question that a weekly report suggests."""

import pytest

from accord.domain.one_on_one import QUESTIONS, Occasion, Question, Situation, choose
from accord.domain.wording import Text

CONVERSION = Occasion(Situation.MISSED, 5, "张晓雨", Text("转化率", "Conversion"))
STEADY = Occasion(Situation.STEADY, 6, "王磊")


def test_the_most_pressing_occasion_is_asked_about() -> None:
    found = choose([STEADY, CONVERSION], 3)
    assert found is not None
    assert found.occasion is CONVERSION
    assert "转化率" in found.say("zh-hans")
    assert "Conversion" in found.say("en")


def test_the_same_week_gives_the_same_question() -> None:
    assert choose([CONVERSION], 7) == choose([CONVERSION], 7)


@pytest.mark.parametrize("situation", Situation)
def test_no_question_comes_twice_running(situation: Situation) -> None:
    occasion, last = Occasion(situation, 1, "小张", Text("签约额"), Text("GMV")), ""
    # With weeks left out in between, too.
    for week in (1, 2, 3, 6, 12, 14, 15):
        found = choose([occasion], week, last)
        assert found is not None
        assert found.pattern != last
        last = found.pattern


def test_nobody_to_talk_with_means_no_question() -> None:
    assert choose([], 1) is None


def test_questions_are_open_and_blame_nobody() -> None:
    for situation, questions in QUESTIONS.items():
        assert len(questions) >= 2
        for variant in range(len(questions)):
            question = Question(Occasion(situation, 1, "小张", Text("签约额"), Text("GMV")), variant)
            for text in (question.say("zh-hans"), question.say("en")):
                assert text.endswith(("？", "?"))
                assert "{" not in text
                assert not any(word in text for word in ("为什么", "怎么没", "Why", "!", "！"))
