"""The word index in worlds of two passages, with BM25 worked by hand (k1 .9, b .9)."""

from __future__ import annotations

from math import log
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from corpus.types import SectionRole
from indexer.counted import grams_of, pairs_of
from indexer.lexical import FILES, MATRICES, LexicalIndex, Weighing
from indexer.swedish.stems import stem
from indexer.swedish.words import words_of
from indexer.types import Passage


def passage(text: str, header: str = "") -> Passage:
    return Passage("a#0", "a", 0, 0, len(text), SectionRole.CONTENT, header, text)


def world(*texts: str) -> LexicalIndex:
    return LexicalIndex.build([passage(text) for text in texts])


def scores(index: LexicalIndex, question: str) -> list[float]:
    found = index.scores(words_of(question))
    assert found.dtype == np.float32 and found.shape == (index.rows,)
    return [float(score) for score in found]


def test_grams_are_five_letters_inside_the_marked_word() -> None:
    assert grams_of("hyra") == ["<hyra", "hyra>"]
    assert grams_of("avtal") == ["<avta", "avtal", "vtal>"]
    assert grams_of("få") == ["<få>"]


def test_scores_are_bm25_of_stems_and_grams_each_over_its_best_row() -> None:
    """ "hyra" in passages of one and of two words.

    Stems: lengths 1 and 2, mean 1.5; 1 / (1 + .09 + .81 * 1 / 1.5) against 1 / (1 + .09 + .81 * 2 / 1.5): 1.63 / 2.17.
    5-grams: lengths 2 and 5, mean 3.5; 1 / (1 + .09 + .81 * 2 / 3.5) against 1 / (1 + .09 + .81 * 5 / 3.5).
    """
    grams = (1.09 + 0.81 * 2 / 3.5) / (1.09 + 0.81 * 5 / 3.5)
    expected = 0.4 * 1.63 / 2.17 + 0.6 * grams
    assert scores(world("hyra", "hyra lokal"), "hyra") == pytest.approx([1.0, expected])


def test_a_word_of_the_header_counts_half() -> None:
    """ "hyra" as text (header "lokal") and as header (text "lokal").

    Stems: both 1.5 long, the mean; 1 / (1 + .9) against .5 / (.5 + .9), so .95 / 1.4. 5-grams: 3.5 and 4 long, mean
    3.75; 1 / (1 + .846) against .5 / (.5 + .954).
    """
    index = LexicalIndex.build([passage("hyra", "lokal"), passage("lokal", "hyra")])
    expected = 0.4 * (0.95 / 1.4) + 0.6 * (0.5 * 1.846 / 1.454)
    assert scores(index, "hyra") == pytest.approx([1.0, expected])


def test_a_form_that_shares_no_gram_is_found_by_its_stem_alone() -> None:
    assert scores(world("hyrorna betalas", "lokalen lånas"), "hyra") == pytest.approx([0.4, 0.0])


def test_a_misspelt_word_is_found_by_its_grams_alone() -> None:
    """ "xlokal" shares "lokal" and "okal>" with "lokal", and no stem."""
    assert scores(world("lokal", "hyra"), "xlokal") == pytest.approx([0.6, 0.0])


def test_a_compound_is_found_by_its_part_below_the_part_itself() -> None:
    alone, inside, none = scores(world("försörjning", "kompetensförsörjning", "hamn"), "försörjning")
    assert alone > inside > none == 0.0


def test_a_questions_compound_finds_its_parts_below_the_compound_itself() -> None:
    whole, part, none = scores(world("avtalstid", "avtal", "hamn"), "avtalstid")
    assert whole > part > none == 0.0


def test_a_particle_verb_finds_its_noun() -> None:
    """ "sägas upp" once found no passage on uppsägning."""
    first, second = scores(world("uppsägning", "säger rektorn"), "kan det sägas upp")
    assert first > second


def test_neighbours_are_words_with_a_subject_side_by_side_in_order() -> None:
    words = words_of("avgiften betalas av kommunen, kan den sägas upp")
    pairs = [(first.word, second.word) for first, second in pairs_of(words)]
    assert pairs == [("avgiften", "betalas"), ("betalas", "kommunen"), ("kommunen", "sägas")]


def test_words_side_by_side_in_the_question_are_worth_more_side_by_side_in_the_text() -> None:
    """Both passages hold the same words; only the second has "årlig avgift", and so it alone is 1.

    Stems and 5-grams are level: 1 each. The pair weighs ln(1 + 1.5 / 1.5) times the one factor of a passage of mean
    length, a stem ln(1 + .5 / 2.5) times the same: two stems make the best row.
    """
    index = world("avgift för hyra och årlig hamn", "årlig avgift för hyra och hamn")
    gain = 0.15 * log(2) / (2 * log(1.2))
    assert scores(index, "årlig avgift") == pytest.approx([1 / (1 + gain), 1.0])
    assert scores(index, "avgift årlig")[0] == scores(index, "avgift årlig")[1]
    words = words_of("vad är årlig avgift")
    assert index.neighbours(words, 1) == [("årlig", "avgift")]
    assert index.neighbours(words, 0) == []


def test_a_function_word_counts_half_beside_a_word_with_a_subject() -> None:
    """Both passages are one word of three letters, so that "hur" and "hyr" weigh the same but for that half."""
    index = world("hur", "hyr")
    assert scores(index, "hur hyr") == pytest.approx([0.5, 1.0])
    assert scores(index, "hur") == [1.0, 0.0]


