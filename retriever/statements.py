"""The sentences and table rows that may state the fact asked for, each with how it speaks of the question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from corpus.types import SectionRole, Span
from corpus.versions import Relation
from retriever.asked import Asked
from retriever.asks import Asks
from retriever.engine import Engine, first_of
from retriever.fact_kinds import CARD, IN_HEADINGS, OF_CONTACTS, asks_of_whole
from retriever.forms import FROM_YEAR
from retriever.fusion import halfway
from retriever.holding import Holding
from retriever.lifetime import in_force_during, in_force_on
from retriever.matching import near_any, strengths_of
from retriever.question import Question
from retriever.shares import focus_of, known_share, share, unmet
from retriever.statement import Asking, Nearness, Place, Statement
from retriever.tables import is_row, line_of

CONSIDERED = 40
"""Passages looked into, best first, besides those that the cards and the question's names point to."""
BY_CARD = 150
"""Of those that the cards point to, the best ones; a collection of hundreds of agreements has several of each."""
OF_NAMED = 3
"""Agreements that a name in the question may tell; a name that more of them hold tells none."""
SPREAD = 0.05
"""Standard deviation of the cosines at least: a handful of sentences that are all alike tell nothing apart."""
UTILITY = 5.0
"""Passages' utilities (`ranking`) are counted in fives below the best."""
NEARNESS = 0.1
"""Agreements' cosines are counted in tenths below the nearest."""


def statements(asked: Asked) -> list[Statement]:
    """The statements of the best passages in scope, headings and questions left out; [] for an empty scope."""
    engine, question = asked.engine, asked.question
    holding = Holding.of(engine, question)
    named = engine.named_by(question)
    rows = _rows(asked, holding, named)
    if not rows:
        return []
    cosines = _cosines(asked, rows)
    flat = np.concatenate(cosines)
    mean, spread, best = float(flat.mean()), max(float(flat.std()), SPREAD), float(flat.max())
    nearest = float(max(asked.cosines[row] for row in rows))
    fits = asked.utilities
    lowest = min(fits.values())
    highest = max(fits.get(row, lowest) for row in rows)
    about = _about(asked, rows)
    ids = dict.fromkeys(engine.index.passages[row].agreement_id for row in rows)
    held_by = {a: holding.of_agreement(a) for a in ids}
    fullest = max(share(question.terms, held) for held in held_by.values())
    known = {a: known_share(question.terms, held) for a, held in held_by.items()}
    front = {a: _front_share(engine, question, a) for a in ids}
    most_known, most_front = max(known.values()), max(front.values())
    own_best: dict[str, float] = {}
    for row, nearness in zip(rows, cosines, strict=True):
        name = engine.index.passages[row].agreement_id
        own_best[name] = max(own_best.get(name, -1.0), float(nearness.max(initial=-1.0)))
    missing, of_whole = unmet(question), float(asks_of_whole(question) and not named)
    titled = bool(named) and _speaks_of_one(question)
    by_agreement = {
        name: {
            "about": (about[name] - nearest) / NEARNESS,
            "held": share(question.terms, held),
            "fullest": share(question.terms, held) - fullest,
            "outdated": _outdated(engine, question, name),
            "named": float(name in named),
            "other": float(titled and name not in named),
            "known": known[name] - most_known,
            "front": front[name] - most_front,
            "fronted": front[name],
            "unmet": missing,
            "stray": (front[name] - most_front) * of_whole,
        }
        for name, held in held_by.items()
    }
    aim, atoms = focus_of(question), near_any(question.terms)
    found: list[Statement] = []
    for row, nearness in zip(rows, cosines, strict=True):
        passage = engine.index.passages[row]
        name = passage.agreement_id
        told = {"ranked": (fits.get(row, lowest) - highest) / UTILITY, **by_agreement[name]}
        near = Nearness(mean, spread, best, own_best[name])
        place = Place(engine, question, passage, held_by[name], aim, near, atoms, told)
        found.extend(_read(place, nearness))
    return found


def _front_share(engine: Engine, question: Question, agreement_id: str) -> float:
    front = engine.front(engine.index.agreements[agreement_id])
    return known_share(question.terms, strengths_of(question.terms, front, engine.index.words.rarity))


