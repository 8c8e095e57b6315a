"""Sentences that go on over a page break, and signs raised above their line."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from corpus.lines import sentences_of
from corpus.reading.pdf_flow import Sheet, reading_order, runs_on
from corpus.reading.pdf_furniture import furniture_lines, turned_rows
from corpus.reading.pdf_headings import heading_levels
from corpus.reading.pdf_lines import Cell, Line, PdfText
from corpus.reading.pdf_marks import whole_lines
from corpus.types import Document


def no_gap(above: Line, line: Line) -> bool:
    """Lines of which nothing is known about the space between them."""
    del above, line
    return False


Read = Callable[[bytes | str, str], Document]
MakePdf = Callable[..., bytes]
Placed = tuple[float, float, float, str]

FULL = "Parterna ska senast den 1 mars varje år redovisa sina kostnader för styrgruppen och"
REST = "övriga medlemmar. Redovisningen är skriftlig."


def framed(number: int, lines: Sequence[Placed]) -> list[Placed]:
    """A page with header and footer around the lines, drawn first as many programs do."""
    return [
        (72.0, 810.0, 8.0, "Hittepå kommun Dnr KS 2023/0142"),
        (72.0, 30.0, 8.0, f"Sida {number} av 3"),
        *lines,
    ]


def test_a_sentence_over_a_page_break_is_one_slice_of_the_text(read: Read, pdf: MakePdf) -> None:
    """The header and footer between its halves once cut the quote at the break."""
    pages = [
        framed(1, [(72.0, 740.0, 10.0, "Avtalet gäller tills vidare."), (72.0, 700.0, 10.0, FULL)]),
        framed(2, [(72.0, 780.0, 10.0, REST), (72.0, 740.0, 10.0, "Tvister avgörs i domstol.")]),
        framed(3, [(72.0, 780.0, 10.0, "Underskrifter följer.")]),
    ]
    document = read(pdf(pages), "a.pdf")
    text = document.text
    quotes = [text[span.start : span.end] for span in sentences_of(text, 0, len(text))]
    assert f"{FULL}\növriga medlemmar." in quotes
    start = text.index(FULL)
    end = text.index("medlemmar.") + len("medlemmar.")
    assert [page.number for page in document.pages if page.start < end and start < page.end] == [1, 2]
    assert not any(span.start < end and start < span.end for span in document.furniture)
    second = text[document.pages[1].start : document.pages[1].end]
    assert second == (
        f"{REST}\n\nHittepå kommun Dnr KS 2023/0142\n\nSida 2 av 3\n\nTvister avgörs i domstol.\n\n"
    )


def test_a_sentence_that_goes_on_with_a_name_is_known_by_its_full_line() -> None:
    def sheet(*rows: tuple[str, float]) -> Sheet:
        lines = [
            Line(text, 0.1 + at * 0.02, 0.114 + at * 0.02, 10.0, cells=(Cell(text, 72, right),))
            for at, (text, right) in enumerate(rows)
        ]
        return Sheet(lines, [line.text for line in lines], frozenset(), frozenset())

    full = ("Överenskommelsen ingås mellan Hittepå kommun samt", 500.0)
    assert reading_order([sheet(full), sheet(("Region Påhitt.", 140.0))], lambda *_: False)[1] == [
        True,
        False,
    ]
    short = (full[0], 300.0)
    after = sheet(("Region Påhitt.", 140.0))
    assert (
        reading_order([sheet(("Bred rad som slutar här.", 500.0), short), after], lambda *_: False)[1][0]
        is False
    )
    numbered = sheet(("§ 4 Ansvar", 140.0))
    assert reading_order([sheet(full), numbered], lambda *_: False)[1][0] is False


def test_a_footnote_does_not_stand_in_the_sentence_that_goes_on(read: Read, pdf: MakePdf) -> None:
    pages = [
        [
            (72.0, 780.0, 10.0, "Avtalet gäller tills vidare och får inte överlåtas."),
            (72.0, 740.0, 10.0, FULL),
            (72.0, 80.0, 7.0, "1 Se kommunallagen."),
        ],
        [(72.0, 780.0, 10.0, REST)],
    ]
    assert read(pdf(pages), "a.pdf").text == (
        f"Avtalet gäller tills vidare och får inte överlåtas.\n\n1 Se kommunallagen.\n\n{FULL}\n{REST}\n"
    )


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        ("lokaler och", "övriga", True),
        ("lokaler.", "övriga", False),
        ("lokaler", "b) larm", False),
        ("x", "Y", False),
    ],
)
def test_a_line_runs_on_where_no_sentence_ends_and_no_item_begins(
    above: str, below: str, expected: bool
) -> None:
    assert runs_on(above, below) is expected


def raised(text: str, left: float, right: float, size: float = 10.0, lift: float = 0.0) -> Line:
    top = 0.5 + 0.012 * (1 - size / 10.0) - lift
    return Line(text, top, top + 0.012 * size / 10.0, size, cells=(Cell(text, left, right),))


def test_a_raised_footnote_number_stays_in_its_sentence() -> None:
    """The sentence was once cut before and after the number."""
    lines = [
        raised("upprättas vid behov", 72, 160),
        raised("1", 160, 164, 6.0, 0.004),
        raised(". Parterna ska", 164, 230),
    ]
    assert [line.text for line in whole_lines(lines)] == ["upprättas vid behov[1]. Parterna ska"]


def test_a_footnotes_own_number_opens_its_line() -> None:
    lines = [raised("2", 72, 76, 6.0, 0.004), raised("Se kommunallagen.", 78, 160)]
    assert [line.text for line in whole_lines(lines)] == ["[2] Se kommunallagen."]


def test_a_raised_sign_of_a_unit_is_part_of_it() -> None:
    lines = [
        raised("Ytan är 40 m", 72, 130),
        raised("2", 130, 134, 6.0, 0.004),
        raised("i källaren.", 137, 190),
    ]
    assert [line.text for line in whole_lines(lines)] == ["Ytan är 40 m2 i källaren."]


def test_cells_far_apart_on_one_height_stay_lines() -> None:
    lines = [raised("Hittepå", 72, 120), raised("Påhitt", 300, 340)]
    assert whole_lines(lines) == lines


def test_long_footers_and_the_running_heads_of_chapters_are_furniture() -> None:
    """A footer over 160 characters, and a head on fewer than four pages in ten, were once text."""
    address = "Postadress: Storgatan 1, 000 00 Hittepå " * 5
    heads = ["Kapitel 1: Allmänt", *["Kapitel 2: Drift"] * 3, *["Kapitel 3: Skydd"] * 6]
    pages = [
        [
            Line(f"{head} {number + 4}", 0.05, 0.06),
            Line(f"Text {number}x", 0.5, 0.51),
            Line(address, 0.95, 0.96),
        ]
        for number, head in enumerate(heads)
    ]
    assert [sorted(frame) for frame in furniture_lines(pages)] == [[2], *[[0, 2]] * 9]


def test_roman_page_numbers_are_furniture() -> None:
    pages = [
        [Line(f"Text {word}", 0.5, 0.51), Line(roman, 0.95, 0.96)]
        for word, roman in zip("abc", ("ii", "iii", "iv"), strict=True)
    ]
    assert [sorted(frame) for frame in furniture_lines(pages)] == [[1], [1], [1]]


def test_a_larger_line_inside_a_paragraph_is_no_heading() -> None:
    """A citation in a larger font was once a heading in the middle of its sentence."""
    page = (
        Line("Cykliska koder beskrevs först av två ingenjörer i början av", 0.10, 0.112, 10.0),
        Line("[PB61] och användes sedan i många år av", 0.113, 0.127, 12.0),
        Line("alla parter.", 0.128, 0.14, 10.0),
        Line("Syfte", 0.3, 0.32, 13.0),
        Line("Avtalet ska ge fler kurser i hela länet under två år.", 0.33, 0.342, 10.0),
        Line("Omfattning", 0.4, 0.42, 13.0),
        Line("Avtalet gäller alla skolor som länet driver i egen regi.", 0.43, 0.442, 10.0),
    )
    assert sorted(heading_levels(PdfText((page,)), [frozenset()], no_gap)[0]) == [3, 5]


def test_a_watermark_and_a_name_along_the_margin_are_furniture_and_head_nothing() -> None:
    """ "UTKAST" across each page was once the first heading of each section."""
    pages = tuple(
        (
            Line("UTKAST", 0.5, 0.7, 60.0, angle=45),
            Line("Mall 2021-03", 0.3, 0.7, 6.0, angle=90),
            Line("Syfte", 0.3, 0.32, 13.0),
            Line(f"Avtalet ska ge fler kurser i länet under år {word}.", 0.4, 0.412, 10.0),
        )
        for word in ("ett", "två", "tre")
    )
    frames = furniture_lines(pages)
    assert [sorted(frame) for frame in frames] == [[0, 1]] * 3
    turned = [frozenset({0, 1})] * 3
    assert [turned_rows(page) for page in pages] == turned
    assert [sorted(rows) for rows in heading_levels(PdfText(pages), turned, no_gap)] == [[2]] * 3


def test_the_spacing_inside_paragraphs_is_read_off_wrapped_lines(pdf: MakePdf, read: Read) -> None:
    """In a file set at 1.5 lines each line was once a paragraph: tighter signatures had told the spacing."""
    wide = (
        "Avtalet gäller alla skolor som länet driver i egen regi och de som har fått tillstånd av staten att"
    )
    page = []
    y = 780.0
    for _ in range(3):
        for words in (
            wide,
            "driva egen verksamhet. Det gäller också de skolor som länet tar över under den tid som",
            "avtalet gäller.",
        ):
            page.append((50.0, y, 10.0, words))
            y -= 18
        y -= 14
    page += [(50.0, y - 11.0 * i, 10.0, f"Underskrift av den {i} parten") for i in range(9)]
    text = read(pdf([page]), "a.pdf").text
    assert text.count("\n\n") == 3
    assert "att\ndriva egen" in text


def test_a_heading_that_begins_with_a_ring_or_dots_has_the_size_of_the_others(
    pdf: MakePdf, read: Read
) -> None:
    """ "Ändamål" was once set larger than "Omfattning", as the letter's box is higher."""
    page = []
    for at, words in enumerate(("Ändamål", "Omfattning", "Återbetalning")):
        page += [
            (50.0, 780.0 - 90 * at, 14.0, words),
            (50.0, 750.0 - 90 * at, 10.0, "Avtalet gäller alla skolor som länet driver i egen regi."),
        ]
    assert {heading.level for heading in read(pdf([page]), "a.pdf").headings} == {1}
