from __future__ import annotations

import io
import time
from collections.abc import Callable, Sequence

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
)

from corpus.reading.hyphens import join_broken_words
from corpus.reading.pdf_furniture import furniture_lines
from corpus.reading.pdf_headings import HeadingRows, heading_levels
from corpus.reading.pdf_lines import Line, PdfText
from corpus.reading.pdf_pypdf import pypdf_text
from corpus.types import Document, FileFormat, ReadError, ReadStatus


def no_gap(above: Line, line: Line) -> bool:
    """Lines of which nothing is known about the space between them."""
    del above, line
    return False


Read = Callable[[bytes | str, str], Document]
Placed = tuple[float, float, float, str]
MakePdf = Callable[[Sequence[Sequence[Placed]]], bytes]


def column(*lines: str, top: float = 700) -> list[Placed]:
    """The lines below one another, 14 points apart; an empty line is left as a gap of half a line."""
    placed, y = [], top
    for line in lines:
        if line:
            placed.append((72.0, y, 11.0, line))
        y -= 14 if line else 7
    return placed


def rewritten(data: bytes, change: Callable[[PdfWriter], object]) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def page_texts(document: Document) -> list[str]:
    return [document.text[page.start : page.end].strip() for page in document.pages]


def test_lines_stay_lines_and_gaps_become_blank_lines(read: Read, pdf: MakePdf) -> None:
    document = read(
        pdf([column("§ 1 Syfte", "", "Parterna på sjön ska", "samverka.", "", "Nytt stycke")]), "a.pdf"
    )
    assert document.text == "§ 1 Syfte\n\nParterna på sjön ska\nsamverka.\n\nNytt stycke\n"
    assert document.format is FileFormat.PDF


def test_the_pages_tile_the_text(read: Read, pdf: MakePdf) -> None:
    document = read(pdf([column("Sida ett"), column("Andra sidan"), column("Tredje")]), "a.pdf")
    assert page_texts(document) == ["Sida ett", "Andra sidan", "Tredje"]
    assert [page.number for page in document.pages] == [1, 2, 3]
    assert document.pages[0].start == 0
    assert document.pages[-1].end == len(document.text)
    assert [page.end for page in document.pages][:-1] == [page.start for page in document.pages][1:]


def test_a_sentence_goes_on_over_the_page_break_without_a_blank_line(read: Read, pdf: MakePdf) -> None:
    pages = [column("Parterna ska"), column("samverka."), column("Nytt"), [], column("stycke")]
    assert read(pdf(pages), "a.pdf").text == "Parterna ska\nsamverka.\n\nNytt\n\nstycke\n"


def test_a_word_broken_at_the_line_end_is_made_whole(read: Read, pdf: MakePdf) -> None:
    lines = column("Avtalet om kompetens-", "försörjning, forsknings-", "och utbildningsfrågor")
    assert read(pdf([lines]), "a.pdf").text == (
        "Avtalet om kompetensförsörjning,\nforsknings-\noch utbildningsfrågor\n"
    )


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["kompetens-", "försörjning nu"], ["kompetensförsörjning", "nu"]),
        (["kompetens\u00ad", "försörjning."], ["kompetensförsörjning.", ""]),
        (["kompetens\u2010", "försörjning"], ["kompetensförsörjning", ""]),
        (["forsknings-", "och utbildning"], ["forsknings-", "och utbildning"]),
        (["EU-", "kommissionen säger"], ["EU-kommissionen", "säger"]),
        (["e-", "post till"], ["e-post", "till"]),
        (["ett 50-", "tal ytor"], ["ett 50-", "tal ytor"]),
        (["Syd-", "Sverige"], ["Syd-", "Sverige"]),
        (["den – ", "alltså"], ["den – ", "alltså"]),
        (["hälso-vård", "nära hälso-", "vård"], ["hälso-vård", "nära hälso-vård", ""]),
        (["slut\u00ad", "12 §"], ["slut-", "12 §"]),
    ],
)
def test_hyphens_at_the_line_end(lines: list[str], joined: list[str]) -> None:
    join_broken_words(lines, frozenset())
    assert lines == joined


def test_one_long_line_takes_no_time_to_speak_of() -> None:
    long = "a" * 500_000
    start = time.monotonic()
    lines = [long, "1 " * 250_000, long + "_b-", "slut"]
    join_broken_words(lines, frozenset())
    furniture_lines([[Line(line) for line in lines]] * 3)
    assert time.monotonic() - start < 5


