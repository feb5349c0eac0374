"""The ladder: what a page must answer to everybody who may ask. Inherit it, name the page, and every rung is climbed.

    class TestPersonPage(Ladder):
        url_name = "insights:person"
        may_open = ("xiaozhang", "manager_li", "hrbp_wang", "executive_chen")
        hidden_from = ("colleague", "stranger", "administrator")

        def args(self, cast):
            return [cast.xiaozhang.pk]

Names are fields of the cast (tests/cast.py). The rungs: works for those who may · 404 for a colleague or a stranger ·
403 for somebody who may see the thing and lacks the right · 404 for an id that does not exist · 405 for a wrong verb ·
the sign-in page for a visitor. What the page shows is for tests of its own; `opened` is the hook for a first look.

For a page that changes something: `method = "post"`, `payload`, and one name in `may_open`, because the second to come
finds it changed. `make` may prepare what the page is about; its return value reaches `args` and `payload` as
`self.thing`. A page that takes GET and POST names the verbs it refuses in `wrong_verbs`.
tests/architecture/test_urls.py knows the ladders by `url_name` and asks for one wherever an address holds an id.
"""

from collections.abc import Sequence
from typing import Any, ClassVar

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.cast import Cast

NO_SUCH_ID = 2**31 - 1
EVERYBODY = (
    "xiaozhang",
    "manager_li",
    "hrbp_wang",
    "executive_chen",
    "stranger",
    "stranger_manager",
    "colleague",
    "administrator",
    "auditor",
)


def others(*names: str) -> tuple[str, ...]:
    """Everybody of the cast but these."""
    return tuple(name for name in EVERYBODY if name not in names)


class Ladder:
    """Six rungs for one named address. See the module for how to inherit."""

    url_name: ClassVar[str]
    may_open: ClassVar[Sequence[str]]
    hidden_from: ClassVar[Sequence[str]] = ("stranger",)
    refused_to: ClassVar[Sequence[str]] = ()
    method: ClassVar[str] = "get"
    wrong_verbs: ClassVar[Sequence[str] | None] = None
    works_with: ClassVar[Sequence[int]] = (200, 302)
    thing: Any = None

    def make(self, cast: Cast) -> Any:
        """Prepare what the page is about."""

    def args(self, cast: Cast) -> list[Any]:
        """The arguments of the address."""
        return []

    def unknown_args(self, cast: Cast) -> list[Any]:
        """The same with ids that do not exist; text stays, so that the id is what is missing."""
        return [NO_SUCH_ID if isinstance(arg, int) else arg for arg in self.args(cast)]

    def payload(self, cast: Cast) -> dict[str, Any]:
        """What is posted."""
        return {}

    def opened(self, response: HttpResponse, cast: Cast) -> None:
        """Look at the answer to somebody who may."""

    @pytest.fixture(autouse=True)
    def _prepared(self, cast: Cast) -> None:
        self.thing = self.make(cast)

    def test_every_rung(self, cast: Cast) -> None:
        """One house for all rungs, which takes a fraction of six; those who may come last, for they may change it."""
        self._does_not_exist_for_outsiders(cast)
        self._is_refused_without_the_right(cast)
        self._an_unknown_id_is_not_found(cast)
        self._a_wrong_verb_is_not_allowed(cast)
        self._a_visitor_is_sent_to_sign_in(cast)
        self.works_for_those_who_may(cast)

    def _does_not_exist_for_outsiders(self, cast: Cast) -> None:
        for name in self.hidden_from:
            assert self._ask(name, cast).status_code == 404, name

    def _is_refused_without_the_right(self, cast: Cast) -> None:
        for name in self.refused_to:
            assert self._ask(name, cast).status_code == 403, name

    def _an_unknown_id_is_not_found(self, cast: Cast) -> None:
        if self.unknown_args(cast) != self.args(cast):
            response = self._ask(self.may_open[0], cast, args=self.unknown_args(cast))
            assert response.status_code == 404

    def _a_wrong_verb_is_not_allowed(self, cast: Cast) -> None:
        for verb in self.wrong_verbs or ("delete", "post" if self.method == "get" else "get"):
            assert self._ask(self.may_open[0], cast, verb).status_code == 405, verb

    def _a_visitor_is_sent_to_sign_in(self, cast: Cast) -> None:
        response = self._ask(None, cast)
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("account_login"))

    def works_for_those_who_may(self, cast: Cast) -> None:
        for name in self.may_open:
            response = self._ask(name, cast)
            assert response.status_code in self.works_with, name
            self.opened(response, cast)

    def _ask(
        self, name: str | None, cast: Cast, verb: str | None = None, args: list[Any] | None = None
    ) -> HttpResponse:
        client = Client()
        if name:
            client.force_login(getattr(cast, name).user)
        address = reverse(self.url_name, args=self.args(cast) if args is None else args)
        verb = verb or self.method
        return getattr(client, verb)(address, **({"data": self.payload(cast)} if verb == "post" else {}))
