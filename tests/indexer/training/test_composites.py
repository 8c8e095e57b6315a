"""Passages of several clauses: each question points to its own clause, nothing is cut, a batch can be drawn again."""

from __future__ import annotations

from dataclasses import replace

from tokenizers import Tokenizer

from indexer.encoder import WEIGHTS_FOLDER
from indexer.training.composites import MOST_CLAUSES, CompositeBatches
from indexer.training.everyday import Everyday
from indexer.training.recipe import read_recipe

ROWS = [Everyday(f"Klausul nummer {n} om hyran.", (f"Vad sägs i {n}?",), n % 6 == 0) for n in range(30)]
TOLD = replace(read_recipe().training, composite_rows=12)


TOKENIZER = Tokenizer.from_file(str(WEIGHTS_FOLDER / "avtal-sv" / "tokenizer.json"))
SPECIAL = set(TOKENIZER.encode("").ids)


def _letters(ids: list[int]) -> str:
    """The pieces as one word in small letters, without marks of where a word begins or goes on."""
    text = "".join(str(TOKENIZER.id_to_token(piece)) for piece in ids if piece not in SPECIAL)
    return text.replace("##", "").replace("▁", "").lower()


def test_each_question_points_to_its_own_clause_inside_a_passage() -> None:
    batch = CompositeBatches(ROWS, TOKENIZER, TOLD, seed=1).batch(0)
    assert len(batch.questions) == len(batch.parts) == TOLD.composite_rows
    for question, (document, start, end) in zip(batch.questions, batch.parts, strict=True):
        number = _letters(question).removeprefix("vadsägsi").removesuffix("?")
        assert number.isdigit()
        assert _letters(batch.documents[document][start:end]) == f"klausulnummer{number}omhyran."
    inside = [document for document, _, _ in batch.parts]
    assert sorted(set(inside)) == list(range(len(batch.documents)))
    assert max(inside.count(document) for document in inside) in range(2, MOST_CLAUSES + 1)


def test_a_batch_can_be_drawn_again_and_holds_no_held_out_clause() -> None:
    batches = CompositeBatches(ROWS, TOKENIZER, TOLD, seed=1)
    assert batches.batch(3) == CompositeBatches(ROWS, TOKENIZER, TOLD, seed=1).batch(3) != batches.batch(4)
    asked = {_letters(q) for n in range(20) for q in batches.batch(n).questions}
    assert asked.isdisjoint({f"vadsägsi{n}?" for n in range(0, 30, 6)})
    assert len(asked) == 25


def test_no_passage_is_longer_than_the_recipe_allows_by_more_than_a_clause() -> None:
    long = [Everyday("ord " * 100, ("fråga",), False) for _ in range(12)]
    batch = CompositeBatches(long, TOKENIZER, TOLD, seed=1).batch(0)
    assert len(batch.documents) > 4
    assert all(len(ids) <= TOLD.long_tokens + TOLD.question_tokens for ids in batch.documents)