def test_function_words_are_no_neighbours() -> None:
    index = world("avgift för hyra", "hyra för avgift")
    assert index.neighbours(words_of("avgift hyra"), 0) == [("avgift", "hyra")]
    assert index.neighbours(words_of("för avgift"), 1) == []


def test_each_kind_of_evidence_can_be_turned_off() -> None:
    index = world("hyrorna betalas", "xlokal", "kompetensförsörjning")

    def found(question: str, **weights: float) -> list[float]:
        return [float(score) for score in index.scores(words_of(question), Weighing(**weights))]

    assert found("hyra", stems=0.0) == [0.0, 0.0, 0.0]
    assert found("lokal", stems=1.0) == [0.0, 0.0, 0.0]
    assert found("försörjningsavtal", stems=1.0)[2] > 0
    assert found("försörjningsavtal", stems=1.0, parts=0.0) == [0.0, 0.0, 0.0]


def test_words_the_index_lacks_score_nothing() -> None:
    index = world("hyra", "lokal")
    assert scores(index, "qzxvw") == scores(index, "") == [0.0, 0.0]


def test_rows_with_an_atom_are_those_whose_text_holds_it_alone_or_inside_a_compound() -> None:
    index = LexicalIndex.build([passage("avtal"), passage("hamn", "avtal"), passage("avtalstid och hamn")])
    found = index.rows_with("avtal")
    assert found.dtype == np.int32
    assert found.tolist() == [0, 2]
    assert index.rows_with("hamn").tolist() == [1, 2]
    assert index.rows_with("saknas").tolist() == []
    assert index.holds("tid") and not index.holds("saknas")
    assert set(index.atoms()) == {"avtal", "avtalstid", "tid", "hamn", "och"}


def test_rarity_is_the_inverse_document_frequency_and_highest_for_an_unknown_atom() -> None:
    index = world("hyra hyra", "lokal", "hyra lokal hamn")
    assert index.rarity("hyr") == pytest.approx(log(1 + 1.5 / 2.5))
    assert index.rarity("hamn") == pytest.approx(log(1 + 2.5 / 1.5))
    assert index.rarity("saknas") == pytest.approx(log(1 + 3.5 / 0.5))


def test_words_counts_surface_forms_of_the_texts_alone() -> None:
    index = LexicalIndex.build([passage("Hyran sägs upp, hyran!", "rubrik"), passage("en hyra")])
    assert index.words == {"en": 1, "hyra": 1, "hyran": 2, "sägs": 1, "upp": 1}
    assert list(index.words) == sorted(index.words)


def test_columns_that_do_not_match_their_words_are_refused_with_both_numbers() -> None:
    matrix = sparse.csc_matrix((1, 2), dtype=np.float32)
    matrices = dict.fromkeys(MATRICES, matrix)
    columns = {name: ["hyr", "lok"] for name in ("stems", "grams", "parts")}
    with pytest.raises(ValueError, match="grams: 1 words but 2 columns"):
        LexicalIndex({**columns, "grams": ["hyr"]}, np.array([0, 1]), matrices, {})
    with pytest.raises(ValueError, match="pairs: 3 words but 2 columns"):
        LexicalIndex(columns, np.array([0, 1, 2]), matrices, {})


WORDS = [
    "hyra",
    "hyran",
    "lokal",
    "avtalstid",
    "kompetensförsörjning",
    "sägas",
    "upp",
    "e-tjänst",
    "å",
    "2021",
    "–",
]
lines = st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=5)), max_size=8).map(" ".join)


@settings(max_examples=60)
@given(st.lists(st.tuples(lines, lines), max_size=5), lines)
def test_saved_and_loaded_scores_are_equal_to_the_bit(rows: list[tuple[str, str]], question: str) -> None:
    built = LexicalIndex.build([passage(text, header) for text, header in rows])
    with TemporaryDirectory() as name:
        built.save(Path(name))
        assert sorted(path.name for path in Path(name).iterdir()) == sorted(FILES)
        loaded = LexicalIndex.load(Path(name))
    assert loaded.rows == built.rows == len(rows)
    words = words_of(question)
    assert loaded.scores(words).tobytes() == built.scores(words).tobytes()
    assert loaded.words == built.words and list(loaded.atoms()) == list(built.atoms())
    for atom in built.atoms():
        assert loaded.rows_with(atom).tolist() == built.rows_with(atom).tolist()


@settings(max_examples=60)
@given(st.lists(lines, min_size=1, max_size=5), lines)
def test_scores_lie_between_nought_and_one_and_rows_with_agree_with_the_texts(
    texts: list[str], question: str
) -> None:
    index = world(*texts)
    found = scores(index, question)
    assert all(0.0 <= score <= 1.0 + 1e-6 for score in found)
    for atom in {stem(word) for word in WORDS}:
        holding = [i for i, text in enumerate(texts) if any(atom in word.atoms for word in words_of(text))]
        assert index.rows_with(atom).tolist() == holding


@settings(max_examples=40)
@given(st.lists(st.sampled_from(WORDS[:5]), min_size=1, max_size=5, unique=True))
def test_a_passage_of_one_word_finds_itself_first(texts: list[str]) -> None:
    index = world(*texts)
    for i, text in enumerate(texts):
        found = scores(index, text)
        assert found[i] == pytest.approx(max(found))
