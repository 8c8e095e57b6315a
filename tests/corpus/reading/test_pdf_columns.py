"""Columns, tables and words over page breaks in PDFs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from corpus.reading.pdf_columns import in_reading_order
from corpus.reading.pdf_furniture import furniture_lines
from corpus.reading.pdf_headings import heading_levels
from corpus.reading.pdf_lines import Cell, Line, PdfText
from corpus.reading.pdf_tables import with_rows
from corpus.types import Document


def no_gap(above: Line, line: Line) -> bool:
    """Lines of which nothing is known about the space between them."""
    del above, line
    return False


Placed = tuple[float, float, float, str]
MakePdf = Callable[[Sequence[Sequence[Placed]]], bytes]
Read = Callable[[bytes | str, str], Document]

LEFT = [
    "Parterna är överens om att",
    "gemensamt planera arbetet så",
    "att eleverna får en plats nära",
    "hemmet. Planen ses över varje",
    "höst och fastställs av den nämnd",
    "som ansvarar för skolorna i",
    "kommunen. Den omfattar alla",
    "klasser i årskurs sju till nio.",
    "Planen är offentlig.",
]
RIGHT = [
    "Kostnaden delas lika mellan de",
    "två parterna. Den betalas i två",
    "delar, den första i januari och",
    "den andra i juli varje år. Om en",
    "part inte betalar i tid utgår en",
    "ränta enligt lag. Räntan räknas",
    "från förfallodagen till dess att",
    "hela beloppet har betalats till",
    "den andra parten.",
]


def across(step: float = 14.0) -> list[Placed]:
    """The two columns, drawn line by line across the page."""
    return [
        placed
        for row, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True))
        for placed in ((72.0, 700 - step * row, 10.0, left), (320.0, 700 - step * row, 10.0, right))
    ]


def test_two_columns_drawn_line_by_line_are_read_one_after_the_other(read: Read, pdf: MakePdf) -> None:
    page = [(72.0, 740.0, 16.0, "Avtal om skolplatser"), *across(), (72.0, 540.0, 10.0, "Påhittsmark i maj.")]
    text = read(pdf([page]), "a.pdf").text
    assert " ".join(text.split()) == " ".join(["Avtal om skolplatser", *LEFT, *RIGHT, "Påhittsmark i maj."])


def test_columns_drawn_one_after_the_other_stay_so(read: Read, pdf: MakePdf) -> None:
    page = [(72.0, 700.0 - 14 * row, 10.0, line) for row, line in enumerate(LEFT)]
    page += [(320.0, 700.0 - 14 * row, 10.0, line) for row, line in enumerate(RIGHT)]
    assert " ".join(read(pdf([page]), "a.pdf").text.split()) == " ".join([*LEFT, *RIGHT])


def test_a_table_of_sentences_is_not_read_as_columns() -> None:
    def pair(row: int, place: float) -> Line:
        cells = (Cell(LEFT[row], 72, 220), Cell(RIGHT[row], 320, 470))
        return Line(f"{LEFT[row]} {RIGHT[row]}", place, place + 0.012, 10.0, cells=cells)

    # Rows of two lines each, with space between the rows.
    page = [pair(row, 0.1 + row * 0.014 + (row // 2) * 0.02) for row in range(8)]
    assert in_reading_order(page) == tuple(page)


def test_the_rows_of_a_table_are_lines_of_cells_in_one_block(read: Read, pdf: MakePdf) -> None:
    rows = [("Tjänst", "Antal", "Pris"), ("Städning, kontor", "12", "14 500 kr"), ("Fönster", "4", "900 kr")]
    table = [
        (x, 700.0 - 24 * row, 10.0, cell)
        for row, cells in enumerate(rows)
        for x, cell in zip((72.0, 260.0, 380.0), cells, strict=True)
    ]
    page = [(72.0, 740.0, 10.0, "Priserna gäller per år."), *table, (72.0, 620.0, 10.0, "Moms tillkommer.")]
    assert read(pdf([page]), "a.pdf").text == (
        "Priserna gäller per år.\n\nTjänst | Antal | Pris\nStädning, kontor | 12 | 14 500 kr\nFönster | 4 | 900 kr\n\n"
        "Moms tillkommer.\n"
    )


def test_a_number_set_apart_from_its_clause_is_no_cell(read: Read, pdf: MakePdf) -> None:
    """ "4.1" in the margin and "Lokaler" after a tab were once taken for a table."""
    page = [
        (x, 700.0 - 14 * row, 10.0, text)
        for row, line in enumerate((("4.1", "Lokaler"), ("4.2", "Handledning"), ("a)", "Nycklar")))
        for x, text in zip((72.0, 110.0), line, strict=True)
    ]
    assert read(pdf([page]), "a.pdf").text == "4.1 Lokaler\n4.2 Handledning\na) Nycklar\n"


def test_the_leaders_of_a_contents_page_are_no_gap_between_cells() -> None:
    def row(place: float, words: str, page: str) -> Line:
        cells = (Cell(words, 72, 300), Cell(page, 500, 506))
        return Line(f"{words} {page}", place, place + 0.012, 10.0, cells=cells)

    page = (row(0.1, "1 Parter . . . . . . .", "2"), row(0.12, "2 Syfte . . . . . . .", "3"))
    assert with_rows(page) == page


def test_the_head_of_a_table_is_no_heading_though_it_is_bold() -> None:
    head = Line("Part | Andel", 0.1, 0.115, 10.0, True, is_row=True)
    below = Line("Kommunen svarar för hälften av de kostnader som uppstår.", 0.12, 0.135, 10.0)
    heading = Line("Kostnader", 0.3, 0.315, 10.0, True)
    page = (head, below, below, heading, below, Line("Tid", 0.5, 0.515, 10.0, True), below)
    assert sorted(heading_levels(PdfText((page,)), [frozenset()], no_gap)[0]) == [3, 5]


def test_a_bold_heading_over_two_lines_that_ends_the_first_with_a_dash_is_one_heading() -> None:
    """ "Överenskommelse om övning –" + "Trollmossen 2025" was once no heading at all."""
    page = (
        Line("Överenskommelse om övning –", 0.1, 0.12, 17.0, True),
        Line("Trollmossen 2025", 0.122, 0.142, 17.0, True),
        Line("Länsstyrelsen och kommunen övar tillsammans under två dagar i maj.", 0.2, 0.212, 10.0),
        Line("Syfte", 0.3, 0.32, 12.0, True),
        Line("Övningen ska visa hur larmet går mellan parterna, dag som natt.", 0.33, 0.342, 10.0),
    )
    levels = heading_levels(PdfText((page,)), [frozenset()], no_gap)[0]
    assert {row: heading.count for row, heading in levels.items()} == {0: 2, 3: 1}


def test_a_word_broken_over_two_pages_is_made_whole_on_the_first(read: Read, pdf: MakePdf) -> None:
    pages = [
        [(72.0, 800.0, 8.0, "Dnr PS 2023-1"), (72.0, 100.0, 10.0, "Avtalet omfattar kompetens-")],
        [(72.0, 800.0, 8.0, "Dnr PS 2023-1"), (72.0, 760.0, 10.0, "försörjning för vården.")],
    ]
    document = read(pdf(pages), "a.pdf")
    assert "kompetensförsörjning\n" in document.text
    assert [document.text[page.start : page.end].count("försörjning") for page in document.pages] == [1, 0]


def test_a_header_is_the_same_although_its_registry_number_holds_the_page_number() -> None:
    """The 1 of "2023-1" was once left open on page 1 only, so that page 1 kept its header as text."""
    pages = [[Line("Dnr PS 2023-1"), Line(f"Text {word}")] for word in ("ett", "två", "tre")]
    assert [sorted(frame) for frame in furniture_lines(pages)] == [[0], [0], [0]]


def test_a_bold_line_over_a_table_or_a_list_is_a_heading_and_a_column_head_is_none() -> None:
    """ "Tidplan" over a table and "Bilagor" over a list were once no headings."""

    def line(place: float, text: str, left: float = 72.0, bold: bool = False, is_row: bool = False) -> Line:
        return Line(text, place, place + 0.015, 12.0, bold, (Cell(text, left, left + 90),), is_row)

    page = (
        line(0.10, "Tidplan", bold=True),
        line(0.13, "Skede | Klart", bold=True, is_row=True),
        line(0.15, "Utkast | maj", is_row=True),
        line(0.20, "Belopp per år", left=373.0, bold=True),
        line(0.22, "Kommunen | 20", is_row=True),
        line(0.30, "Bilagor", bold=True),
        line(0.33, "– Karta över området"),
    )
    assert sorted(heading_levels(PdfText((page,)), [frozenset()], no_gap)[0]) == [0, 5]


def test_a_row_that_is_drawn_cell_by_cell_is_one_row_though_its_cells_take_two_lines() -> None:
    """The head of a price list was once two headings and an appendix."""

    def at(text: str, top: float, left: float) -> Line:
        return Line(text, top, top + 0.012, 10.0, cells=(Cell(text, left, left + 6.0 * len(text)),))

    page = (
        at("Insats enligt", 0.20, 50.0),
        at("bilaga 2", 0.214, 50.0),
        at("Pris per", 0.20, 200.0),
        at("besök", 0.214, 200.0),
        at("Pris per", 0.20, 320.0),
        at("timme", 0.214, 320.0),
        Line("Läkarbesök 1 450 2 100", 0.24, 0.252, 10.0,
             cells=(Cell("Läkarbesök", 50.0, 110.0), Cell("1 450", 200.0, 230.0), Cell("2 100", 320.0, 350.0))),
    )  # fmt: skip
    rows = with_rows(page)
    assert [line.text for line in rows] == [
        "Insats enligt bilaga 2 | Pris per besök | Pris per timme",
        "Läkarbesök | 1 450 | 2 100",
    ]
    assert [line.text for line in with_rows(page[:6])] == [line.text for line in page[:6]]
