"""Addresses of workshops."""

from django.urls import path

from accord.goals.views import workshops

urlpatterns = [
    path("workshops/", workshops.index, name="workshops"),
    path("workshops/new/", workshops.new, name="workshops_new"),
    path("workshops/<int:pk>/", workshops.workshop, name="workshop"),
    path("workshops/<int:pk>/board/", workshops.board, name="workshop_board"),
    path("workshops/<int:pk>/propose/", workshops.propose, name="workshop_propose"),
    path("workshops/<int:pk>/marks/", workshops.mark, name="workshop_mark"),
    path("workshops/<int:pk>/close/", workshops.close, name="workshop_close"),
    path("workshops/cards/<int:pk>/", workshops.card, name="workshop_card"),
    path("workshops/cards/<int:pk>/comment/", workshops.comment, name="workshop_comment"),
    path("workshops/cards/<int:pk>/move/", workshops.move, name="workshop_move"),
    path("workshops/cards/<int:pk>/merge/", workshops.merge, name="workshop_merge"),
]
