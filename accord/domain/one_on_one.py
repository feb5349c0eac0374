"""A question to begin a one-to-one talk with: open, about the work, and never the one of the week before.

Which question fits is a rule, not a mood: what a manager can help with comes first, what went well after it. Each
situation has several questions that take turns, so that a slip that lasts is looked at from another side each week.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from accord.domain.wording import Language, Text, Wording


class Situation(IntEnum):
    """What a talk may begin with, the most pressing first."""

    DRIVER = 1
    MISSED = 2
    SLIPPED = 3
    RECOVERED = 4
    STEADY = 5


QUESTIONS: Mapping[Situation, tuple[Wording, ...]] = {
    Situation.DRIVER: (
        Wording(
            "{metric}最近走弱，{result}也受到影响。您在一线看到的变化是什么？",
            "{metric} has weakened lately and {result} feels it. What changes do you see on the ground?",
        ),
        Wording(
            "要稳住{metric}，哪些事我们自己就能推动，哪些需要别的团队配合？",
            "To steady {metric}, what can we move ourselves, and where do we need other teams?",
        ),
        Wording(
            "{metric}上一次回升的时候，哪些做法起了作用？现在还用得上吗？",
            "When {metric} last recovered, what helped? Would it still help now?",
        ),
    ),
    Situation.MISSED: (
        Wording(
            "这两期的{metric}和之前比，最先发生变化的是哪一步？",
            "Looking at {metric} in these two periods, which step changed first?",
        ),
        Wording(
            "要让{metric}回到目标，您想先从哪里着手？哪里需要我搭把手？",
            "To bring {metric} back to target, where would you like to start, and where could I help?",
        ),
        Wording(
            "关于{metric}，有什么是数字里看不出来、但我应该知道的？",
            "What about {metric} do the numbers not show that I should know?",
        ),
    ),
    Situation.SLIPPED: (
        Wording(
            "这周做{metric}相关的工作，哪一步和平时不一样？",
            "In your work on {metric} this week, which step was unlike usual?",
        ),
        Wording(
            "如果只调整一件事来改善{metric}，您会选哪一件？",
            "If you could adjust one thing to improve {metric}, what would it be?",
        ),
        Wording(
            "这周的时间主要花在了哪里？有没有什么事占用了做{metric}的精力？",
            "Where did most of your time go this week? Did anything take attention from {metric}?",
        ),
    ),
    Situation.RECOVERED: (
        Wording(
            "{metric}回到目标了，哪一步起了作用，值得固定下来？",
            "{metric} is back on target. Which step made the difference and is worth keeping?",
        ),
        Wording(
            "{metric}这次好转，有哪些做法可以讲给同组听听？",
            "What about the way {metric} recovered would be worth telling the team?",
        ),
    ),
    Situation.STEADY: (
        Wording(
            "这一周哪件事做得最顺？同样的做法还能用在哪里？",
            "What went most smoothly this week, and where else could it be done that way?",
        ),
        Wording(
            "接下来两周，您最担心哪件事会拖住进度？",
            "What worries you most about the next two weeks?",
        ),
        Wording(
            "有什么事一直想改、但总排不上？我可以先帮着清掉哪一件？",
            "What have you long wanted to change but never got round to? What could I take out of the way first?",
        ),
    ),
}


@dataclass(frozen=True)
class Occasion:
    """A person to talk with and what about; `metric` and `result` fill the places of the questions."""

    situation: Situation
    employee: int
    name: str
    metric: Text = field(default=Text(""))
    result: Text = field(default=Text(""))


@dataclass(frozen=True)
class Question:
    """One question for one person. `variant` is its place among those for its situation."""

    occasion: Occasion
    variant: int

    @property
    def pattern(self) -> str:
        """What must not come again the week after."""
        return f"{self.occasion.situation.name.lower()}.{self.variant}"

    def say(self, language: Language) -> str:
        """The question in a language."""
        words = QUESTIONS[self.occasion.situation][self.variant]
        return words.say(language, {"metric": self.occasion.metric, "result": self.occasion.result})


def choose(occasions: Sequence[Occasion], week: int, last: str = "") -> Question | None:
    """The question of a week (its key) for the most pressing occasion, in the order given among equals.

    `last` is the pattern of the report before; it is never chosen. None where there is nobody to talk with.
    """
    if not occasions:
        return None
    occasion = min(occasions, key=lambda each: each.situation)
    several = len(QUESTIONS[occasion.situation])
    question = Question(occasion, week % several)
    return question if question.pattern != last else Question(occasion, (week + 1) % several)
