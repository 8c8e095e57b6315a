"""The subject words of a question as terms: what each means to a text, and how they are joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, product

from rapidfuzz.distance import OSA

from indexer.lexical import LexicalIndex
from indexer.swedish.stems import stem
from indexer.swedish.stopwords import STOPWORDS
from indexer.swedish.vocabulary import Vocabulary, fold
from indexer.swedish.words import Word, words_of
from retriever.concepts import NOTHING, SMALL, Sayings, longest_phrase, sayings_of
from retriever.forms import (
    AGREEMENT_NOUN,
    LIGHT,
    LIGHT_WEIGHT,
    LIST_VERBS,
    TAILS,
    WEAK,
)
from retriever.question import Term

_PARTING = re.compile(r"(?i),|\b(?:och|samt|eller|and|or)\b")
_EITHER = re.compile(r"(?i)(?<!-\s)\b(?:eller|or)\b(?!\s+(?:hur|vad|vem|var|när|att|om|mot|för|till|på|i)\b)")
""" "Eller" between words; "över- eller underskott" is one, and a phrase of its own may follow: "eller hur de hanteras"."""
_AGAINST = re.compile(r"(?i)\beller\s+([\w-]+)\s+mot\s+(?=\w)")
""" "Jämställdhet eller förbud mot diskriminering": the last of the choices is told by what it is against."""
_CLAUSE_ENDS = re.compile(r"\s[–—-]\s|[.:;?!](?:\s|$)")


def subjects_in(read_as: str, terms: tuple[Term, ...]) -> tuple[tuple[Term, ...], ...]:
    """The terms, parted where the question joins subjects by "och", "eller" or a comma.

    "Eller" joins the words beside it: "pris eller hyra som höjs" asks for pris that höjs, or hyra that does.
    """
    opposed = {word.stem for match in _AGAINST.finditer(read_as) for word in words_of(match[1])}
    by_stem = {term.stem: term for term in terms if term.stem not in opposed}

    def between(start: int, end: int) -> list[Term]:
        found = [by_stem[w.stem] for w in words_of(read_as, start, end) if w.stem in by_stem]
        return list(dict.fromkeys(found))

    joints = list(_PARTING.finditer(read_as))
    bounds = [0, *(match.end() for match in joints), len(read_as)]
    chosen: list[tuple[Term, ...]] = []
    for opens, closes in pairwise([0, *(m.end() for m in _CLAUSE_ENDS.finditer(read_as)), len(read_as)]):
        inside = [match for match in joints if opens <= match.start() < closes]
        parts = [between(*b) for b in pairwise([opens, *(match.end() for match in inside), closes])]
        rows = _choices(parts, [_joint(read_as, match) for match in inside])
        shared = [term for term in between(opens, closes) if not any(term in row for row in rows)]
        if rows:
            chosen += [tuple(dict.fromkeys((*shared, *each))) for each in product(*rows)]
    parts = [between(*each) for each in pairwise(bounds)]
    return tuple(chosen) or tuple(tuple(part) for part in parts if part)


def _joint(text: str, match: re.Match[str]) -> str:
    """ "," or "eller" for what may part a row of choices, else nothing."""
    return (
        "eller"
        if _EITHER.match(text, match.start())
        else match.group().strip()
        if match.group() == ","
        else ""
    )


def _choices(parts: Sequence[Sequence[Term]], joints: Sequence[str]) -> list[list[Term]]:
    """The rows of terms beside each "eller", with those before it: "pris, hyra eller bidrag"; two rows where more than
    a word stands between: "lokaler eller mark som vi hyr eller arrenderar"."""
    rows: list[list[Term]] = []
    for at, joint in enumerate(joints):
        before, after = parts[at], parts[at + 1]
        if joint == "eller" and before and after:
            first = at
            while first > 0 and joints[first - 1] == "," and len(parts[first]) == 1 and parts[first - 1]:
                first -= 1
            row = [*(part[-1] for part in parts[first : at + 1]), after[0]]
            if rows and rows[-1][-1] in row:
                rows[-1] = list(dict.fromkeys([*rows[-1], *row]))
            elif len(rows) < MOST_ROWS:
                rows.append(row)
    return rows


MOST_ROWS = 3
"""Rows of choices that are put together; more is no question that anybody asks."""
_TITLED = re.compile(r"\w{4,}(?:avtalet|avtalets|överenskommelsen|kontraktet)")
_TITLED_OR_BARE = re.compile(rf"{_TITLED.pattern}|\w{{4,}}(?:avtal|kontrakt)")
""" "Granbodas möbelavtal" speaks of one agreement as well."""


def _slips_into(word: str, frame: frozenset[str]) -> bool:
    """True for a frame's verb with one slip of the finger: omfatar."""
    return len(word) >= 6 and any(
        OSA.distance(word, verb, score_cutoff=1) <= 1 for verb in frame if len(verb) >= 6
    )


