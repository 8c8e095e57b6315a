"""Lines, blocks and sentences are spans: trimmed, in order, inside the range, and nothing is lost between them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.lines import BULLET, Line, blocks_of, lines_of, sentences_of
from corpus.types import Span

PIECES = [
    "Parterna möts varje år. Sedan skrivs en rapport.",
    "Lokalerna, t.ex. salar m.m. ingår. ",
    "• en punkt",
    "  – ett streck. Och mer",
    "a) första ledet",
    "Avtalet gäller till 2024. Därefter prövas det",
    "”Bra!” Så sade de.",
    "\xa0\u2003",
    "",
    "2. nästa",
]
texts = st.one_of(
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=12).map("\n".join),
    st.text(max_size=60),
)


@st.composite
def ranges(draw: st.DrawFn) -> tuple[str, int, int]:
    text = draw(texts)
    start = draw(st.integers(0, len(text)))
    return text, start, draw(st.integers(start, len(text)))


def worded(text: str, start: int, end: int) -> list[int]:
    """Offsets of the characters that are no white space."""
    return [i for i in range(start, end) if not text[i].isspace()]


def assert_spans(text: str, spans: list[Span], start: int, end: int) -> None:
    """Trimmed, not empty, in order, disjoint, inside the range, and holding every visible character."""
    position = start
    held: list[int] = []
    for span in spans:
        words = text[span.start : span.end]
        assert words and words == words.strip()
        assert position <= span.start < span.end <= end
        position = span.end
        held += worded(text, span.start, span.end)
    assert held == worded(text, start, end)


def cut(text: str, spans: list[Span]) -> list[str]:
    return [text[s.start : s.end] for s in spans]


def sentences(text: str) -> list[str]:
    return cut(text, sentences_of(text, 0, len(text)))


def test_lines_carry_their_offsets_and_the_offsets_of_their_words() -> None:
    assert lines_of("a\n\n  b \n") == [Line(0, 1, 0, "a"), Line(2, 2, 2, ""), Line(3, 7, 5, "b")]
    last = lines_of("a\n\n  b \n")[-1]
    assert (last.last, last.blank) == (6, False)
    assert lines_of("") == []


def test_lines_of_a_range_keep_offsets_into_the_whole_text() -> None:
    assert lines_of("noll\nett\ntvå", 5, 8) == [Line(5, 8, 5, "ett")]


@settings(max_examples=80)
@given(texts)
def test_lines_joined_again_are_the_text(text: str) -> None:
    joined = "\n".join(text[line.start : line.end] for line in lines_of(text))
    assert joined == text.removesuffix("\n")
    assert all(text[line.first : line.last] == line.words for line in lines_of(text))


@settings(max_examples=100)
@given(ranges())
def test_blocks_are_trimmed_ordered_and_hold_every_visible_character(given: tuple[str, int, int]) -> None:
    text, start, end = given
    assert_spans(text, list(blocks_of(text, start, end)), start, end)


@settings(max_examples=100)
@given(ranges())
def test_sentences_are_trimmed_ordered_and_each_lies_in_one_block(given: tuple[str, int, int]) -> None:
    text, start, end = given
    found = sentences_of(text, start, end)
    assert_spans(text, found, start, end)
    blocks = list(blocks_of(text, start, end))
    assert all(sum(block.holds(sentence) for block in blocks) == 1 for sentence in found)


def test_a_blank_line_ends_a_block_and_a_bullet_opens_one() -> None:
    text = "Parterna enas om\natt mötas.\n\nDe tar upp:\n• skolan\n• vården\n  och omsorgen"
    assert cut(text, list(blocks_of(text, 0, len(text)))) == [
        "Parterna enas om\natt mötas.",
        "De tar upp:",
        "• skolan",
        "• vården\n  och omsorgen",
    ]


@pytest.mark.parametrize("mark", ["•", "–", "-", "*", "a)", "(b)", "iv)", "3)", "\uf0b7"])
def test_list_marks_are_bullets(mark: str) -> None:
    assert BULLET.match(f"{mark} ord")
    assert not BULLET.match(f"{mark}ord")


@pytest.mark.parametrize(
    "text",
    [
        "Lokaler, t.ex. Aulan, får lånas.",
        "Skolor, bibliotek m.m. Även bad ingår i listan",
        "Det gäller fr.o.m. 2022 och framåt.",
        "Rapporten skrevs av A. Ek under våren.",
        "Se avtalet, kap. 3 och dess bilagor.",
        "Kostnaden är ca. 20 kronor.",
    ],
)
def test_abbreviations_and_initials_end_no_sentence(text: str) -> None:
    assert sentences(text) == [text]


def test_a_short_ordinal_ends_no_sentence_but_a_year_does() -> None:
    assert sentences("Punkt 3. Avgifter") == ["Punkt 3. Avgifter"]
    assert sentences("Avtalet löper ut 2026. Då skrivs ett nytt.") == [
        "Avtalet löper ut 2026.",
        "Då skrivs ett nytt.",
    ]


def test_quotation_marks_and_question_marks_close_a_sentence() -> None:
    assert sentences("Vem betalar? ”Kommunen.” Så står det!") == [
        "Vem betalar?",
        "”Kommunen.”",
        "Så står det!",
    ]


def test_a_wrapped_sentence_is_one_span_over_both_lines() -> None:
    assert sentences("Parterna ska\nmötas. De ses\nvarje år.") == [
        "Parterna ska\nmötas.",
        "De ses\nvarje år.",
    ]


def test_a_long_block_of_initials_is_read_in_a_moment() -> None:
    # Each full stop looked back to the block's start: ten minutes for these 120,000 characters.
    assert len(sentences_of("A. " * 40_000, 0, 120_000)) == 1