def test_repeated_headers_footers_and_page_numbers_are_furniture(read: Read, pdf: MakePdf) -> None:
    pages = [
        [
            (72.0, 800.0, 9.0, "Sjököpings kommun Dnr KS 2024/12"),
            *column(f"§ {number} Rubrik nummer {number}", "Samma mening på varje sida."),
            (72.0, 40.0, 9.0, f"Sida {number} (4)"),
            (300.0, 25.0, 9.0, f"Version 2 s. {number}"),
        ]
        for number in (1, 2, 3, 4)
    ]
    document = read(pdf(pages), "a.pdf")
    marked = "\n".join(document.text[span.start : span.end] for span in document.furniture)
    assert marked.count("Dnr KS 2024/12") == 4
    assert [f"Sida {number} (4)" in marked for number in (1, 2, 3, 4)] == [True] * 4
    assert marked.count("Version 2 s.") == 4
    assert "Rubrik" not in marked
    assert "Samma mening" not in marked


def test_what_counts_parts_of_the_agreement_is_no_page_number() -> None:
    pages = [[Line(f"Bilaga {number}"), Line(f"{number}."), Line(f"§ {number}")] for number in (1, 2, 3)]
    assert furniture_lines(pages) == [frozenset()] * 3


def test_a_lone_number_on_the_only_page_may_be_an_amount() -> None:
    assert furniture_lines([[Line("Antal"), Line("1")]]) == [frozenset()]
    assert furniture_lines([[Line("Text"), Line("Sida 1 av 1")]]) == [frozenset({1})]


def test_bookmarks_that_stand_on_their_page_become_headings(read: Read, pdf: MakePdf) -> None:
    def mark(writer: PdfWriter) -> None:
        parent = writer.add_outline_item(title="§ 1 Syfte", page_number=0)
        writer.add_outline_item(title="1.1 Mål", page_number=1, parent=parent)
        writer.add_outline_item(title="En rubrik på två rader", page_number=1)
        writer.add_outline_item(title="Finns inte", page_number=1)

    pages = [column("§ 1 Syfte", "Text"), column("1.1 Mål", "Text", "", "En rubrik", "på två rader", "Text")]
    document = read(rewritten(pdf(pages), mark), "a.pdf")
    assert [(document.text[at.start : at.end], at.level) for at in document.headings] == [
        ("§ 1 Syfte", 1),
        ("1.1 Mål", 2),
        ("En rubrik på två rader", 1),
    ]


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("Samverkansavtal om bad", "Samverkansavtal om bad"),
        ("Microsoft Word - avtal.doc", None),
        ("avtal_slutversion_3", None),
        ("Dokument1", None),
        ("C:\\temp\\avtal", None),
        ("20240112", None),
    ],
)
def test_title(read: Read, pdf: MakePdf, stated: str, title: str | None) -> None:
    data = rewritten(pdf([column("Text")]), lambda writer: writer.add_metadata({"/Title": stated}))
    assert read(data, "a.pdf").title == title


def test_a_pdf_without_text_needs_ocr(read: Read, pdf: MakePdf) -> None:
    with pytest.raises(ReadError, match="3 sidor") as caught:
        read(pdf([[], [], []]), "a.pdf")
    assert caught.value.status is ReadStatus.NEEDS_OCR
    assert "inget syns på dem" in caught.value.reason


def test_pages_without_text_are_named(read: Read, pdf: MakePdf) -> None:
    document = read(pdf([column("Ett"), [], column("Tre"), [], []]), "a.pdf")
    assert document.warnings == ("3 av 5 sidor har ingen text (sida 2, 4–5); de är inte sökbara",)
    assert page_texts(document) == ["Ett", "", "Tre", "", ""]


def test_text_beyond_the_edge_of_the_page_is_left_out_and_said(read: Read, pdf: MakePdf) -> None:
    page = [*column("Avtalet gäller"), (72.0, -500.0, 11.0, "Dolt"), (900.0, 300.0, 11.0, "Dolt")]
    document = read(pdf([page]), "a.pdf")
    assert document.text == "Avtalet gäller\n"
    assert document.warnings == ("dold text på 2 ställen utelämnades, det första: ”Dolt”",)


SHOWN = "0 g BT /F1 11 Tf 1 0 0 1 72 700 Tm (Avtalet) Tj ET "


def drawn(pdf: MakePdf, content: str) -> bytes:
    """A page that is drawn so, in the fonts of `pdf`."""

    def change(writer: PdfWriter) -> None:
        stream = StreamObject()
        stream.set_data(content.encode("cp1252"))
        writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)

    return rewritten(pdf([column("a")]), change)


