"""Passages: slices of one section, within the limit, without furniture, and with nothing else lost."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.card import agreement_from
from corpus.types import Agreement, Document, FileFormat, SectionRole, Span
from indexer.passages import TARGET_TOKENS, CountTokens, header_of, passages_of, section_sentences
from indexer.types import Passage


def count_words(texts: Sequence[str]) -> list[int]:
    """A tiny encoder's tokens: one a word."""
    return [len(text.split()) for text in texts]


def count_pieces(texts: Sequence[str]) -> list[int]:
    """A tiny encoder's tokens: one for every four letters of a word, begun ones too."""
    return [sum(-(-len(word) // 4) for word in text.split()) for text in texts]


def agreement(text: str, furniture: tuple[Span, ...] = ()) -> Agreement:
    return agreement_from(Document("prov.txt", FileFormat.TXT, text, furniture=furniture), "prov")


def passages(text: str, max_tokens: int = 60) -> list[Passage]:
    return passages_of(agreement(text), count_words, max_tokens)


def texts(text: str, max_tokens: int = 60) -> list[str]:
    return [passage.text for passage in passages(text, max_tokens)]


def sentence(length: int, word: str = "ord") -> str:
    """A sentence of `length` words."""
    return " ".join(["Ett", *[word] * (length - 1)]) + "."


LINES = [
    "Avtal om hamnen mellan Trosa kommun och Region Dalarna",
    "§ 1 Syfte",
    "§ 2 Ansvar",
    "2.1 Möten",
    "2.2 Parterna ska hålla ett möte varje år. Då väljs en ordförande",
    "Underskrifter",
    "Kontakt",
    "Karin Ek",
    "Dela",
    "Facebook Mail Twitter",
    "Sidan är uppdaterad",
    "2023-02-01",
    "• en punkt om kajen",
    "Kajen är lång. " * 9,
    "å" * 90,
    sentence(45),
    "",
    "",
]


@st.composite
def agreements(draw: st.DrawFn) -> Agreement:
    """Agreement-like text with any spans marked as furniture by the format."""
    text = "\n".join(draw(st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=9)), max_size=14)))
    text = text or "x"
    offsets = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(offsets, offsets), max_size=2))
    return agreement(text, tuple(Span(min(pair), max(pair)) for pair in pairs))


def expected_characters(subject: Agreement) -> set[int]:
    """Offsets of all but white space, furniture and headings that only head subsections."""
    wanted = {i for i, letter in enumerate(subject.text) if not letter.isspace()}
    for span in subject.furniture:
        wanted -= set(range(span.start, span.end))
    for section, below in zip(subject.sections, subject.sections[1:], strict=False):
        nested = below.level > section.level and below.path[: len(section.path)] == section.path
        if section.path and nested and not subject.text[section.body : section.end].strip():
            wanted -= set(range(section.start, section.end))
    return wanted


@settings(max_examples=120)
@given(agreements(), st.sampled_from([count_words, count_pieces]), st.sampled_from([70, 100, 256]))
def test_passages_are_exact_slices_of_one_section_and_hold_every_character_once(
    subject: Agreement, count: CountTokens, limit: int
) -> None:
    found = passages_of(subject, count, limit)
    held: set[int] = set()
    position = 0
    for passage in found:
        assert passage.text == subject.text[passage.start : passage.end]
        assert passage.text == passage.text.strip() != ""
        assert position <= passage.start
        position = passage.end
        section = subject.sections[passage.section]
        assert section.start <= passage.start < passage.end <= section.end
        assert not any(span.overlaps(Span(passage.start, passage.end)) for span in subject.furniture)
        held |= {i for i in range(passage.start, passage.end) if not subject.text[i].isspace()}
    assert held == expected_characters(subject)


@settings(max_examples=120)
@given(agreements(), st.sampled_from([70, 100, 256]))
def test_header_and_text_together_fit_the_encoder(subject: Agreement, limit: int) -> None:
    for passage in passages_of(subject, count_words, limit):
        assert count_words([passage.header + "\n" + passage.text])[0] <= min(limit, TARGET_TOKENS)


@settings(max_examples=60)
@given(agreements())
def test_a_passage_is_named_by_agreement_and_span_and_carries_role_and_header(subject: Agreement) -> None:
    found = passages_of(subject, count_words, 100)
    assert len({passage.passage_id for passage in found}) == len(found)
    for passage in found:
        section = subject.sections[passage.section]
        assert passage.passage_id == f"prov#{passage.start}-{passage.end}"
        assert (passage.agreement_id, passage.role) == ("prov", section.role)
        assert passage.header == header_of(subject, section)