def _about(asked: Asked, rows: Sequence[int]) -> dict[str, float]:
    """The cosine of each agreement's nearest passage among the rows."""
    found: dict[str, float] = {}
    for row in rows:
        name = asked.engine.index.passages[row].agreement_id
        found[name] = max(found.get(name, -1.0), float(asked.cosines[row]))
    return found


_OF_NEW = re.compile(
    r"(?i)\b(?:numera|nu|nuförtiden|i\s?dag|för\s+närvarande|(?:nya|nuvarande|gällande|senaste)\s+[\w-]*(?:avtal|kontrakt|överenskommelse)\w*)\b"
)
_IN_YEAR = re.compile(r"(?i)\b(?:från|sedan)\s+(?:och\s+med\s+)?(?:år\s+)?((?:19|20)\d\d)\b(?!-)")
_OF_OLD = re.compile(
    r"(?i)\b(?:gamla|gammalt|tidigare|förra|förut|ursprungliga|första|(?:från|enligt|i)\s+(?:år\s+)?(?:19|20)\d\d|(?:19|20)\d\d\s+års)\b"
)


_GLOSSARY = re.compile(
    r"(?i)(?:^|\n)[^\n]{0,20}\b(?:ordlista|ordförklaring\w*|definition(?:er|erna)|begrepp(?:en|sförklaring\w*)?)\b[^\n]{0,20}\n[^§]*$"
)
_DEFINED = re.compile(
    r"\W*[A-ZÅÄÖ][\w åäö-]{2,40}:\s+[a-zåäö]|\W*(?:[\d.]+\s+)?Med\s+[\w ]{3,40}\s+(?:avses|menas|förstås)\b"
)
ABOVE = 1500
"""Characters above an entry within which its glossary's heading stands."""


def defines(statement: Statement) -> bool:
    """True for an entry of a glossary ("Utskrivningsklar: den som …"): it says what a word means, not what is agreed."""
    if not _DEFINED.match(statement.text):
        return False
    text = statement.agreement.text
    return (
        " avses " in statement.text
        or _GLOSSARY.search(text, max(0, statement.span.start - ABOVE), statement.span.start) is not None
    )


def _outdated(engine: Engine, question: Question, agreement_id: str) -> float:
    """1 for an agreement that another replaces, that is not in force in the year or at the time asked for; -1 for the former one
    where that is asked for, and less for one that is over and that nothing is known to replace; else 0."""
    agreement, year = engine.index.agreements[agreement_id], _IN_YEAR.search(question.read_as)
    if year and not in_force_during(agreement, int(year[1])):
        return 1.0
    replaced = any(
        link.to == agreement_id and link.relation is Relation.REPLACES for link in engine.index.links
    )
    over = not in_force_on(agreement, date.today(), False)
    if asks_for_former(question):
        former = OVER if over and _OF_FORMER.search(question.read_as) else 0.0
        return -1.0 if replaced else -former
    return float(replaced or (over and asks_for_present(question)))


OVER = 0.6
"""How surely an agreement that is over is the former one: its successor may be another's."""
_OF_FORMER = re.compile(
    r"(?i)\b(?:gamla|förra|tidigare|föregående)\s+(?:[\w-]+\s+)?[\w-]*(?:avtal|kontrakt|överenskommelse)\w*"
)


def asks_for_present(question: Question) -> bool:
    """True for a question about what holds now: "numera", "i dag", "i det nya avtalet"."""
    return _OF_NEW.search(question.read_as) is not None


def asks_for_former(question: Question) -> bool:
    """True for a question about what was: "i det gamla avtalet"."""
    return _OF_OLD.search(question.read_as) is not None


def _rows(asked: Asked, holding: Holding, named: frozenset[str]) -> list[int]:
    """Rows of the passages looked into, all of an agreement whose title the question names among them."""
    engine, question = asked.engine, asked.question
    scope = asked.scope
    if named and FROM_YEAR.search(question.read_as):
        scope = scope & engine.rows_in(named)  # "avtalet från 2024" is not the one from 2020
    elif rare := holding.rare(OF_NAMED):
        scope = scope & engine.rows_in(rare) if (scope & engine.rows_in(rare)).any() else scope
    best = first_of(np.where(scope, asked.fused, np.float32(-np.inf)), min(CONSIDERED, int(scope.sum())))
    stating = (row for name in CARD.get(question.asks, ()) for row in engine.rows_stating(name) if scope[row])
    by_card = list(dict.fromkeys(stating))
    if len(by_card) > BY_CARD:
        least = np.partition(asked.fused[by_card], -BY_CARD)[-BY_CARD]
        by_card = [row for row in by_card if asked.fused[row] >= least]
    titled = [*named] if _speaks_of_one(question) and len(named) <= OF_NAMED else []
    best = [*best, *_of_leading(asked, best, titled)]
    roles = {SectionRole.CONTENT} if question.asks not in (*OF_CONTACTS, Asks.SIGNED) else set(SectionRole)
    return [row for row in dict.fromkeys([*best, *by_card]) if engine.index.passages[row].role in roles]


