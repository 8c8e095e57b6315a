"""Random requests to every door that a reader has, about what is readable, what is hidden and what is nowhere."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from retriever.clause_types import clause_types
from tests.robustness.random_worlds import KINDS, PARTIES, THINGS, WORDS, World

_QUESTIONS = (
    "vilka avtal omfattar {word}?",
    "vilka avtal nämner {strange}?",
    "vilka avtal saknar {word}?",
    "hur många avtal handlar om {thing}?",
    "Vad är uppsägningstiden för {thing}?",
    "Hur mycket betalar {party} för {thing}?",
    "När slutar avtalet med {party}?",
    "Till när gäller {kind} om {thing}?",
    "Vad skiljer uppsägningen åt mellan {thing} och {thing2}?",
    "Får bolaget sköta {strange}?",
    "which agreements cover {word}?",
    "vad säger GDO om {word}?",
    "{number}",
    "vilka avtal gäller i dag?",
    "avtalet om {thing}",
    "{slip}",
    "{slip} i {thing}",
    "{word} och {word2}",
    "vilka {kind} från {year}?",
    "Vad står i punkt {digit}?",
    "kompetensforsorjning och forsakring",
    "",
)
_GRAMMATICAL = ("uppsägningstid", "tvist", "personuppgifter", "ersättning", "dataskyddsförordningen")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request. `door` is its kind, for the count."""

    door: str
    path: str
    method: str = "GET"
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


class Requests:
    """Makes requests about a world. `ids` are agreements' ids in it, readable and hidden; `words` its strange words."""

    def __init__(
        self, chance: random.Random, world: World, ids: Sequence[str], places: Sequence[Mapping[str, object]]
    ) -> None:
        self._chance, self._ids, self._places = chance, ids, places
        texts = b" ".join(world.steps[-1].values()).decode("utf-8", errors="ignore")
        found = {word.strip(".,") for word in texts.split() if "banan" in word}
        self._strange = sorted(found) or ["barmirabanan"]

    def next(self) -> Asked:
        """A request to a door chosen at random."""
        door = self._chance.choices(_NAMES, _WEIGHTS)[0]
        asked = _DOORS[door][0](self)
        english = {"Accept-Language": "en"} if self._chance.random() < 0.1 else {}
        return Asked(door, asked.path, asked.method, asked.body, english)

    def _question(self) -> str:
        chance = self._chance
        strange = chance.choice(self._strange)
        at = chance.randrange(1, len(strange) - 1)
        return chance.choice(_QUESTIONS).format(
            word=chance.choice((*WORDS, *_GRAMMATICAL)), word2=chance.choice(WORDS), strange=strange,
            slip=strange[:at] + chance.choice(("", "x")) + strange[at + 1 :], thing=chance.choice(THINGS),
            thing2=chance.choice(THINGS), party=chance.choice(PARTIES), kind=chance.choice(KINDS).lower(),
            number=f"GK {chance.randrange(2019, 2022)}-1{chance.randrange(3)}", year=chance.randrange(2018, 2027),
            digit=chance.randrange(1, 7),
        )  # fmt: skip

    def _filters(self) -> list[tuple[str, str]]:
        chance, chosen = self._chance, []
        if chance.random() < 0.15:
            chosen.append(("party", chance.choice(PARTIES)))
        if chance.random() < 0.15:
            chosen.append(("type", chance.choice(KINDS).lower()))
        if chance.random() < 0.1:
            chosen.append(("valid_on", f"{chance.randrange(2018, 2030)}-06-01"))
        if chance.random() < 0.1:
            chosen.append(("year", str(chance.randrange(2017, 2031))))
        return chosen

    def _paged(self) -> list[tuple[str, str]]:
        chance = self._chance
        limit = [("limit", str(chance.randrange(1, 12)))] if chance.random() < 0.3 else []
        return [*limit, *([("offset", str(chance.randrange(0, 6)))] if chance.random() < 0.2 else [])]

    def _typed(self) -> str:
        word = self._chance.choice((*self._strange, *PARTIES, *KINDS, *WORDS, *THINGS))
        return word[: self._chance.randrange(1, len(word) + 1)]

    def _id(self) -> str:
        return self._chance.choice((*self._ids, "finns/inte-1"))

    def asking(self, path: str, *more: tuple[str, str]) -> Asked:
        """A question at an address."""
        return Asked("", f"{path}?{urlencode([('q', self._question()), *self._filters(), *more])}")

    def listing(self, path: str, *more: tuple[str, str]) -> Asked:
        """A list at an address, narrowed."""
        given = [*self._filters(), *more]
        return Asked("", f"{path}?{urlencode(given)}" if given else path)

    def one(self, before: str, after: str = "") -> Asked:
        """An agreement at an address."""
        return Asked("", f"{before}{quote(self._id())}{after}")

    def place(self) -> Asked:
        """A citation to check: of what is, was, or never was."""
        place = dict(self._chance.choice(self._places))
        if self._chance.random() < 0.3:
            place["agreement_id"] = self._id()
        body = json.dumps(place).encode()
        return Asked("", "/api/verify", "POST", body)

    def clause(self) -> tuple[str, str]:
        """A type of clause."""
        return "clause", self._chance.choice(sorted(clause_types()))

    def english(self) -> list[tuple[str, str]]:
        """A page's language."""
        return [("lang", "en")] if self._chance.random() < 0.15 else []

    def format(self, *formats: str) -> tuple[str, str]:
        """One of the formats."""
        return "format", self._chance.choice(formats)

    def reading(self) -> Asked:
        """The reading view, with a place marked or without."""
        start = self._chance.randrange(0, 400)
        marked = {"q": self._question(), "start": str(start), "end": str(start + 40), "v": "0" * 12}
        return self.one("/avtal/", f"?{urlencode(marked)}" if self._chance.random() < 0.5 else "")