@pytest.mark.parametrize(
    "words",
    [
        "1 g BT /F1 11 Tf 1 0 0 1 72 600 Tm (Dolt villkor) Tj ET",
        "1 1 1 rg BT /F1 11 Tf 1 0 0 1 130 700 Tm (Dolt villkor) Tj ET",
        "BT /F1 0.5 Tf 1 0 0 1 72 600 Tm (Dolt villkor) Tj ET",
        "BT /F1 11 Tf 0.01 0 0 0.01 120 700 Tm (Dolt villkor) Tj ET",
        "BT 3 Tr /F1 11 Tf 1 0 0 1 72 600 Tm (Dolt villkor) Tj ET",
        "BT /F1 11 Tf 1 0 0 1 900 700 Tm (Dolt villkor) Tj ET",
        "BT /F1 11 Tf 1 0 0 1 -900 600 Tm (Dolt villkor) Tj ET",
        "0.2 g 72 500 200 20 re f 1 g BT /F1 11 Tf 1 0 0 1 72 600 Tm (Dolt villkor) Tj ET",
        "1 g BT /F1 11 Tf 1 0 0 1 72 600 Tm (Dolt villkor) Tj ET 0 g 70 595 200 20 re f",
    ],
)
def test_words_that_nobody_sees_are_left_out_and_said(read: Read, pdf: MakePdf, words: str) -> None:
    document = read(drawn(pdf, SHOWN + words), "a.pdf")
    assert document.text == "Avtalet\n"
    assert document.warnings == ("dold text på 1 ställe utelämnades, det första: ”Dolt villkor”",)


@pytest.mark.parametrize(
    "words",
    [
        "0.2 g 70 595 200 20 re f 1 g BT /F1 11 Tf 1 0 0 1 72 600 Tm (Syns på svart) Tj ET",
        "0.9 g BT /F1 11 Tf 1 0 0 1 72 600 Tm (Syns på svart) Tj ET",
        "BT /F1 1 Tf 11 0 0 11 72 600 Tm (Syns på svart) Tj ET",
        "1 g 1 Tr BT /F1 11 Tf 1 0 0 1 72 600 Tm (Syns på svart) Tj ET",
    ],
)
def test_words_that_show_are_read(read: Read, pdf: MakePdf, words: str) -> None:
    document = read(drawn(pdf, SHOWN + words), "a.pdf")
    assert document.text.split() == ["Avtalet", "Syns", "på", "svart"]
    assert document.warnings == ()


def test_of_a_line_over_the_edge_what_is_on_the_page_is_read(read: Read, pdf: MakePdf) -> None:
    document = read(drawn(pdf, f"BT /F1 11 Tf 1 0 0 1 72 600 Tm (Syns{' ' * 400}dolt) Tj ET"), "a.pdf")
    assert document.text == "Syns\n"
    assert document.warnings == ("dold text på 1 ställe utelämnades, det första: ”dolt”",)


def test_a_pdf_whose_every_word_is_hidden_is_not_read(read: Read, pdf: MakePdf) -> None:
    with pytest.raises(ReadError) as refused:
        read(drawn(pdf, "1 g BT /F1 11 Tf 1 0 0 1 72 600 Tm (Dolt villkor) Tj ET"), "a.pdf")
    assert refused.value.status is ReadStatus.NEEDS_OCR


def test_a_turned_page_keeps_its_paragraphs(read: Read, pdf: MakePdf) -> None:
    data = pdf([column("Ett", "två", "", "Nytt stycke")])
    turned = rewritten(data, lambda writer: writer.pages[0].rotate(180))
    assert read(turned, "a.pdf").text.split() == ["Ett", "två", "Nytt", "stycke"]


def test_a_locked_pdf_is_encrypted_and_one_with_an_empty_password_opens(read: Read, pdf: MakePdf) -> None:
    data = pdf([column("Hemligt")])
    locked = rewritten(data, lambda writer: writer.encrypt("hemligt", algorithm="RC4-128"))
    with pytest.raises(ReadError, match="lösenord") as caught:
        read(locked, "a.pdf")
    assert caught.value.status is ReadStatus.ENCRYPTED
    open_to_all = rewritten(data, lambda writer: writer.encrypt("", "ägare", algorithm="RC4-128"))
    assert read(open_to_all, "b.pdf").text == "Hemligt\n"


