"""What lives after questions never asked before: nothing but in caches that have a bound, whatever door they came through."""

from __future__ import annotations

import functools
import gc
import random
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from api.app import create_app
from api.settings import Settings
from retriever.short_texts import QUESTIONS
from tests.robustness.asgi import Asgi
from tests.robustness.server import index_of
from tests.robustness.soak import PATHS

WORDS = "hyra ladan häst badet snö vägar praktik kostnader uppsägning avtalstid kommunen bolaget högskolan ersättning".split()
ASKS = ("vilka avtal nämner", "vad kostar", "hur lång är", "gäller", "vem svarar för", "vilka saknar")
WARM, ASKED = 8 * len(PATHS), 10 * len(PATHS)
"""Requests before what lives is counted, and between the counts."""
ROUNDS = 3
"""A library's own cache grows and is emptied, what is kept of each request grows in every round: the least growth of these counts."""
MOST_BLOCKS = ASKED
"""An answer is hundreds of blocks."""
DOCUMENT, MOST_EMPTIED = "/api/export?q={q}&format=docx", 60
"""A document's parts, emptied, in the knots that python-docx makes when it goes through them (tests/api/test_export.py)."""
OF_QUESTIONS = frozenset(("retriever.owners._asked_owners", "retriever.concepts._sayings_of"))
"""Caches that take something of each question by intent: whose figure it asks of each agreement (1,000, full after some twenty
questions), and what is called the same as its words (4,096, full after the soak's made-up words)."""
OURS = ("corpus.", "indexer.", "retriever.", "api.", __name__)
MOST_CACHED = 5
"""A table may be read for the first time between the counts."""


@pytest.fixture
def app(folder: Path, tmp_path: Path) -> FastAPI:
    return create_app(Settings(index=index_of(folder, tmp_path)))


def test_questions_leave_nothing_living_and_fill_no_cache_without_a_bound(app: FastAPI) -> None:
    left = left_by(app)
    assert left.blocks < MOST_BLOCKS
    assert left.cached < MOST_CACHED


def test_what_is_kept_of_each_is_seen(app: FastAPI) -> None:
    app.add_middleware(_Keeping)
    left = left_by(app)
    assert left.blocks > MOST_BLOCKS
    assert left.cached == ASKED


def test_new_questions_fill_no_store_of_what_texts_say(app: FastAPI) -> None:
    """Three such stores once took each new question, up to 34,000 in all."""
    assert set(filled_by(app)) <= OF_QUESTIONS


def test_a_store_that_takes_each_question_is_seen(app: FastAPI) -> None:
    app.add_middleware(_Storing)
    assert filled_by(app)[f"{__name__}._stored"] == ASKED


def filled_by(app: FastAPI) -> dict[str, int]:
    """By cache of ours with a bound above `QUESTIONS`, how many values ASKED requests add to it: the least of the rounds."""
    chance, asked = random.Random(17), set[str]()
    with Asgi.opened() as client:
        _ask(client, app, chance, asked, WARM)
        sizes = [_sizes()]
        for _ in range(ROUNDS):
            _ask(client, app, chance, asked, ASKED)
            sizes.append(_sizes())
    grown = [{name: after[name] - before.get(name, 0) for name in after} for before, after in pairwise(sizes)]
    least = {name: min(each.get(name, 0) for each in grown) for name in sizes[-1]}
    return {name: count for name, count in least.items() if count}


def _sizes() -> dict[str, int]:
    gc.unfreeze()
    caches = [each for each in gc.get_objects() if type(each) is functools._lru_cache_wrapper]
    bounded = [cache for cache in caches if (cache.cache_info().maxsize or 0) > QUESTIONS]
    named = [(f"{cache.__module__}.{cache.__qualname__}", cache.cache_info().currsize) for cache in bounded]
    return {name: size for name, size in named if name.startswith(OURS)}


@functools.lru_cache(maxsize=20_000)
def _stored(question: bytes) -> int:
    return len(question)


class _Storing:
    """Keeps each request's question in a cache with a bound that is far away."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._count = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            self._count += 1
            _stored(scope["query_string"] + b"%d" % self._count)
        await self._app(scope, receive, send)


def test_an_answer_is_freed_when_it_has_been_sent(app: FastAPI) -> None:
    """Every door once tied its answer in a knot, for a full collection to free: up to five megabytes."""
    knotted = {path: count for path, count in knots_of(app).items() if count}
    assert set(knotted) <= {DOCUMENT}
    assert knotted.get(DOCUMENT, 0) <= MOST_EMPTIED


def test_an_answer_in_a_knot_is_seen(app: FastAPI) -> None:
    app.add_middleware(_Knotted)
    assert all(count for count in knots_of(app).values())


def knots_of(app: FastAPI) -> dict[str, int]:
    """By door, how many objects its second answer leaves for a collection."""
    found = {}
    with Asgi.opened() as client:
        for path in PATHS:
            for words in WORDS[:2]:
                gc.collect()
                gc.disable()
                try:
                    client.ask(app, "GET", path.format(q=words, id="badet"), {})
                    found[path] = gc.collect()
                finally:
                    gc.enable()
    return found


class _Knotted:
    """Leaves an object that refers to itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        knot: list[object] = []
        knot.append(knot)
        await self._app(scope, receive, send)


class _Keeping:
    """Keeps each request's question, and what it found of it in a cache without a bound."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._kept: list[bytes] = []
        self._found = functools.cache(len)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            self._kept.append(scope["query_string"] + b"%d" % len(self._kept))
            self._found(self._kept[-1])
        await self._app(scope, receive, send)


@dataclass(frozen=True, slots=True)
class Left:
    """Blocks of memory outside bounded caches, and values in caches without a bound, that were not there before."""

    blocks: int
    cached: int


def left_by(app: FastAPI) -> Left:
    """The least that ASKED requests leave; each has a question of its own, of words that were asked for before."""
    chance, asked = random.Random(17), set[str]()

    def ask(times: int) -> Left:
        _ask(client, app, chance, asked, times)
        return _living()

    with Asgi.opened() as client:
        lives = [ask(WARM), *(ask(ASKED) for _ in range(ROUNDS))]
    grown = [
        (after.blocks - before.blocks, after.cached - before.cached) for before, after in pairwise(lives)
    ]
    return Left(min(blocks for blocks, _ in grown), min(cached for _, cached in grown))


def _ask(client: Asgi, app: FastAPI, chance: random.Random, asked: set[str], times: int) -> None:
    """So many requests at the doors in order, each with a question that is not among those asked."""
    for number in range(times):
        question = " ".join([chance.choice(ASKS), *chance.sample(WORDS, 6)])
        assert question not in asked
        asked.add(question)
        path = PATHS[number % len(PATHS)].format(q=quote(question), id="badet")
        assert client.ask(app, "GET", path, {}).status in (200, 404)


def _living() -> Left:
    """All there is, the bounded caches emptied; also those that a server in an earlier test set aside."""
    gc.unfreeze()
    gc.collect()
    caches = [each for each in gc.get_objects() if type(each) is functools._lru_cache_wrapper]
    for cache in caches:
        if cache.cache_info().maxsize is not None:
            cache.cache_clear()
    cached = sum(cache.cache_info().currsize for cache in caches if cache.cache_info().maxsize is None)
    return Left(sys.getallocatedblocks(), cached)