_Make = Callable[[Requests], Asked]
_DOORS: Mapping[str, tuple[_Make, float]] = {
    "/api/search": (lambda r: r.asking("/api/search", *r._paged()), 16),
    "/api/ask": (lambda r: r.asking("/api/ask"), 18),
    "/api/suggest": (lambda r: Asked("", f"/api/suggest?{urlencode({'q': r._typed()})}"), 8),
    "/opensearch/suggest": (lambda r: Asked("", f"/opensearch/suggest?{urlencode({'q': r._typed()})}"), 2),
    "/api/agreements": (lambda r: r.listing("/api/agreements", *r._paged()), 5),
    "/api/agreements/{id}": (lambda r: r.one("/api/agreements/"), 6),
    "/api/agreements/{id}/source": (lambda r: r.one("/api/agreements/", "/source"), 3),
    "/api/agreements/{id}/pages/1.png": (
        lambda r: r.one("/api/agreements/", "/pages/1.png?start=0&end=30"),
        0.5,
    ),
    "/api/verify": (lambda r: r.place(), 4),
    "/api/matrix": (lambda r: r.listing("/api/matrix", *r._paged(), r.format("json", "csv")), 3),
    "/api/departing": (lambda r: r.listing("/api/departing", r.clause()), 4),
    "/api/export": (lambda r: r.asking("/api/export", r.format("md", "csv", "md", "csv", "docx")), 4),
    "/api/feeds/last-notice.ics": (lambda r: r.listing("/api/feeds/last-notice.ics"), 2),
    "/api/feeds/last-notice.atom": (
        lambda r: r.listing("/api/feeds/last-notice.atom", ("within", "3660")),
        2,
    ),
    "/api/feeds/new.atom": (lambda r: r.listing("/api/feeds/new.atom"), 2),
    "/api/feeds/search.atom": (lambda r: r.asking("/api/feeds/search.atom", *r._paged()), 2),
    "/api/report": (lambda _: Asked("", "/api/report"), 2),
    "/api/feedback": (lambda _: Asked("", "/api/feedback"), 0.2),
    "/": (lambda r: r.asking("/", *r.english()), 8),
    "/avtal/{id}": (lambda r: r.reading(), 6),
    "/rapport": (lambda r: r.listing("/rapport", *r.english()), 1),
    "/oversikt": (lambda r: r.listing("/oversikt", *r.english()), 2),
    "/oversikt/klausuler": (lambda r: r.listing("/oversikt/klausuler", *r.english()), 1),
    "/oversikt/parter": (lambda r: r.listing("/oversikt/parter", *r.english()), 2),
    "/readyz": (lambda _: Asked("", "/readyz"), 0.2),
    "/metrics": (lambda _: Asked("", "/metrics"), 0.2),
    "/openapi.json": (lambda _: Asked("", "/openapi.json"), 0.1),
}
"""Every door of a reader: what is asked there, and how often of about a hundred."""
_NAMES = list(_DOORS)
_WEIGHTS = [weight for _, weight in _DOORS.values()]