def test_sentences_are_joined_until_the_next_would_pass_the_limit() -> None:
    """Header "Kaj" is 1 token, so 39 of 40 are left: 20 + 19 fit, a further 2 do not."""
    first, second, third = sentence(20), sentence(18), sentence(2)
    text = f"Kaj\n\n{first} {second} {third}\n"
    assert texts(text, 40) == [f"Kaj\n\n{first} {second}", third]
    assert texts(text, 41) == [f"Kaj\n\n{first} {second}", third]
    assert texts(text, 42) == [f"Kaj\n\n{first} {second} {third}"]


def test_a_passage_closes_at_the_target_however_much_the_encoder_reads() -> None:
    text = "Kaj\n\n" + " ".join([sentence(50)] * 6) + "\n"
    sizes = [count_words([found])[0] for found in texts(text, 10_000)]
    assert sizes == [151, 150]
    assert sum(count_words([text])) == sum(sizes) and max(sizes) + 1 <= TARGET_TOKENS


def test_a_sentence_over_the_limit_is_halved_at_white_space() -> None:
    text = f"Kaj\n\n{sentence(64)}\n"
    found = texts(text, 40)
    assert " ".join(found).split() == text.split()
    assert all(count_words([part])[0] <= 39 for part in found)
    assert len(found) == 2


def test_a_run_without_white_space_is_cut_as_it_is() -> None:
    subject = agreement("å" * 400)
    found = passages_of(subject, count_pieces, 64)
    assert "".join(passage.text for passage in found) == "å" * 400
    assert all(count_pieces([passage.text])[0] <= 64 for passage in found)


def test_passages_end_at_their_section_however_short() -> None:
    text = "§ 1 Syfte\n\nEn hamn.\n\n§ 2 Ansvar\n\nEn kaj.\n"
    assert texts(text) == ["§ 1 Syfte\n\nEn hamn.", "§ 2 Ansvar\n\nEn kaj."]
    assert [passage.section for passage in passages(text)] == [0, 1]


def test_furniture_parts_a_passage_and_is_in_none() -> None:
    text = "Hamnen\n\nKajen är lång.\n\nDela\n\nFacebook Mail Twitter\n\nBron är kort.\n"
    assert texts(text) == ["Hamnen\n\nKajen är lång.", "Bron är kort."]


def test_furniture_marked_inside_a_sentence_is_cut_out_of_it() -> None:
    text = "Kajen är (sida 3) lång.\n"
    subject = agreement(text, (Span(9, 17),))
    assert [p.text for p in passages_of(subject, count_words, 60)] == ["Kajen är", "lång."]


def test_a_heading_that_only_heads_subsections_is_no_passage_but_travels_in_headers() -> None:
    text = "§ 2 Ansvar\n\n2.1 Möten\n\nDe hålls i maj.\n"
    (only,) = passages(text)
    assert only.text == "2.1 Möten\n\nDe hålls i maj."
    assert only.header.endswith("§ 2 Ansvar › 2.1 Möten")


def test_a_heading_over_nothing_is_a_passage() -> None:
    text = "§ 1 Syfte\n\n§ 2 Ansvar\n\nEn kaj.\n"
    assert texts(text) == ["§ 1 Syfte", "§ 2 Ansvar\n\nEn kaj."]


def test_the_header_is_the_title_and_the_labels_of_the_path() -> None:
    text = "Avtal om hamnen i Trosa\n\nText om den.\n\n§ 2 Ansvar\n\n2.1 Möten\n\nDe hålls i maj.\n"
    subject = agreement(text)
    assert [header_of(subject, section) for section in subject.sections] == [
        "Avtal om hamnen i Trosa",
        "Avtal om hamnen i Trosa › § 2 Ansvar",
        "Avtal om hamnen i Trosa › § 2 Ansvar › 2.1 Möten",
    ]


def test_a_long_header_is_cut_between_words_at_200_characters() -> None:
    document = Document("prov.txt", FileFormat.TXT, "Kajen är lång.\n", title="kaj " * 70)
    subject = agreement_from(document, "prov")
    (only,) = passages_of(subject, count_words, 200)
    assert len(only.header) <= 200
    assert set(only.header.split()) == {"kaj"}


def test_roles_follow_the_section() -> None:
    text = "Hamnen\n\nKajen är lång.\n\nKontakt\n\nKarin Ek svarar.\n"
    assert [p.role for p in passages(text)] == [SectionRole.CONTENT, SectionRole.CONTACT]


def test_a_sections_sentences_are_its_heading_and_its_sentences() -> None:
    text = "Hamnen\n\nKajen är lång. Bron är kort.\n\nDela\n"
    subject = agreement(text)
    spans = section_sentences(subject, subject.sections[0])
    assert [text[s.start : s.end] for s in spans] == ["Hamnen", "Kajen är lång.", "Bron är kort."]


@pytest.mark.parametrize("text", ["\n \n", "Dela\n\nFacebook Mail\n"])
def test_a_text_of_white_space_or_furniture_has_no_passage(text: str) -> None:
    assert texts(text) == []