LEADING = 3
"""Agreements all of whose passages are looked into."""


def _of_leading(asked: Asked, best: Sequence[int], titled: Sequence[str]) -> list[int]:
    """The rows of the agreements whose passages come first, and of those that the question speaks of by title."""
    passages = asked.engine.index.passages
    first = list(dict.fromkeys(passages[row].agreement_id for row in best))[:LEADING]
    leading = dict.fromkeys([*first, *sorted(titled)])
    return [row for name in leading for row in asked.engine.rows_of(name) if asked.scope[row]]


def _speaks_of_one(question: Question) -> bool:
    """True for a question about an agreement as known: "i ramavtalet", "enligt ramavtal"."""
    return bool(question.agreement_kinds) or _THE_AGREEMENT.search(question.text) is not None


_THE_AGREEMENT = re.compile(r"(?i)\w+-?(?:avtalet|kontraktet|förklaringen|överenskommelsen|partnerskapet)\b")


def _cosines(asked: Asked, rows: Sequence[int]) -> list[NDArray[np.float32]]:
    """The cosine of each passage's sentences with the question; its own where sentences have no vectors."""
    vectors = asked.engine.index.sentences
    if len(vectors):
        query = halfway(asked.whole, asked.scored.bare)  # what only tells the agreement counts half
        return [vectors.of(row).cosines(query) for row in rows]
    sizes = [len(asked.engine.sentences(asked.engine.index.passages[row])) for row in rows]
    return [np.full(size, asked.cosines[row], np.float32) for row, size in zip(rows, sizes, strict=True)]


def _read(place: Place, nearness: NDArray[np.float32]) -> Iterator[Statement]:
    """The passage's statements; `nearness` are its sentences' cosines."""
    engine, question, passage = place.engine, place.question, place.passage
    agreement = engine.agreement(passage)
    body = agreement.sections[passage.section].body
    asking: Asking | None = None
    for (span, spoken), near in zip(engine.read_sentences(passage), nearness.tolist(), strict=False):
        if agreement.text[span.start : span.end].rstrip(' *_"”').endswith("?"):
            asking = Asking(span, spoken, near)
            continue
        if span.end <= body and question.asks not in IN_HEADINGS:
            continue
        cosine = max(near, asking.cosine) if asking else near
        parts = _parts(agreement.text, span)
        in_table = None if parts == [span] else any(is_row(agreement.text, part) for part in parts)
        for part in parts:
            words = spoken if part == span else engine.words(passage.agreement_id, part)
            cited = Span(asking.span.start, part.end) if asking else span
            under = None if part == span else in_table
            yield Statement(agreement, part, cited, words, place, cosine, under, asking)
        asking = None


def _parts(text: str, span: Span) -> list[Span]:
    """The span itself, or where lines in it are rows of a table or items, each line for itself."""
    words = text[span.start : span.end]
    if "\n" not in words:
        return [span]
    lines = [line_of(text, span.start)]
    while lines[-1].end < span.end:
        lines.append(line_of(text, lines[-1].end + 1))
    if sum(is_row(text, line) for line in lines) < 2 and not _are_items(text, lines):
        return [span]
    inside = (Span(max(span.start, each.start), min(span.end, each.end)) for each in lines)
    return [each for each in inside if each.end > each.start]


LEAST_ITEMS = 3
"""Lines that each say something of their own."""
_ITEM = re.compile(r"\s*[A-ZÅÄÖ][^\n]*[^\s.,;:-]\s*")


def _are_items(text: str, lines: Sequence[Span]) -> bool:
    """True for lines without stops that each begin with a capital: a table whose cells ran together, no wrapped sentence."""
    return len(lines) >= LEAST_ITEMS and all(_ITEM.fullmatch(text, line.start, line.end) for line in lines)
