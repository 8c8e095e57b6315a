from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from corpus.card import agreement_from
from corpus.reading.document import read_document
from corpus.reading.hocr import ReadLine, Word, lines_of, with_signs
from corpus.reading.tesseract import OcrFailedError, OcrMissingError, Picture, Recognise, recognise_here
from corpus.reading.waiting import waits_for_ocr
from corpus.sandbox import Limits, Reader
from corpus.types import Document, ReadError, ReadStatus, Span
from retriever.citation import cite

Placed = tuple[float, float, float, str]
Pdf = Callable[[Sequence[Sequence[Placed]]], bytes]


def has_tesseract() -> bool:
    program = shutil.which("tesseract")
    if program is None:
        return False
    listed = subprocess.run(
        [program, "--list-langs"], capture_output=True, text=True, check=False
    ).stdout.split()
    return not {"swe", "Latin", "script/Latin"}.isdisjoint(listed)


needs_tesseract = pytest.mark.skipif(
    not has_tesseract(), reason="Tesseract with Swedish is not installed (make setup-ocr): OCR is not tested"
)

SCANNED = [
    (70.0, 780.0, 14.0, "§ 1 Syfte"),
    (70.0, 750.0, 12.0, "Parterna ska sköta badvattnet i Örlången."),
    (70.0, 700.0, 14.0, "§ 2 Ersättning"),
    (70.0, 670.0, 12.0, "Ersättningen är 12 500 kronor per år."),
]
TYPED = [(70.0, 780.0, 12.0, "Den här sidan har text.")]


def scanned(pdf: bytes, pages: Sequence[int], turn: int = 0) -> bytes:
    """The PDF with the named pages as pictures, turned."""
    with pypdfium2.PdfDocument(pdf) as old, pypdfium2.PdfDocument.new() as new:
        for at in range(len(old)):
            if at not in pages:
                new.import_pages(old, [at])
                continue
            drawn = (
                old[at].render(scale=200 / 72, grayscale=True).to_pil().convert("L").rotate(turn, expand=True)
            )
            written = io.BytesIO()
            Image.Image.save(drawn, written, format="PDF", resolution=200)
            with pypdfium2.PdfDocument(written.getvalue()) as page:
                new.import_pages(page)
        out = io.BytesIO()
        new.save(out)
    return out.getvalue()


def read_with(data: bytes, recognise: Recognise, folder: Path, name: str = "a.pdf") -> Document:
    (folder / name).write_bytes(data)
    return read_document(folder / name, name, recognise)


def fake(*texts: str, sure: int = 90) -> Recognise:
    """Reads these lines on every page, one below the other."""

    def recognise(picture: Picture) -> tuple[ReadLine, ...]:
        assert len(picture.grey) == picture.width * picture.height
        return tuple(
            ReadLine((Word(text, (0, 0, 9, 9), sure),), 100 + 40 * at, 30) for at, text in enumerate(texts)
        )

    return recognise


def missing(_picture: Picture) -> tuple[ReadLine, ...]:
    raise OcrMissingError("textigenkänning (OCR) är inte installerad: kör make setup-ocr")


def failing(_picture: Picture) -> tuple[ReadLine, ...]:
    raise OcrFailedError("textigenkänningen tog mer än 120 sekunder")


def test_only_the_page_without_text_is_read_and_marked(tmp_path: Path, pdf: Pdf) -> None:
    data = scanned(pdf([TYPED, SCANNED, []]), [1])
    document = read_with(data, fake("§ 1 Syfte", "Läst."), tmp_path)
    assert document.text.strip() == "Den här sidan har text.\n\n§ 1 Syfte\nLäst."
    assert [page.ocr for page in document.pages] == [False, True, False]
    assert document.warnings == (
        "1 av 3 sidor har ingen text (sida 3); de är inte sökbara",
        "1 av 3 sidor är läst med textigenkänning (OCR) och kan ha läsfel",
    )


def test_a_citation_says_that_its_page_was_read_by_ocr(tmp_path: Path, pdf: Pdf) -> None:
    document = read_with(scanned(pdf([TYPED, SCANNED]), [1]), fake("§ 1 Syfte", "Läst."), tmp_path)
    agreement = agreement_from(document, "a")
    typed, read = document.text.index("Den här"), document.text.index("Läst.")
    assert cite(agreement, Span(typed, typed + 10)).ocr is False
    assert cite(agreement, Span(read, read + 5)).ocr is True


def test_a_scan_attached_to_a_message_keeps_its_mark(tmp_path: Path, pdf: Pdf) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@b.example", "Bad"
    message.set_content("Hej")
    message.add_attachment(
        scanned(pdf([SCANNED]), [0]), maintype="application", subtype="pdf", filename="s.pdf"
    )
    document = read_with(message.as_bytes(), fake("Läst."), tmp_path, "a.eml")
    assert [document.text[span.start : span.end].strip() for span in document.ocr] == ["Läst."]
    start = document.text.index("Läst.")
    assert document.read_by_ocr(Span(start, start + 1))
    assert not document.read_by_ocr(Span(0, 3))


@pytest.mark.parametrize(
    ("recognise", "words"),
    [(missing, "make setup-ocr"), (failing, "sida 1 kunde inte läsas med OCR"), (fake(), "hittade inga ord")],
)
def test_a_scan_that_nothing_reads_needs_ocr(
    tmp_path: Path, pdf: Pdf, recognise: Recognise, words: str
) -> None:
    with pytest.raises(ReadError, match=words) as caught:
        read_with(scanned(pdf([SCANNED]), [0]), recognise, tmp_path)
    assert caught.value.status is ReadStatus.NEEDS_OCR


