"""Missing å, ä and ö are put back, slips corrected, and words the index has are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.swedish.stems import stem
from indexer.swedish.vocabulary import Vocabulary, fold

WORDS = {"försörjning": 3, "avtal": 5, "rätt": 2, "kompetens": 4, "lån": 1, "hållbar": 2, "länge": 1}


def world(words: dict[str, int] | None = None) -> Vocabulary:
    counts = WORDS if words is None else words
    return Vocabulary(counts, {stem(word) for word in counts})


def test_folding_takes_the_marks_and_keeps_the_rest() -> None:
    assert fold("Årsmöte på Café, Müller") == "Arsmote pa Cafe, Muller"


def test_a_word_is_held_in_any_form() -> None:
    assert world().holds("avtalets") and world().holds("försörjningen")
    assert not world().holds("hamn") and not world().holds("ratt")


@pytest.mark.parametrize(
    ("typed", "meant"), [("forsorjning", "försörjning"), ("hallbara", "hållbar"), ("ratt", "rätt")]
)
def test_a_word_typed_without_its_marks_is_the_one_of_the_index(typed: str, meant: str) -> None:
    assert world().unmarked(typed) == meant


def test_a_word_that_the_index_has_is_no_other_word_without_marks() -> None:
    """Folding everywhere once made "ratt" mean "rätt" although the index had both."""
    assert world({"ratt": 1, "rätt": 9}).unmarked("ratt") is None
    assert world().unmarked("avtal") is None
    assert world().unmarked("hamn") is None


def test_a_part_of_a_compound_is_reached_without_marks() -> None:
    vocabulary = Vocabulary({"uppgiftslämnare": 1}, [stem("uppgiftslämnare"), "lämn"])
    assert vocabulary.unmarked("lamna") == "lämn"


marked_words = st.text("abdegiklmnorstuåäöé", min_size=1, max_size=10).filter(lambda word: fold(word) != word)


@settings(max_examples=120)
@given(marked_words, st.lists(st.text("abdegiklmnorstuåäöé", min_size=1, max_size=10), max_size=6))
def test_the_fold_tier_never_fires_for_a_word_with_marks(word: str, others: list[str]) -> None:
    vocabulary = world(dict.fromkeys([*others, fold(word)], 1))
    assert vocabulary.unmarked(word) is None
    assert vocabulary.restored(f"vad galler {word}") == (f"vad galler {word}", ())


@settings(max_examples=60)
@given(st.sampled_from(sorted(WORDS)))
def test_a_word_of_the_index_is_neither_folded_nor_corrected(word: str) -> None:
    assert world().unmarked(word) is None
    assert world().corrected(word) is None


def test_a_text_without_marks_gets_them_back_with_notes_for_words_of_the_index() -> None:
    assert world().restored("Vad galler for forsorjning?") == (
        "Vad gäller för försörjning?",
        ("forsorjning lästes som försörjning",),
    )


def test_a_text_with_any_mark_is_left_as_typed() -> None:
    assert world().restored("får vi forsorjning") == ("får vi forsorjning", ())


def test_a_text_where_nothing_lacks_marks_is_left_as_typed() -> None:
    assert world().restored("Avtal 2021 om hamn") == ("Avtal 2021 om hamn", ())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kompotens", "kompetens"),
        ("kmpetens", "kompetens"),
        ("komeptens", "kompetens"),
        ("kommpetens", "kompetens"),
        ("kmpetans", None),
        ("försörjnig", "försörjning"),
        ("förörjnig", "försörjning"),
        ("avtla", "avtal"),
        ("avtl", None),
        ("bvtal", None),
        ("kompetens2", None),
    ],
)
def test_one_slip_is_corrected_two_from_nine_letters_and_never_the_first_letter(
    typed: str, meant: str | None
) -> None:
    assert world().corrected(typed) == meant


def test_a_word_of_the_language_is_not_corrected_to_one_of_the_index() -> None:
    assert world({"avtal": 1, "handel": 1}).corrected("handen") is None


def test_the_nearest_word_wins_then_the_commoner_then_the_first() -> None:
    assert world({"kompetenta": 9, "kompetenty": 1}).corrected("kompetenxy") == "kompetenty"
    assert world({"blomvaz": 1, "blomvax": 2}).corrected("blomvaq") == "blomvax"
    assert world({"blomvaz": 1, "blomvax": 1}).corrected("blomvaq") == "blomvax"


@settings(max_examples=80)
@given(st.text("abdeiklmnorståäö", max_size=12))
def test_what_is_corrected_becomes_a_word_of_the_index_with_the_same_first_letter(typed: str) -> None:
    found = world().corrected(typed)
    if found is not None:
        assert found in WORDS and fold(found)[0] == fold(typed)[0]
