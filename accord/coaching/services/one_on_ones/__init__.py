"""Commands on one-on-ones: the rhythm, the talk, its agenda and notes, and what calendars hear of them."""

from accord.coaching.services.one_on_ones.arranging import (
    Plan,
    allow_reading,
    arrange,
    change_rhythm,
    end_pairing,
    pause,
    resume,
)
from accord.coaching.services.one_on_ones.meeting import begin, end, move, note_held, plan_extra, skip
from accord.coaching.services.one_on_ones.notes import choose_words, save_note
from accord.coaching.services.one_on_ones.points import add_point, dismiss, settle_point
from accord.coaching.services.one_on_ones.slots import plan_ahead, plan_all

__all__ = [
    "Plan",
    "add_point",
    "allow_reading",
    "arrange",
    "begin",
    "change_rhythm",
    "choose_words",
    "dismiss",
    "end",
    "end_pairing",
    "move",
    "note_held",
    "pause",
    "plan_ahead",
    "plan_all",
    "plan_extra",
    "resume",
    "save_note",
    "settle_point",
    "skip",
]
