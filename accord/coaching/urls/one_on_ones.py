from django.urls import path

from accord.coaching.views import calendars, one_on_ones, pairings

urlpatterns = [
    path("one-on-ones/", one_on_ones.index, name="one_on_ones"),
    path("one-on-ones/with/<int:employee_pk>/", pairings.new, name="pairing_new"),
    path("one-on-ones/pairs/<int:pk>/", pairings.page, name="pairing"),
    path("one-on-ones/pairs/<int:pk>/change/", pairings.change, name="pairing_change"),
    path("one-on-ones/pairs/<int:pk>/pause/", pairings.pause, name="pairing_pause"),
    path("one-on-ones/pairs/<int:pk>/resume/", pairings.resume, name="pairing_resume"),
    path("one-on-ones/pairs/<int:pk>/reading/", pairings.allow_reading, name="pairing_reading"),
    path("one-on-ones/pairs/<int:pk>/extra/", pairings.plan_extra, name="pairing_extra"),
    path("one-on-ones/<int:pk>/", one_on_ones.talk_page, name="one_on_one"),
    path("one-on-ones/<int:pk>/live/", one_on_ones.live, name="one_on_one_live"),
    path("one-on-ones/<int:pk>/move/", one_on_ones.move, name="one_on_one_move"),
    path("one-on-ones/<int:pk>/skip/", one_on_ones.skip, name="one_on_one_skip"),
    path("one-on-ones/<int:pk>/begin/", one_on_ones.begin, name="one_on_one_begin"),
    path("one-on-ones/<int:pk>/end/", one_on_ones.end, name="one_on_one_end"),
    path("one-on-ones/<int:pk>/held/", one_on_ones.note_held, name="one_on_one_held"),
    path("one-on-ones/<int:pk>/points/", one_on_ones.add_point, name="one_on_one_point"),
    path("one-on-ones/<int:pk>/points/dismiss/", one_on_ones.dismiss, name="one_on_one_dismiss"),
    path("one-on-ones/points/<int:pk>/", one_on_ones.settle_point, name="agenda_point"),
    path("one-on-ones/<int:pk>/notes/<slug:kind>/", one_on_ones.save_note, name="talk_note"),
    path("one-on-ones/<int:pk>/notes/<slug:kind>/choose/", one_on_ones.choose_words, name="talk_note_choose"),
    path("one-on-ones/calendar/", calendars.page, name="calendar"),
    path("one-on-ones/calendar/open/", calendars.open_feed, name="calendar_open"),
    path("one-on-ones/calendar/close/", calendars.close_feed, name="calendar_close"),
    path("one-on-ones/calendar/mail/", calendars.wish_mail, name="calendar_mail"),
    path("one-on-ones/feeds/<str:token>.ics", calendars.feed, name="calendar_feed"),
]
