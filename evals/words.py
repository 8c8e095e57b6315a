"""What each part of the word layer gives on public question sets: `python -m evals.words swequad=FILE swefaq=FILE`."""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import snowballstemmer

from evals.bench import HEADLINE
from evals.intervals import bootstrap_interval
from evals.pool import open_pool
from evals.public_sets import SetKind, load_set
from evals.public_types import PublicSet
from evals.ranking import ranking_scores
from indexer.counted import PART_WEIGHT, ReadWords
from indexer.encoder import open_encoder
from indexer.lexical import USUAL, LexicalIndex, Weighing
from indexer.swedish.abbreviations import common_abbreviations
from indexer.swedish.families import kin_of
from indexer.swedish.vocabulary import Vocabulary, fold
from indexer.swedish.words import Word, words_of

Ask = Callable[[str, Vocabulary], list[Word]]
"""A question's words as the word index is asked for them, by what the index's vocabulary knows."""

STEMS_ALONE = Weighing(stems=1.0, pairs=0.0, parts=0.0)


def _own(text: str, _: Vocabulary) -> list[Word]:
    return words_of(text)


@dataclass(frozen=True, slots=True)
class Variant:
    """A word layer with something off or added. `read` is how the passages' words are read, and the question's."""

    name: str
    read: ReadWords = words_of
    weighing: Weighing = USUAL
    ask: Ask | None = None


def _forms(text: str) -> list[Word]:
    return [replace(word, stem=word.word, parts=()) for word in words_of(text) if not word.joined]


def _snowball(text: str) -> list[Word]:
    stem = snowballstemmer.stemmer("swedish").stemWord
    return [replace(word, stem=stem(word.word)) for word in _forms(text)]


def _stems(text: str) -> list[Word]:
    return [replace(word, parts=()) for word in words_of(text) if not word.joined]


def _unjoined(text: str) -> list[Word]:
    return [word for word in words_of(text) if not word.joined]


def _with_kin(text: str, _: Vocabulary) -> list[Word]:
    return [replace(word, parts=(*word.parts, *sorted(kin_of(word.stem)))) for word in words_of(text)]


def _spelled_out(text: str, _: Vocabulary) -> list[Word]:
    known = common_abbreviations()
    return [replace(word, parts=(*word.parts, *known.get(word.word, ()))) for word in words_of(text)]


def _folded(text: str, _: Vocabulary) -> list[Word]:
    return words_of(fold(text))


def _restored(text: str, vocabulary: Vocabulary) -> list[Word]:
    read, _ = vocabulary.restored(fold(text))
    return [
        word
        for found in words_of(read)
        for word in ([found] if found.joined else words_of(vocabulary.unmarked(found.word) or found.word))
    ]


VARIANTS = (
    Variant("ordens former, som de är skrivna", _forms, STEMS_ALONE),
    Variant("Snowballs stammar", _snowball, STEMS_ALONE),
    Variant("egna stammar", _stems, STEMS_ALONE),
    Variant("+ sammansättningars led", _unjoined, replace(STEMS_ALONE, parts=PART_WEIGHT)),
    Variant("+ partikelverb som ett ord", words_of, replace(STEMS_ALONE, parts=PART_WEIGHT)),
    Variant("+ 5-gram inuti ord", words_of, replace(USUAL, pairs=0.0)),
    Variant("+ grannord = allt"),
    Variant("allt utan funktionsord", weighing=replace(USUAL, function=0.0)),
    Variant("allt, funktionsord som andra", weighing=replace(USUAL, function=1.0)),
    Variant("allt utom stammar (5-gram och grannord)", weighing=replace(USUAL, stems=0.0)),
    Variant("allt utom 5-gram", weighing=replace(USUAL, stems=1.0)),
    Variant("allt utom led", _stems),
    Variant("allt, Snowballs stammar", _snowball),
    Variant("allt + ordfamiljer i frågan", ask=_with_kin),
    Variant("allt + förkortningar utskrivna i frågan", ask=_spelled_out),
    Variant("fråga utan å, ä och ö, som den står", ask=_folded),
    Variant("fråga utan å, ä och ö, återställd", ask=_restored),
)


def figures(asked: PublicSet, variants: Sequence[Variant] = VARIANTS) -> dict[str, list[float]]:
    """Variant's name -> nDCG@10 of each question, in the set's order; a document ranks by its best passage."""
    engine = open_pool(asked.documents, open_encoder(), with_vectors=False)
    passages = engine.index.passages
    indexes: dict[ReadWords, LexicalIndex] = {words_of: engine.index.words}
    found: dict[str, list[float]] = {}
    for variant in variants:
        if variant.read not in indexes:
            indexes[variant.read] = LexicalIndex.build(passages, variant.read)
        words = indexes[variant.read]
        rows = []
        for number, question in asked.questions.items():
            ask = variant.ask(question, engine.vocabulary) if variant.ask else variant.read(question)
            best: dict[str, float] = defaultdict(float)
            for passage, score in zip(passages, words.scores(ask, variant.weighing).tolist(), strict=True):
                best[passage.agreement_id] = max(score, best[passage.agreement_id])
            ranked = sorted(best, key=lambda name: -best[name])[:100]
            rows.append(ranking_scores(ranked, asked.qrels[number])[HEADLINE])
        found[variant.name] = rows
    return found


def table(sets: Sequence[PublicSet]) -> list[str]:
    """The lines of a Markdown table: the mean of each variant, and its difference from all of it with a 95 % interval."""
    measured = {asked.name: figures(asked) for asked in sets}
    lines = [
        "| ordlager | " + " | ".join(f"{name} | mot allt" for name in measured) + " |",
        "|---|" + "---|---|" * len(measured),
    ]
    for variant in VARIANTS:
        cells = []
        for rows in measured.values():
            own, whole = rows[variant.name], rows[next(v.name for v in VARIANTS if v == Variant(v.name))]
            change = bootstrap_interval([a - b for a, b in zip(own, whole, strict=True)])
            cells += [
                f"{sum(own) / len(own):.3f}",
                f"{change.mean:+.3f} ({change.low:+.3f} – {change.high:+.3f})",
            ]
        lines.append(f"| {variant.name} | " + " | ".join(cells) + " |")
    return lines


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Vad varje del av ordlagret ger på öppna frågesamlingar.")
    parser.add_argument("sets", nargs="+", help="samling=fil, till exempel swequad=FIL")
    given = [each.partition("=") for each in parser.parse_args().sets]
    print("\n".join(table([load_set(SetKind(kind), Path(path)) for kind, _, path in given])))


if __name__ == "__main__":
    main()
