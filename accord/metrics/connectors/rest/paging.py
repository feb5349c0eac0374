"""Which question comes after an answer: by the link, the total or emptiness, never by the size that was asked for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import httpx

from accord.metrics.connectors.paths import compile_path
from accord.metrics.connectors.rest.auth import absolute, same_origin
from accord.metrics.connectors.rest.exchange import Answer
from accord.metrics.connectors.rest.settings import Stream
from accord.metrics.connectors.templates import filled
from accord.metrics.errors.connectors import LinkLeavesSource, PagesRepeat


@dataclass(frozen=True)
class Question:
    """What one page is asked for with."""

    params: dict[str, Any]
    values: dict[str, object]
    link: httpx.URL | None = None


@dataclass
class Pages:
    """The way through the pages of one stream. `found` counts rows, `asked` remembers links and cursors."""

    stream: Stream
    base: httpx.URL
    found: int = 0
    number: int = 0
    asked: set[str] = field(default_factory=set)
    keys: list[str] = field(default_factory=list)

    def first(self, params: dict[str, Any], values: dict[str, object]) -> Question:
        paging = self.stream.paging
        sized = {paging.size_param: str(paging.size)} if paging.size_param else {}
        counted = {paging.param: str(paging.first)} if paging.kind in ("page", "offset") else {}
        places = {"size": paging.size, "page": paging.first, "offset": paging.first, "cursor": None}
        return Question({**params, **sized, **counted}, {**values, **places})

    def request(self, question: Question) -> httpx.Request:
        url = question.link or absolute(self.base, self.stream.path).copy_merge_params(question.params)
        if self.stream.body is None:
            return httpx.Request("GET", url)
        return httpx.Request("POST", url, json=filled(self.stream.body, question.values))

    def after(self, question: Question, answer: Answer, keys: list[str], total: int | None) -> Question | None:
        """The next question, or None when this was the last page. Raises PagesRepeat where it would never end."""
        paging = self.stream.paging
        repeats = bool(keys) and keys == self.keys
        if repeats and not paging.repeats_at_end:
            raise PagesRepeat(stream=self.stream.name)
        self.number += 1
        self.found += 0 if repeats else len(keys)
        self.keys = keys
        if repeats or paging.kind == "none":
            return None
        if paging.kind == "link":
            return self._linked(question, answer)
        if not keys or (total is not None and self.found >= total):
            return None
        if paging.more and not compile_path(paging.more)(answer.json):
            return None
        if paging.kind == "cursor":
            return self._pointed(question, answer)
        step = paging.first + (self.number if paging.kind == "page" else self.found)
        return replace(
            question,
            params={**question.params, paging.param: str(step)},
            values={**question.values, paging.kind: step},
        )

    def _linked(self, question: Question, answer: Answer) -> Question | None:
        text = compile_path(self.stream.paging.next)(answer.json) if self.stream.paging.next else _of_header(answer)
        if not text or not isinstance(text, str):
            return None
        try:
            link = answer.url.join(text)
        except httpx.InvalidURL:
            raise LinkLeavesSource(stream=self.stream.name, host=self.base.host) from None
        if link.host == self.base.host and self.base.scheme == "https" and link.scheme == "http":
            # Behind a proxy many systems believe that they are asked without encryption.
            link = link.copy_with(scheme="https", port=self.base.port)
        if not same_origin(link, self.base):
            raise LinkLeavesSource(stream=self.stream.name, host=self.base.host)
        self._remember(str(link))
        return replace(question, link=link)

    def _pointed(self, question: Question, answer: Answer) -> Question | None:
        paging = self.stream.paging
        pointer = compile_path(paging.next)(answer.json)
        if pointer in (None, "", False):
            return None
        self._remember(str(pointer))
        return replace(
            question,
            params={**question.params, paging.param: str(pointer)},
            values={**question.values, "cursor": pointer},
        )

    def _remember(self, pointer: str) -> None:
        if pointer in self.asked:
            raise PagesRepeat(stream=self.stream.name)
        self.asked.add(pointer)


def _of_header(answer: Answer) -> str | None:
    """The next page as the header `Link` names it."""
    for each in httpx.Response(200, headers=answer.headers).links.values():
        if each.get("rel") == "next":
            return each.get("url")
    return None