def test_a_broken_pdf_is_refused_with_the_reason(read: Read, pdf: MakePdf) -> None:
    with pytest.raises(ReadError, match="trasig") as caught:
        read(b"%PDF-1.7\n" + bytes(500), "a.pdf")
    assert caught.value.status is ReadStatus.REFUSED
    with pytest.raises(ReadError) as caught:
        read(pdf([]), "b.pdf")
    assert caught.value.status is ReadStatus.REFUSED


def test_pypdf_gives_the_lines_that_pdfium_would(pdf: MakePdf) -> None:
    found = pypdf_text(pdf([column("Sjöar på landet", "Andra raden")]))
    assert [[line.text for line in page] for page in found.pages] == [["Sjöar på landet", "Andra raden"]]


def test_a_page_that_pypdf_cannot_read_costs_itself_alone_and_is_named(read: Read, pdf: MakePdf) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(pdf([column("Sida ett"), column("Andra sidan")])))
    content = writer.pages[1]["/Contents"].get_object()
    assert isinstance(content, StreamObject)
    content[NameObject("/Filter")] = NameObject("/Okänt")
    written = io.BytesIO()
    writer.write(written)
    late = b"\n" * 1100 + written.getvalue()  # pdfium looks for the start in the first kilobyte alone
    document = read(late, "a.pdf")
    assert document.text.strip() == "Sida ett"
    assert document.warnings == ("1 av 2 sidor har ingen text (sida 2); de är inte sökbara",)


def test_a_pdf_named_txt_is_read_as_a_pdf_and_said(read: Read, pdf: MakePdf) -> None:
    document = read(pdf([column("Avtal")]), "a.txt")
    assert document.format is FileFormat.PDF
    assert "PDF" in document.warnings[0]


def test_larger_lines_are_headings_and_a_wrapped_heading_is_one_line(read: Read, pdf: MakePdf) -> None:
    page = [
        (72.0, 760.0, 20.0, "Samverkansavtal mellan"),
        (72.0, 738.0, 20.0, "kommunen och högskolan"),
        (72.0, 700.0, 13.0, "§ 1 Syfte"),
        *column("Parterna ska samverka om utbildning och forskning.", top=684),
        (72.0, 650.0, 13.0, "§ 2 Mål"),
        (72.0, 634.0, 13.0, "§ 3 Medel"),
        *column("Parterna bär sina egna kostnader.", "Det gäller hela tiden.", top=618),
    ]
    document = read(pdf([page]), "a.pdf")
    assert [(document.text[at.start : at.end], at.level) for at in document.headings] == [
        ("Samverkansavtal mellan kommunen och högskolan", 1),
        ("§ 1 Syfte", 2),
        ("§ 2 Mål", 2),
        ("§ 3 Medel", 2),
    ]


def test_a_bold_line_is_a_heading_above_running_text_and_not_as_a_table_head() -> None:
    def line(row: int, text: str, bold: bool = False) -> Line:
        return Line(text, row * 0.02, row * 0.02 + 0.015, 12.0, bold)

    page = (
        line(1, "Syfte", bold=True),
        line(2, "Parterna ska samverka."),
        line(4, "År Belopp", bold=True),
        line(5, "2024 5 mnkr"),
        line(7, "Avtalstid", bold=True),
        line(8, "Avtalet gäller till och med den 31 december."),
    )
    assert heading_levels(PdfText((page,)), [frozenset()], no_gap) == [{0: HeadingRows(1), 4: HeadingRows(1)}]
    assert heading_levels(PdfText((page[:4],)), [frozenset()], no_gap) == [{}]


def test_what_is_filled_in_a_form_is_read(read: Read, pdf: MakePdf) -> None:
    def fill(writer: PdfWriter) -> None:
        shown = StreamObject()
        shown.set_data(b"BT /F1 11 Tf 2 4 Td (Ifylld part) Tj ET")
        shown.update(
            {
                NameObject("/Type"): NameObject("/XObject"),
                NameObject("/Subtype"): NameObject("/Form"),
                NameObject("/BBox"): ArrayObject(map(FloatObject, (0, 0, 200, 20))),
                NameObject("/Resources"): writer.pages[0]["/Resources"],
            }
        )
        widget = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Widget"),
                NameObject("/F"): NumberObject(4),
                NameObject("/Rect"): ArrayObject(map(FloatObject, (72, 600, 272, 620))),
                NameObject("/AP"): DictionaryObject({NameObject("/N"): writer._add_object(shown)}),
            }
        )
        writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(widget)])

    document = read(rewritten(pdf([column("Part:")]), fill), "a.pdf")
    assert document.text == "Part:\n\nIfylld part\n"
