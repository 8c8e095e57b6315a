"""How far words speak of a term: each strength in a sentence of its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.swedish.words import words_of
from retriever.matching import APART, IN_COMPOUND, KIN, PART_CAP, WHOLE, match_term, match_terms
from retriever.question import Term


def term(word: str, weight: float = 1.0, also: tuple[str, ...] = ()) -> Term:
    read = words_of(word)[0]
    return Term(word, read.stem, read.parts or (read.stem,), weight, True, also)


def even(_: str) -> float:
    return 1.0


@pytest.mark.parametrize(
    ("word", "text", "strength", "marked"),
    [
        ("kompetensförsörjning", "Ortens kompetensförsörjning tryggas.", WHOLE, ["kompetensförsörjning"]),
        ("kompetensförsörjning", "Kompetensförsörjningen tryggas.", WHOLE, ["Kompetensförsörjningen"]),
        ("kompetens", "All kompetensutveckling bekostas.", IN_COMPOUND, ["kompetensutveckling"]),
        (
            "kompetensförsörjning",
            "En försörjning av den kompetens som behövs.",
            APART,
            ["försörjning", "kompetens"],
        ),
        ("uppsägning", "Avtalet kan avslutas.", KIN, ["avslutas"]),
        ("kompetensförsörjning", "Deras kompetens är stor.", PART_CAP / 2, ["kompetens"]),
        ("kompetensförsörjning", "En försörjning med vatten.", 0.0, []),
        ("kompetensförsörjning", "Bolaget röjer snö.", 0.0, []),
        ("häst", "Bolaget röjer snö.", 0.0, []),
    ],
)
def test_each_way_to_speak_of_a_term_has_its_strength(
    word: str, text: str, strength: float, marked: list[str]
) -> None:
    match = match_term(term(word), words_of(text), even)
    assert match.strength == pytest.approx(strength)
    assert [text[start:end] for start, end in match.spans] == marked


def test_parts_too_far_apart_are_only_a_part() -> None:
    text = "Kommunen svarar för kompetens medan bolaget under avtalets hela löptid bekostar försörjning."
    assert match_term(term("kompetensförsörjning"), words_of(text), even).strength == pytest.approx(
        PART_CAP / 2
    )


def test_a_rare_first_part_weighs_more() -> None:
    words = words_of("Deras kompetens är stor.")
    rarity = {"kompet": 3.0, "försörj": 1.0}
    assert match_term(term("kompetensförsörjning"), words, rarity.__getitem__).strength == pytest.approx(
        0.75 * PART_CAP
    )


def test_an_abbreviation_is_met_by_what_it_stands_for() -> None:
    spelled = tuple(word.stem for word in words_of("verksamhetsförlagd utbildning"))
    match = match_term(
        term("vfu", also=spelled), words_of("Kommunen tar emot verksamhetsförlagd utbildning."), even
    )
    assert match.strength == IN_COMPOUND
    assert match.why is not None
    assert "utskrivet" in match.why


def test_reasons_say_which_word_was_read_how() -> None:
    assert match_term(term("snö"), words_of("Snö röjs."), even).why is None
    inside = match_term(term("kompetens"), words_of("All kompetensutveckling bekostas."), even)
    assert inside.why == "'kompetens' i 'kompetensutveckling'"


def test_coverage_is_the_mean_by_weight() -> None:
    words = words_of("Bolaget röjer snö.")
    match = match_terms((term("snö", weight=3.0), term("häst", weight=1.0)), words, even)
    assert match.coverage == pytest.approx(0.75)
    assert match.strengths == (1.0, 0.0)
    assert match_terms((), words, even).coverage == 0.0


TEXTS = st.lists(
    st.sampled_from(
        "kompetens försörjning av den kompetensförsörjning utveckling snö upp säga avtalet om vite".split()
    ),
    max_size=12,
).map(" ".join)


@given(TEXTS, st.sampled_from(["kompetensförsörjning", "kompetens", "snö", "uppsägning", "vite"]))
def test_strengths_are_in_range_and_spans_are_words(text: str, word: str) -> None:
    words = words_of(text)
    match = match_term(term(word), words, even)
    assert 0.0 <= match.strength <= 1.0
    assert (match.strength > 0) == bool(match.spans)
    assert set(match.spans) <= {(w.start, w.end) for w in words}
