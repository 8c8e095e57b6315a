"""The sentences and table rows that may state the fact asked for, each with how it speaks of the question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from corpus.types import Agreement, SectionRole, Span
from corpus.versions import Relation
from indexer.swedish.words import Run
from indexer.types import Passage
from retriever.asked import Asked
from retriever.asks import Asks
from retriever.engine import Engine, first_of
from retriever.fact_kinds import CARD, IN_HEADINGS, OF_CONTACTS, asks_of_whole
from retriever.forms import FROM_YEAR
from retriever.fusion import halfway
from retriever.holding import Holding
from retriever.lifetime import in_force_during, in_force_on
from retriever.matching import strengths_of
from retriever.question import Question, Term
from retriever.shares import AROUND, aimed, focus_of, known_share, sentence_weights, share, shares, unmet
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


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence, or one row of a table, of an agreement.

    `span` is what is read, `cited` what is quoted; `within` is each term's strength in it, 0..1, and `told` what the
    weights of `fact_weights` judge it by.
    """

    agreement: Agreement
    span: Span
    cited: Span
    words: Run
    terms: Sequence[Term]
    within: Sequence[float]
    told: Mapping[str, float]
    reply: bool = False
    """It follows a question, as the answer in a list of frequent ones."""

    @property
    def text(self) -> str:
        """Its words as written."""
        return self.agreement.text[self.span.start : self.span.end]


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
    held_by = {a: holding.of_agreement(a) for a in {engine.index.passages[r].agreement_id for r in rows}}
    fullest = max(share(question.terms, held) for held in held_by.values())
    known = {a: known_share(question.terms, held) for a, held in held_by.items()}
    front = {a: _front_share(engine, question, a) for a in held_by}
    most_known, most_front = max(known.values()), max(front.values())
    own_best: dict[str, float] = {}
    for row, nearness in zip(rows, cosines, strict=True):
        name = engine.index.passages[row].agreement_id
        own_best[name] = max(own_best.get(name, -1.0), float(nearness.max(initial=-1.0)))
    aim = focus_of(question)
    missing, of_whole = unmet(question), float(asks_of_whole(question) and not named)
    titled = bool(named) and _speaks_of_one(question)
    found: list[Statement] = []
    for row, nearness in zip(rows, cosines, strict=True):
        passage = engine.index.passages[row]
        held = held_by[passage.agreement_id]
        whole = {
            "ranked": (fits.get(row, lowest) - highest) / UTILITY,
            "about": (about[passage.agreement_id] - nearest) / NEARNESS,
            "held": share(question.terms, held),
            "fullest": share(question.terms, held) - fullest,
            "outdated": _outdated(engine, question, passage.agreement_id),
            "named": float(passage.agreement_id in named),
            "other": float(titled and passage.agreement_id not in named),
            "presents": float(_presents(engine, passage)),
            "known": known[passage.agreement_id] - most_known,
            "front": front[passage.agreement_id] - most_front,
            "fronted": front[passage.agreement_id],
            "unmet": missing,
            "stray": (front[passage.agreement_id] - most_front) * of_whole,
        }
        for statement, cosine in _read(engine, question, passage, held, nearness, aim):
            told = {
                "height": (cosine - mean) / spread,
                "gap": (cosine - best) / spread,
                "own": (cosine - own_best[passage.agreement_id]) / spread,
                **whole,
            }
            found.append(_with(statement, told))
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


def _presents(engine: Engine, passage: Passage) -> bool:
    """True in a section that presents a party ("Om Region Norr"): it says what the party is, not what is agreed."""
    agreement = engine.agreement(passage)
    path = agreement.sections[passage.section].path
    heading = _ABOUT.sub("", path[-1]).strip(" #*:").casefold() if path else ""
    return any(heading == party.casefold() for party in agreement.parties)


_ABOUT = re.compile(r"(?i)^\W*(?:fakta\s+)?om\s+")
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


def _with(statement: Statement, told: Mapping[str, float]) -> Statement:
    return Statement(
        statement.agreement,
        statement.span,
        statement.cited,
        statement.words,
        statement.terms,
        statement.within,
        {**statement.told, **told},
        statement.reply,
    )


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


def _read(
    engine: Engine,
    question: Question,
    passage: Passage,
    held: Sequence[float],
    nearness: NDArray[np.float32],
    aim: int | None,
) -> Iterator[tuple[Statement, float]]:
    """The passage's statements with their cosines."""
    agreement = engine.agreement(passage)
    section = agreement.sections[passage.section]
    rarity = engine.index.words.rarity
    body = engine.words(passage.agreement_id, Span(passage.start, passage.end))
    above = strengths_of(question.terms, engine.titled(passage.header), rarity)
    around = tuple(map(max, above, strengths_of(question.terms, body, rarity)))
    weights = sentence_weights(question, engine.title_atoms(passage.agreement_id))
    asking: tuple[Span, Sequence[float], float] | None = None
    for (span, spoken), near in zip(engine.read_sentences(passage), nearness.tolist(), strict=False):
        heading = span.end <= section.body and question.asks not in IN_HEADINGS
        if agreement.text[span.start : span.end].rstrip(' *_"”').endswith("?"):
            whole = strengths_of(question.terms, spoken, rarity)
            asking = (span, whole, near)
            continue
        if heading:
            continue
        parts = _parts(agreement.text, span)
        beside = around if any(is_row(agreement.text, part) for part in parts) else above
        for part in parts:
            words = spoken if part == span else engine.words(passage.agreement_id, part)
            within = strengths_of(question.terms, words, rarity)
            cited, cosine = (part if part == span else span), near
            if part != span:  # a row's subject stands above its table, an item's in its heading
                within = tuple(max(w, AROUND * a) for w, a in zip(within, beside, strict=True))
            if asking:
                cited, cosine = Span(asking[0].start, part.end), max(near, asking[2])
                within = tuple(map(max, within, asking[1]))
            yield (
                Statement(
                    agreement,
                    part,
                    cited,
                    words,
                    question.terms,
                    within,
                    {
                        **shares(question, weights, within, around, held),
                        **aimed(aim, within, around),
                    },
                    asking is not None,
                ),
                cosine,
            )
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
