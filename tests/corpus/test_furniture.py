"""What is page furniture, what is not, and that its spans are sorted and disjoint."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.furniture import furniture_lines, furniture_spans
from corpus.lines import lines_of
from corpus.types import Span


def furniture(text: str) -> list[str]:
    lines = lines_of(text)
    return [lines[i].words for i in sorted(furniture_lines(lines))]


@pytest.mark.parametrize(
    "line",
    [
        "Dela",
        "Facebook Twitter LinkedIn",
        "Skriv ut | Dela",
        "Lyssna",
        "Hoppa till huvudinnehåll",
        "Till toppen",
        "Läs mer om skolan i Exempelby",
        "Vill du läsa mer om ämnet:",
        "Relaterade länkar",
        "Du är här: Start / Avtal",
        "Hittade du det du sökte?",
        "Sidansvarig: Karin Ek",
        "Vi använder kakor på vår webbplats.",
        "Godkänn alla cookies",
        "Bild på ett tegelhus",
        "Elever sitter i en ljus sal",
    ],
)
def test_lines_around_a_web_page_are_furniture(line: str) -> None:
    assert furniture(f"Avtalet gäller skolan.\n\n{line}\n\nDet löper i tre år.") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Parterna ska dela på kostnaden.",
        "Läs mer i bilagan.",
        "Avtalet är uppdaterat",
        "Kursen lär ut javascript till vuxna.",
        "Bilden visar hur arbetet är ordnat",
        "Eleverna sitter i en ljus sal.",
        "Lokalen lånas ut via kommunens webbplats.",
        "2023-02-01",
    ],
)
def test_lines_of_an_agreement_are_no_furniture(line: str) -> None:
    assert furniture(f"Avtalet gäller skolan.\n\n{line}\n\nDet löper i tre år.") == []


def test_share_buttons_over_and_under_the_text_are_furniture() -> None:
    """Share buttons once came back as quotes."""
    text = (
        "Dela\n\nFacebook Mail Twitter\n\nOrten och skolan gör gemensam sak.\n\nDela\n\nFacebook Mail Twitter"
    )
    assert furniture(text) == ["Dela", "Facebook Mail Twitter"] * 2


def test_a_notice_about_javascript_is_furniture() -> None:
    """The notice of a page without scripts once became an agreement's title and text."""
    notice = "Det verkar som att javascript är avstängt. Sidan blir bättre om du aktiverar det."
    assert furniture(f"{notice}\n\nOm hamnen\n\nHamnen ägs av staden.") == [notice]


def test_the_page_date_on_the_next_filled_line_is_furniture_and_no_other_date() -> None:
    """ "Sidan är uppdaterad" and its date once read as the date of signing."""
    text = "2020-01-01\n\nSidan är uppdaterad\n\n2023-02-01\n\n2024-05-06"
    assert furniture(text) == ["Sidan är uppdaterad", "2023-02-01"]


@pytest.mark.parametrize(
    "line",
    [
        "Sidan är uppdaterad 2023-02-01",
        "Senast uppdaterad: 3 mars 2021",
        "Sidan uppdaterades den 3 mars 2021 kl. 10.15",
        "Publicerad 2021-03-03",
        "Sidan granskad av Karin Ek",
        "Senast ändrad",
    ],
)
def test_page_dates_on_one_line_are_furniture(line: str) -> None:
    assert furniture(line) == [line]


def test_spans_are_the_lines_without_their_breaks() -> None:
    text = "Dela\nAvtalet gäller.\nLyssna\n"
    assert furniture_spans(lines_of(text), ()) == (Span(0, 4), Span(21, 27))


def test_marks_of_the_format_merge_with_the_rules() -> None:
    text = "Dela\nAvtalet gäller.\nLyssna\n"
    marked = (Span(2, 9), Span(9, 12), Span(15, 15))
    assert furniture_spans(lines_of(text), marked) == (Span(0, 12), Span(21, 27))


POOL = [
    "Dela",
    "Facebook Mail",
    "Sidan är uppdaterad",
    "2023-02-01",
    "Avtalet gäller skolan.",
    "",
    "  ",
    "Läs mer om hamnen",
]


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, tuple[Span, ...]]:
    text = "\n".join(draw(st.lists(st.one_of(st.sampled_from(POOL), st.text(max_size=10)), max_size=10)))
    ends = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(ends, ends), max_size=4))
    return text, tuple(Span(min(pair), max(pair)) for pair in pairs)


@settings(max_examples=80)
@given(marked_texts())
def test_spans_are_sorted_disjoint_not_empty_and_hold_rule_and_mark(
    given: tuple[str, tuple[Span, ...]],
) -> None:
    text, marked = given
    lines = lines_of(text)
    spans = furniture_spans(lines, marked)
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert all(a.end < b.start for a, b in pairwise(spans))
    by_rule = {c for i in furniture_lines(lines) for c in range(lines[i].start, lines[i].end)}
    by_mark = {c for span in marked for c in range(span.start, span.end)}
    assert {c for s in spans for c in range(s.start, s.end)} == by_rule | by_mark


def test_a_wrapped_sentence_about_students_is_no_furniture() -> None:
    assert (
        furniture("Studenter läser kurser om hamnar under tre terminer och\ngör sedan sin praktik i Trosa.")
        == []
    )


@pytest.mark.parametrize(
    "line", ["Kursen i javascript får stöd av parterna.", "Caféet använder kakor från Trosa."]
)
def test_a_sentence_that_names_scripts_or_biscuits_is_no_furniture(line: str) -> None:
    assert furniture(line) == []


def test_rows_of_a_contents_page_are_furniture_and_rows_of_a_price_list_are_not() -> None:
    text = "Innehåll\n\n1 Syfte ........ 2\n2 Priser ........ 3\n\n1 Syfte\n\nAtt bada.\n\n2 Priser\n\nVuxen ........ 90\n"
    lines = lines_of(text)
    assert [lines[i].words for i in sorted(furniture_lines(lines))] == [
        "1 Syfte ........ 2",
        "2 Priser ........ 3",
    ]


def test_contents_rows_read_as_a_table_or_with_a_line_are_furniture_and_price_rows_are_not() -> None:
    text = "Innehåll\n\n1 Syfte | 2\n2 Ekonomi ____ 3\n\n1 Syfte\n\nText.\n\n2 Ekonomi\n\nPraktik | 900\n"
    assert furniture(text) == ["1 Syfte | 2", "2 Ekonomi ____ 3"]


def test_the_rows_below_a_heading_of_contents_are_furniture_though_the_headings_are_written_otherwise() -> (
    None
):
    rows = ["1 Syfte . . . . . 2", "2 Ekonomi 3", "2.1 Avgifter........4"]
    text = "Innehållsförteckning\n\n" + "\n".join(rows) + "\n\nKapitel 1. Syfte\n\nAvtalet gäller år 2024.\n"
    assert furniture(text) == rows
    assert furniture("Innehåll\n\nAvtalet omfattar rum 12\nLokaler . . . . . 900\n") == []