def subject_terms(
    text: str, subject: list[Word], listing: bool, words: LexicalIndex, vocabulary: Vocabulary
) -> tuple[tuple[Term, ...], list[Word], tuple[str, ...], str, bool]:
    """Subject words as terms, the words to ask for, notes for the reader, the text as read, and if a slip was put right."""
    frame = LIST_VERBS if listing else WEAK
    nouns = re.compile(rf"(?i){AGREEMENT_NOUN}")
    marked = fold(text) != text  # who types å, ä and ö elsewhere means "maten", not "mäten"
    joined = [w for w in subject if w.joined]
    terms: dict[str, Term] = {}
    asked: list[Word] = []
    notes: list[str] = []
    read_as, shift, slipped = text, 0, False
    for word in subject:
        inside_joined = not word.joined and any(j.start <= word.start and word.end <= j.end for j in joined)
        plain = word.word
        if inside_joined or (
            not word.joined
            and (plain in STOPWORDS or plain in frame or (len(plain) < 2 and not plain.isdigit()))
        ):
            continue
        if not word.joined and nouns.fullmatch(plain) and (listing or plain in WEAK):
            continue
        titled = _TITLED if listing else _TITLED_OR_BARE
        unknown = not word.joined and titled.fullmatch(plain) and not words.holds(word.stem)
        if unknown and not vocabulary.unmarked(plain) and not vocabulary.corrected(plain):
            continue  # "laboratorieavtalet" names an agreement: `Titles.named_by` finds it by its title
        if not word.joined:
            replaced = None if marked and vocabulary.spells(plain) else vocabulary.unmarked(plain)
            if not replaced and not vocabulary.spells(plain) and _slips_into(plain, frame | TAILS):
                continue
            # What the thesaurus knows is a word, though no text holds it: åldring is no slip for ändring.
            slip = None if replaced or sayings_of([word.stem]) is not NOTHING else vocabulary.corrected(plain)
            if replaced or slip:
                better = replaced or slip or plain
                notes.append(f"{plain} lästes som {better}")
                read_as = read_as[: word.start + shift] + better + read_as[word.end + shift :]
                shift += len(better) - (word.end - word.start)
                slipped = slipped or slip is not None
                word = next(iter(words_of(better)))
                if better in STOPWORDS or better in frame or nouns.fullmatch(better):
                    continue
        asked.append(word)
        written = text[word.start : word.end].casefold() if word.joined else word.word
        terms.setdefault(word.stem, one_term(word, written, words))
    return tuple(terms.values()), asked, tuple(notes), read_as, slipped


_LEFT_OUT = SMALL | frozenset("vem vad var hur när vilka vilken vilket".split())


def sayings_in(asked: Sequence[Word]) -> dict[str, Sayings]:
    """Other ways to say each word of the question, by stem; a phrase's count for every word in it, and before its own."""
    single = [word for word in asked if not word.joined]
    found: dict[str, Sayings] = {}
    for left_out in (STOPWORDS, _LEFT_OUT):  # "utan sällskap" is told by its "utan" as well
        words = [word for word in single if word.word not in left_out]
        for size in range(min(longest_phrase(), len(words)), 1, -1):
            for at in range(len(words) - size + 1):
                stems = [word.stem for word in words[at : at + size]]
                told = sayings_of(stems)
                if told is not NOTHING and not any(stem in found for stem in stems):
                    found.update(dict.fromkeys(stems, told))
    for word in asked:
        told = sayings_of([word.stem])
        if told is not NOTHING:
            found.setdefault(word.stem, told)
    return found


def is_said(sayings: Sayings, words: LexicalIndex) -> bool:
    """True where the index holds every word of another way to say it."""
    phrases = (*sayings.same, *sayings.narrower)
    return any(all(words.holds(each[0]) for each in phrase.words) for phrase in phrases)


_TAIL_STEMS = frozenset(stem(word) for word in TAILS)


def one_term(word: Word, written: str, words: LexicalIndex) -> Term:
    parts = word.parts[:-1] if len(word.parts) > 1 and word.parts[-1] in _TAIL_STEMS else ()
    if len(parts) == 1:
        word = replace(word, stem=parts[0], parts=())
    elif parts and (tail := next((each for each in TAILS if word.word.endswith(each)), None)):
        # "tvistlösningsklausul" asks for tvistlösning, which another compound may hold.
        word = next(iter(words_of(word.word.removesuffix(tail).removesuffix("s"))), word)
    atoms = word.parts or (word.stem,)
    whole = words.rarity(word.stem) * (LIGHT_WEIGHT if written in LIGHT else 1.0)
    known = words.holds(word.stem) or all(words.holds(atom) for atom in atoms)
    return Term(written, word.stem, atoms, whole, known)
