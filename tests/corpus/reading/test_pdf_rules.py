"""Tables of PDFs: ruled ones by their drawn lines, the others by the places of their cells."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

from corpus.reading.pdf_grids import with_grid_rows
from corpus.reading.pdf_lines import Cell, Line
from corpus.reading.pdf_tables import with_rows
from corpus.types import Document

Read = Callable[[bytes | str, str], Document]
MakePdf = Callable[..., bytes]

ROWS = [
    ("Område", "Ansvarig part", "Högsta belopp per år"),
    ("Lokaler", "Fastighetskontoret i Hittepå kommun eller den som kontoret utser", "450 000 kr"),
    ("Kompetensförsörjning och praktik", "Regionen", "1 200 000 kr"),
]


def ruled_pdf(rows: Sequence[tuple[str, ...]], widths: list[float]) -> bytes:
    """A page with a ruled table whose cells wrap, between two sentences."""
    normal = getSampleStyleSheet()["Normal"]
    cells = [[Paragraph(text, normal) for text in row] for row in rows]
    table = Table(cells, colWidths=widths)
    table.setStyle(
        TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")])
    )
    out = io.BytesIO()
    story = [
        Paragraph("Parterna delar på kostnaderna.", normal),
        table,
        Paragraph("Moms tillkommer.", normal),
    ]
    SimpleDocTemplate(out, pagesize=A4, invariant=True).build(story)
    return out.getvalue()


def test_a_ruled_table_keeps_each_row_on_one_line_though_its_cells_wrap(read: Read) -> None:
    """A header of two lines once broke the table, and a sum once stood apart from what it was for."""
    document = read(ruled_pdf(ROWS, [120.0, 120.0, 70.0]), "a.pdf")
    assert document.text == (
        "Parterna delar på kostnaderna.\n\n"
        "Område | Ansvarig part | Högsta belopp per år\n"
        "Lokaler | Fastighetskontoret i Hittepå kommun eller den som kontoret utser | 450 000 kr\n"
        "Kompetensförsörjning och praktik | Regionen | 1 200 000 kr\n\n"
        "Moms tillkommer.\n"
    )


def test_a_drawn_line_parts_cells_that_stand_close(read: Read) -> None:
    """Words that fill their column to the line were once one cell with the next column's."""
    rows = [("Samordnare", "Hittepå"), ("Ordförande", "Påhitts"), ("Sekreterare", "Region")]
    document = read(ruled_pdf(rows, [75.0, 80.0]), "a.pdf")
    assert "Samordnare | Hittepå\nOrdförande | Påhitts\nSekreterare | Region" in document.text


def test_a_frame_around_text_is_no_table(read: Read) -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True)
    canvas.rect(60, 600, 400, 120)
    canvas.drawString(72, 700, "Avtalet gäller från den 1 mars.")
    canvas.drawString(72, 680, "Det kan sägas upp skriftligen.")
    canvas.save()
    assert (
        read(out.getvalue(), "a.pdf").text
        == "Avtalet gäller från den 1 mars.\nDet kan sägas upp skriftligen.\n"
    )


def test_long_text_in_ruled_columns_stays_as_it_is() -> None:
    words = "Kommunen svarar för lokalerna. " * 40
    page = (
        Line(words, 0.1, 0.12, 10.0, cells=(Cell(words, 72, 300, (0, 50.0, 60.0)),)),
        Line("Ja", 0.1, 0.12, 10.0, cells=(Cell("Ja", 320, 340, (0, 50.0, 310.0)),)),
    )
    assert with_grid_rows(page) == page


def test_a_word_broken_inside_a_cell_is_made_whole() -> None:
    def line(top: float, text: str, left: float, column: float) -> Line:
        return Line(text, top, top + 0.012, 10.0, cells=(Cell(text, left, left + 50, (0, 50.0, column)),))

    page = (
        line(0.1, "Kompetens-", 72, 60.0),
        line(0.114, "försörjning", 72, 60.0),
        line(0.1, "Ja", 200, 190.0),
    )
    assert [found.text for found in with_grid_rows(page)] == ["Kompetensförsörjning | Ja"]


def test_a_table_without_lines_keeps_a_header_of_two_lines_together(read: Read, pdf: MakePdf) -> None:
    page = [
        (72.0, 740.0, 10.0, "Priserna gäller per år."),
        (72.0, 700.0, 10.0, "Tjänst"),
        (260.0, 700.0, 10.0, "Antal"),
        (380.0, 700.0, 10.0, "Högsta pris"),
        (380.0, 688.0, 10.0, "per månad"),
        (72.0, 664.0, 10.0, "Städning"),
        (260.0, 664.0, 10.0, "12"),
        (380.0, 664.0, 10.0, "900 kr"),
        (72.0, 600.0, 10.0, "Moms tillkommer."),
    ]
    assert read(pdf([page]), "a.pdf").text == (
        "Priserna gäller per år.\n\nTjänst | Antal | Högsta pris per månad\nStädning | 12 | 900 kr\n\nMoms tillkommer.\n"
    )


def test_words_spread_over_a_narrow_justified_column_are_no_cells(read: Read, pdf: MakePdf) -> None:
    """Two justified lines with equally wide spaces were once rows of a table."""

    def spread(y: float, words: list[str], left: float, gap: float) -> list[tuple[float, float, float, str]]:
        placed = []
        for word in words:
            placed.append((left, y, 10.0, word))
            left += stringWidth(word, "Helvetica", 10) + gap
        return placed

    page = [
        *spread(700.0, ["varje", "år", "lämna", "en", "redovisning"], 72.0, 14.0),
        *spread(687.0, ["kommun,", "region", "och", "andra"], 72.0, 17.0),
    ]
    assert read(pdf([page]), "a.pdf").text == "varje år lämna en redovisning\nkommun, region och andra\n"


def test_wide_spaces_between_the_sentences_of_justified_text_make_no_table() -> None:
    """Lines with one wide space each share both margins; they were once rows, and took the lines below in."""

    def line(top: float, first: str, second: str, gap_at: float) -> Line:
        cells = (Cell(first, 72, gap_at), Cell(second, gap_at + 12, 500))
        return Line(f"{first} {second}", top, top + 0.012, 10.0, cells=cells)

    page = (
        line(0.100, "Kommunen svarar för lokalerna i huset.", "Regionen svarar för", 300),
        line(0.114, "larm.", "Parterna delar på kostnaden för det som de har beställt", 110),
        Line("tillsammans.", 0.128, 0.14, 10.0, cells=(Cell("tillsammans.", 72, 130),)),
    )
    assert with_rows(page) == page
