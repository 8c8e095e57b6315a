"""What is chosen to learn from: sentences in runs, clean pairs, batches that a resumed run repeats."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from indexer.training.batches import ContrastiveBatches, DistilBatches
from indexer.training.examples import Example, joined
from indexer.training.pairs import TrainingPair, cleaned, cloze
from indexer.training.questions import question_from
from indexer.training.recipe import read_recipe
from indexer.training.rivals import NONE, nearest_rivals
from indexer.training.sources import RetrievalPair, SentencePair, capped
from indexer.training.vocabulary import learn_tokenizer

RECIPE = read_recipe()
TEXT = "parterna ska samverka om forskning och utbildning under avtalets giltighetstid i hela landet"


def sentences(count: int, origin: str = "set") -> list[SentencePair]:
    return [SentencePair(f"english {n}", f"svenska {n}", origin) for n in range(count)]


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    small = replace(RECIPE.vocabulary, pieces=200, min_frequency=1)
    return learn_tokenizer(iter([TEXT, "åäö frågan svaret 1 2 3"] * 3), small)


@given(st.integers(1, 60), st.integers(0, 5))
def test_examples_tile_the_sentences_in_order(count: int, seed: int) -> None:
    made = list(joined(sentences(count), RECIPE.examples, random.Random(seed)))
    assert " ".join(example.swedish for example in made) == " ".join(f"svenska {n}" for n in range(count))


def test_sentences_without_a_context_stay_alone() -> None:
    made = list(joined(sentences(20, "tatoeba_manythings"), RECIPE.examples, random.Random(0)))
    assert len(made) == 20


def test_a_cap_keeps_whole_blocks_of_neighbours() -> None:
    kept = capped(sentences(100), {"default": 30}, block=10, seed=1)
    numbers = [int(pair.swedish.split()[1]) for pair in kept]
    assert len(numbers) == 30
    assert numbers == sorted(numbers)
    assert all(len([n for n in numbers if n // 10 == block]) in (0, 10) for block in range(10))


def test_the_tokenizer_keeps_swedish_letters_and_drops_soft_hyphens(tokenizer: Tokenizer) -> None:
    assert tokenizer.encode("FRÅ\u00adGAN").tokens == tokenizer.encode("frågan").tokens
    assert "å" in "".join(tokenizer.encode("å").tokens)
    assert tokenizer.encode("frågan").tokens[0] == "[CLS]"
    assert tokenizer.encode("frågan").tokens[-1] == "[SEP]"


def test_newer_versions_of_a_passage_and_stubs_are_dropped() -> None:
    pairs = [
        RetrievalPair("Syfte", TEXT, "Lag (2010:1) om samverkan", "sfs_heading", "a"),
        RetrievalPair("Syfte", TEXT + " med ändringar", "Lag (2010:1) om samverkan", "sfs_heading", "a"),
        RetrievalPair("Syfte", "för kort", "Lag", "sfs_heading", "a"),
    ]
    (pair,) = cleaned(pairs, RECIPE.pairs, seed=1)
    assert "(2010:1)" not in pair.question + pair.passage
    assert "Lag om samverkan" in pair.question + pair.passage
    assert pair.heading == "syfte"


def test_a_passage_may_have_both_a_title_and_a_question() -> None:
    # Dropping equal openings across kinds once left 1,222 of 14,793 parliamentary questions.
    pairs = [
        RetrievalPair("En rubrik om samverkan", TEXT, "", "interp_title", "a"),
        RetrievalPair("Vad ska parterna göra?", TEXT, "", "interp_question", "a"),
    ]
    kinds = {pair.kind for pair in cleaned(pairs, RECIPE.pairs, seed=1)}
    assert kinds == {"interp_title", "interp_question"}


def test_a_cloze_sentence_is_no_longer_in_its_passage() -> None:
    text = " ".join(f"Detta är mening nummer {n} av flera." for n in "abcde")
    (pair,) = cleaned([RetrievalPair("En rubrik", text, "", "g0vse_title", "a")], RECIPE.pairs, seed=1)
    (made,) = cloze([pair], RECIPE.pairs, seed=1)
    assert made.question in text
    assert made.question not in made.passage
    assert len(made.question) + len(made.passage) + 1 == len(text)


def test_a_batch_depends_on_its_number_alone(tokenizer: Tokenizer) -> None:
    told = replace(RECIPE.training, batch_tokens=40, teacher_negatives=5)
    examples = [Example(f"new {n}", TEXT[: 5 + n], "gnome_help") for n in range(30)]
    one, other = (DistilBatches(examples, tokenizer, told, seed=3) for _ in range(2))
    for number in range(40):
        one.batch(number)
    assert one.batch(7) == other.batch(7)
    batch = one.batch(7)
    assert max(map(len, batch.ids)) * len(batch.ids) <= 80
    assert len(set(batch.others)) == 5


def test_equal_headings_are_no_negatives_of_each_other(tokenizer: Tokenizer) -> None:
    pairs = [
        RetrievalPair("Inledande bestämmelser", f"{n} {TEXT}", f"Lag {n}", "sfs_heading", f"lag {n}")
        for n in range(9)
    ]
    kept = cleaned(pairs, RECIPE.pairs, 1)
    made = ContrastiveBatches(kept, nearest_rivals(kept, RECIPE.rivals), tokenizer, RECIPE.training, seed=1)
    assert len(made.batch(0).questions) == 1


def test_an_unknown_kind_of_pair_is_refused_by_name(tokenizer: Tokenizer) -> None:
    pairs = cleaned([RetrievalPair("En fråga", TEXT, "", "okänd", "a")], RECIPE.pairs, 1)
    with pytest.raises(ValueError, match="okänd"):
        ContrastiveBatches(pairs, nearest_rivals(pairs, RECIPE.rivals), tokenizer, RECIPE.training, seed=1)


def test_a_rival_shares_the_questions_words_and_neither_document_nor_heading() -> None:
    def pair(question: str, passage: str, document: str) -> TrainingPair:
        return TrainingPair(question, passage, "sfs_heading", question.casefold(), document)

    pairs = [
        pair("Tillstånd för skyltar", "Den som sätter upp skyltar ska ha tillstånd.", "lag a"),
        pair("Avgift för skyltar", "För skyltar tas en avgift ut.", "lag a"),
        pair("Skyltar vid vägar", "Väghållaren prövar skyltar och tillstånd vid vägar.", "lag b"),
        pair("Hundar", "Hundar ska hållas kopplade i parker.", "lag c"),
    ]
    told = replace(RECIPE.rivals, fewest_pairs=1, commonest=1.0, nearest=2)
    assert nearest_rivals(pairs, told).tolist() == [[2, NONE], [2, NONE], [1, 0], [NONE, NONE]]


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("Ett visum är ett tillstånd att resa in i landet.", "Vad är ett visum?"),
        ("Ansökan ska vara inne senast den 3 mars 2021 hos nämnden.", "När Ansökan ska vara inne senast hos nämnden?"),
        ("Stödet uppgår till 400 kronor per elev.", "Hur mycket Stödet uppgår till per elev?"),
        ("Kort och gott.", None),
    ],
)  # fmt: skip
def test_a_fact_is_taken_out_and_asked_for(sentence: str, question: str | None) -> None:
    class First(random.Random):
        def choice(self, seq: Any) -> Any:
            return seq[0]

    assert question_from(sentence, {}, First(1)) == question