def test_pages_that_were_not_read_are_said_beside_those_with_text(tmp_path: Path, pdf: Pdf) -> None:
    data = scanned(pdf([TYPED, SCANNED]), [1])
    for recognise, words in ((missing, "make setup-ocr"), (failing, "sida 2 kunde inte läsas med OCR")):
        document = read_with(data, recognise, tmp_path)
        assert document.text.strip() == "Den här sidan har text."
        assert any(words in warning for warning in document.warnings)


def test_noise_is_left_out_and_doubt_is_said(tmp_path: Path, pdf: Pdf) -> None:
    def recognise(_picture: Picture) -> tuple[ReadLine, ...]:
        return (*fake("Klar text", sure=60)(_picture), *fake("~;|", "fläckar", sure=10)(_picture))

    document = read_with(scanned(pdf([SCANNED]), [0]), recognise, tmp_path)
    assert document.text == "Klar text\n"
    assert document.warnings[1:] == (
        "sida 1: 2 rader var oläsliga för OCR och utelämnades",
        "sida 1: OCR är osäker på texten (60 av 100); jämför med originalet",
    )


_HOCR = """
 <span class='ocr_line' id='l' title="bbox 0 10 100 40; baseline 0.1 -6; x_size 30; textangle 90">
  <span class='ocrx_word' id='w' title='bbox 0 10 20 40; x_wconf 80'>8</span>
  <span class='ocrx_word' id='w' title='bbox 25 10 100 40; x_wconf 96'><strong>A &amp; B</strong></span>
 </span>
 <span class='ocr_line' id='m' title="bbox 0 50 10 60"><span class='ocrx_word' title='bbox 0 50 9 60; x_wconf 9'> </span></span>
"""


def test_hocr_lines_have_words_places_and_doubt() -> None:
    (line,) = lines_of(_HOCR)
    assert line.text == "8 A & B"
    assert (line.base, line.height, line.angle) == (40 - 6 + 5, 30, 90)
    assert line.sure == (80 * 1 + 96 * 5) / 6


def test_signs_that_the_swedish_model_lacks_come_from_the_other_reading() -> None:
    swedish = ReadLine(
        (Word("81", (0, 0, 50, 20), 80), Word("Syfte", (60, 0, 99, 20), 90), Word("5", (110, 0, 120, 20), 90),
         Word("96", (125, 0, 140, 20), 60)), 18, 20,
    )  # fmt: skip
    english = ReadLine(
        (Word("§", (0, 0, 20, 20), 90), Word("1", (30, 0, 50, 20), 90), Word("Syfte", (60, 0, 99, 20), 90),
         Word("5", (110, 0, 120, 20), 90), Word("%", (125, 0, 140, 20), 90)), 18, 20,
    )  # fmt: skip
    assert with_signs([swedish], [english], "§%")[0].text == "§ 1 Syfte 5 %"


@needs_tesseract
@pytest.mark.parametrize("turn", [0, 90])
def test_tesseract_reads_swedish_upright_and_on_its_side(tmp_path: Path, pdf: Pdf, turn: int) -> None:
    document = read_with(scanned(pdf([SCANNED]), [0], turn), recognise_here, tmp_path)
    assert list(filter(None, document.text.split("\n"))) == [text for _, _, _, text in SCANNED]


@needs_tesseract
def test_a_scan_is_read_from_inside_the_limited_child(tmp_path: Path, pdf: Pdf) -> None:
    (tmp_path / "a.pdf").write_bytes(scanned(pdf([TYPED, SCANNED]), [1]))
    with Reader() as reader:
        document = reader.read(tmp_path / "a.pdf", "a.pdf")
    assert [page.ocr for page in document.pages] == [False, True]
    assert "Parterna ska sköta badvattnet i Örlången." in document.text


@needs_tesseract
def test_without_time_for_ocr_the_pages_stay_unread_and_it_is_said(tmp_path: Path, pdf: Pdf) -> None:
    (tmp_path / "a.pdf").write_bytes(scanned(pdf([TYPED, SCANNED]), [1]))
    with Reader(Limits(seconds=4, ocr_seconds=1)) as reader:
        document = reader.read(tmp_path / "a.pdf", "a.pdf")
    assert document.text.strip() == "Den här sidan har text."
    assert any("tiden för textigenkänning av en fil är slut" in warning for warning in document.warnings)


def test_text_recognition_can_be_switched_off(tmp_path: Path, pdf: Pdf) -> None:
    (tmp_path / "a.pdf").write_bytes(scanned(pdf([TYPED, SCANNED]), [1]))
    with Reader(Limits(ocr_seconds=0)) as reader:
        document = reader.read(tmp_path / "a.pdf", "a.pdf")
    assert document.text.strip() == "Den här sidan har text."
    assert any("--no-ocr" in warning for warning in document.warnings)


def test_a_pdf_waits_for_ocr_only_while_a_page_that_is_not_blank_was_not_read_for_want_of_it(
    tmp_path: Path, pdf: Pdf
) -> None:
    """A PDF with text on some pages was never read anew when Tesseract had been installed."""
    data = scanned(pdf([TYPED, SCANNED]), [1])
    assert waits_for_ocr(read_with(data, missing, tmp_path))
    assert not waits_for_ocr(read_with(data, fake("Läst."), tmp_path))
    assert not waits_for_ocr(read_with(data, failing, tmp_path))
    assert not waits_for_ocr(read_with(pdf([TYPED, []]), missing, tmp_path))
