"""Stage `pairs`: clean the question → passage pairs and keep what a model can learn from."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.training.everyday import everyday
from indexer.training.questions import question_from
from indexer.training.recipe import Pairs, StageArguments, stage_arguments
from indexer.training.sources import RetrievalPair, entailments, retrieval_pairs, synonyms

PAIRS_FILE = "pairs.jsonl"
STATUTE_NUMBER = re.compile(r"\s*\(\d{4}:\s?\d+\)")
SOFT_HYPHEN = "\u00ad"
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])")
OPENING_WORDS = 12


@dataclass(frozen=True, slots=True)
class TrainingPair:
    """A question and its passage. `heading` and `document` keep equals out of each other's negatives."""

    question: str
    passage: str
    kind: str
    heading: str
    document: str


def cleaned(pairs: Iterable[RetrievalPair], recipe: Pairs, seed: int) -> list[TrainingPair]:
    """The pairs worth learning from, in random order.

    Dropped: too few words, a passage that opens as another of its kind (older and newer versions of a text).
    A heading says little without its document, so the title goes either with the question or, as in the
    product's passage header, with the passage.
    """
    draw = random.Random(seed)
    openings: set[tuple[str, str]] = set()
    found = []
    for pair in pairs:
        words = pair.passage.replace(SOFT_HYPHEN, "").split()
        question = " ".join(pair.question.replace(SOFT_HYPHEN, "").split())
        title = STATUTE_NUMBER.sub("", pair.title)
        opening = pair.kind, " ".join(words[:OPENING_WORDS]).casefold()
        if len(words) < recipe.fewest_passage_words or opening in openings:
            continue
        if len(f"{question} {title}".split()) < recipe.fewest_question_words:
            continue
        openings.add(opening)
        passage = " ".join(words[: recipe.longest_passage_words])
        heading = question.casefold()
        if title and draw.random() < recipe.header_share:
            passage = f"{title}\n{passage}"
        elif title:
            question = f"{question}, {title}"
        found.append(TrainingPair(question, passage, pair.kind, heading, pair.document))
    draw.shuffle(found)
    return found


def cloze(pairs: Iterable[TrainingPair], recipe: Pairs, seed: int) -> list[TrainingPair]:
    """Inverse cloze (Lee, Chang & Toutanova 2019): a sentence taken out of its passage must find the rest."""
    draw = random.Random(f"{seed} cloze")
    shortest, longest = recipe.cloze_words
    found = []
    for pair in pairs:
        sentences = SENTENCE_END.split(pair.passage)
        fit = [n for n, text in enumerate(sentences) if shortest <= len(text.split()) <= longest]
        if pair.kind in recipe.cloze_kinds and len(sentences) >= recipe.cloze_fewest_sentences and fit:
            taken = draw.choice(fit)
            rest = " ".join(sentences[:taken] + sentences[taken + 1 :])
            found.append(TrainingPair(sentences[taken], rest, "cloze", sentences[taken], pair.document))
    return found


def asked(
    pairs: Iterable[TrainingPair], others: Mapping[str, Sequence[str]], recipe: Pairs, seed: int
) -> list[TrainingPair]:
    """Made questions (`questions.py`): up to two sentences of a passage, each asked for in a way of its own."""
    draw = random.Random(f"{seed} asked")
    shortest, longest = recipe.asked_words
    found = []
    for pair in pairs:
        if pair.kind not in recipe.cloze_kinds:
            continue
        sentences = SENTENCE_END.split(pair.passage)
        fit = [text for text in sentences if shortest <= len(text.split()) <= longest]
        for sentence in draw.sample(fit, min(2, len(fit))):
            question = question_from(sentence, others, draw)
            if question:
                found.append(TrainingPair(question, pair.passage, "asked", question, pair.document))
    return found


def alike(data: Path) -> list[TrainingPair]:
    """Synonyms, and sentences with one that follows from them: the same meaning in other words."""
    words = [
        TrainingPair(word, other, "synonym", word, f"synonym {word}")
        for word, others in synonyms(data).items()
        for other in others
    ]
    follows = [
        TrainingPair(hypothesis, premise, "entailment", hypothesis, f"entailment {number}")
        for number, (premise, hypothesis) in enumerate(entailments(data))
    ]
    return words + follows


def spoken() -> list[TrainingPair]:
    """Everyday questions with the clauses that answer them, without those held out to measure by."""
    return [
        TrainingPair(question, row.clause, "everyday", question.casefold(), f"everyday {number}")
        for number, row in enumerate(everyday())
        if not row.held_out
        for question in row.questions
    ]


def write_pairs(pairs: Iterable[TrainingPair], out: Path) -> None:
    """Write the pairs to `out/pairs.jsonl`."""
    with (out / PAIRS_FILE).open("w", encoding="utf-8") as file:
        for pair in pairs:
            row = {name: getattr(pair, name) for name in TrainingPair.__slots__}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def read_pairs(out: Path) -> list[TrainingPair]:
    """The pairs that `write_pairs` wrote, in its order."""
    with (out / PAIRS_FILE).open(encoding="utf-8") as file:
        return [TrainingPair(**json.loads(line)) for line in file]


def run(told: StageArguments) -> None:
    """Write `out/pairs.jsonl`."""
    recipe, seed = told.recipe.pairs, told.recipe.seed
    kept = cleaned(retrieval_pairs(told.data), recipe, seed)
    kept += cloze(kept, recipe, seed) + asked(kept, synonyms(told.data), recipe, seed)
    kept += alike(told.data) + spoken()
    write_pairs(kept, told.out)
    print(len(kept), "pairs")


if __name__ == "__main__":
    run(stage_arguments("Clean the question → passage pairs."))
