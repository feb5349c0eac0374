"""What one-on-ones tell the two who talk."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.notices import NoticeKind

_TO_RHYTHM, _TO_TALK = _("To the rhythm"), _("To the talk")

RHYTHM_ARRANGED = NoticeKind(
    "coaching.rhythm_arranged",
    _("Somebody arranged regular one-on-ones with me"),
    _("%(name)s arranged regular one-on-ones with you. You can change the day or the time."),
    link_text=_TO_RHYTHM,
)
RHYTHM_CHANGED = NoticeKind(
    "coaching.rhythm_changed",
    _("The rhythm of my one-on-ones was changed"),
    _("%(name)s changed the rhythm of your one-on-ones."),
    link_text=_TO_RHYTHM,
)
RHYTHM_PAUSED = NoticeKind(
    "coaching.rhythm_paused",
    _("My one-on-ones pause"),
    _("%(name)s paused your one-on-ones. Open points wait."),
    link_text=_TO_RHYTHM,
)
RHYTHM_RESUMED = NoticeKind(
    "coaching.rhythm_resumed",
    _("My one-on-ones go on"),
    _("%(name)s took up your one-on-ones again."),
    link_text=_TO_RHYTHM,
)
RHYTHM_FOLLOWED = NoticeKind(
    "coaching.rhythm_followed",
    _("My one-on-ones follow a change of manager"),
    _("Your one-on-ones with %(name)s go on in the rhythm there was before. Change it where it does not suit you."),
    link_text=_TO_RHYTHM,
)
TALK_PLANNED = NoticeKind(
    "coaching.talk_planned",
    _("Somebody planned one more one-on-one with me"),
    _("%(name)s planned one more one-on-one with you: %(when)s."),
    link_text=_TO_TALK,
)
TALK_MOVED = NoticeKind(
    "coaching.talk_moved",
    _("A one-on-one of mine was moved"),
    _("%(name)s moved your one-on-one to %(when)s."),
    link_text=_TO_TALK,
)
TALK_MOVED_FOR_LEAVE = NoticeKind(
    "coaching.talk_moved_for_leave",
    _("A one-on-one of mine was moved because of leave"),
    _("%(name)s will be on leave; your one-on-one is now at %(when)s."),
    link_text=_TO_TALK,
)
TALK_OFF_FOR_LEAVE = NoticeKind(
    "coaching.talk_off_for_leave",
    _("A one-on-one of mine was called off because of leave"),
    _("%(name)s will be on leave; your one-on-one of %(when)s does not take place. Open points go to the next one."),
    link_text=_TO_TALK,
)
TALK_TAKES_PLACE = NoticeKind(
    "coaching.talk_takes_place",
    _("A one-on-one of mine takes place after all"),
    _("%(name)s is there after all; your one-on-one takes place: %(when)s."),
    link_text=_TO_TALK,
)
TALK_SKIPPED = NoticeKind(
    "coaching.talk_skipped",
    _("A one-on-one of mine was skipped"),
    _("%(name)s skipped your one-on-one of %(when)s and wrote why. Open points go to the next one."),
    link_text=_TO_TALK,
)
TALK_MISSED = NoticeKind(
    "coaching.talk_missed",
    _("A one-on-one of mine passed without a word"),
    _("Your one-on-one with %(name)s of %(when)s passed without a word. Note it if you did talk, or plan another."),
    link_text=_TO_TALK,
)

NOTICES = (
    RHYTHM_ARRANGED,
    RHYTHM_CHANGED,
    RHYTHM_PAUSED,
    RHYTHM_RESUMED,
    RHYTHM_FOLLOWED,
    TALK_PLANNED,
    TALK_MOVED,
    TALK_MOVED_FOR_LEAVE,
    TALK_OFF_FOR_LEAVE,
    TALK_TAKES_PLACE,
    TALK_SKIPPED,
    TALK_MISSED,
)
