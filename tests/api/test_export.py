"""Official notes: the same content in three formats, each quote with its place and hash."""

from __future__ import annotations

import csv
import gc
import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.xmlchemy import BaseOxmlElement
from fastapi.testclient import TestClient

from api.export.markdown import as_markdown
from api.export.note import Entry, Note, Quote, note_of
from api.export.table import COLUMNS, as_csv
from api.export.word import as_docx
from corpus.types import Span, sha256_of_text
from indexer.store import open_index
from retriever.answer import ask
from retriever.citation import cite
from retriever.engine import Engine, open_engine

SUBJECT = "vilka avtal omfattar kompetensförsörjning?"
DAY = date(2026, 3, 14)
SHA = "ab" * 32
SHORT = Quote(
    "- 5 * 3 = [15]\n=1+1 & <b>", "§ 1 Räkning", "s. 2–3", 10, 36, SHA, "https://a.se/avtal/x?start=10", True
)
NOTE = Note(
    question="hur många?", day=DAY, generation="000001-abc", statement="Det är 15.", short_answer="15", reason="",
    understood=("Part: Granboda kommun",), searched=4, address="https://a.se",
    entries=(Entry("x", "Avtal *om* tal", "Källa", ("Granboda kommun", "Tal AB"), "2024-05-02", "2024-06-01", "tills vidare", "x.txt", SHA, (SHORT,)),),
)  # fmt: skip


def note(engine: Engine, question: str) -> Note:
    return note_of(engine, question, ask(engine, question), "https://a.se", DAY)


@pytest.fixture(scope="module")
def opened(index: Path) -> Engine:
    return open_engine(index)


def test_a_note_holds_every_agreement_with_its_quotes_and_hashes(opened: Engine) -> None:
    made = note(opened, SUBJECT)
    answer = ask(opened, SUBJECT)
    assert (made.question, made.statement, made.searched) == (SUBJECT, answer.statement, 4)
    assert [entry.agreement_id for entry in made.entries] == [a.agreement_id for a in answer.agreements]
    assert {entry.group for entry in made.entries} <= {"Uttryckligt", "Närliggande"}
    assert made.entries[0].group == "Uttryckligt"
    for entry in made.entries:
        text = opened.index.agreements[entry.agreement_id].text
        assert entry.file_sha256 == opened.index.manifest.sources[entry.file]
        assert entry.quotes
        for quote in entry.quotes:
            assert text[quote.start : quote.end] == quote.text
            assert quote.text_sha256 == sha256_of_text(text)


def test_a_quote_inside_another_is_not_repeated(opened: Engine) -> None:
    answer = ask(opened, "Till när gäller hyresavtalet?")
    agreement = opened.index.agreements["hyra/ladan"]
    sentence = answer.citations[0]
    words = cite(agreement, Span(sentence.start, sentence.start + 7))
    for citations in ((sentence, words), (words, sentence), (words, sentence, sentence)):
        made = note_of(opened, "q", replace(answer, citations=citations), "https://a.se", DAY)
        assert [quote.text for quote in made.entries[0].quotes] == [sentence.quote]


def test_a_note_of_a_fact_gives_the_dates_of_its_source(opened: Engine) -> None:
    made = note(opened, "Till när gäller hyresavtalet?")
    assert made.short_answer == "till och med den 31 maj 2031"
    entry = made.entries[0]
    assert (entry.agreement_id, entry.group) == ("hyra/ladan", "Källa")
    assert (entry.valid_from, entry.valid_to) == ("2024-06-01", "2031-05-31")
    assert entry.dates == "gäller från 2024-06-01, till 2031-05-31"
    assert entry.quotes[0].section == "§ 3 Avtalstid"


def test_a_note_of_no_answer_says_why(opened: Engine) -> None:
    made = note(opened, "Vilket avtal reglerar parkeringsplatser?")
    assert made.entries == ()
    assert "parkeringsplatser" in made.reason
    text = as_markdown(made).decode()
    assert "Inget avtal gav stöd för ett svar." in text
    assert len(list(csv.reader(io.StringIO(as_csv(made).decode("utf-8-sig")), delimiter=";"))) == 2


def test_markdown_shows_the_quote_as_it_stands() -> None:
    text = as_markdown(NOTE).decode("utf-8")
    assert text.startswith(
        "# Tjänsteanteckning: sökning i avtal\n\n- **Fråga:** hur många?\n- **Datum:** 2026-03-14\n"
    )
    assert "### Avtal \\*om\\* tal" in text
    assert "> \\- 5 \\* 3 = \\[15\\]  \n> \\=1+1 \\& \\<b\\>\n" in text
    assert "§ 1 Räkning, s. 2–3, tecken 10–36. [Läs i avtalet](<https://a.se/avtal/x?start=10>)." in text
    assert f"`{SHA}`" in text
    assert "läst av en bild" in text


def test_a_table_row_is_whole_and_runs_nothing() -> None:
    written = as_csv(NOTE)
    assert written.startswith(b"\xef\xbb\xbf")
    head, row = csv.reader(io.StringIO(written.decode("utf-8-sig"), newline=""), delimiter=";")
    assert tuple(head) == COLUMNS
    cells = dict(zip(head, row, strict=True))
    assert cells["Citat"] == "'- 5 * 3 = [15]\n=1+1 & <b>"
    assert (cells["Fråga"], cells["Datum"], cells["Svar"]) == ("hur många?", "2026-03-14", "15")
    assert (cells["Gäller från"], cells["Gäller till"], cells["Undertecknat"]) == (
        "2024-06-01",
        "tills vidare",
        "2024-05-02",
    )
    assert (cells["Start"], cells["Slut"], cells["Textens SHA-256"]) == ("10", "36", SHA)
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


def read(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def test_the_document_has_headings_a_table_and_the_quotes() -> None:
    document = read(as_docx(NOTE))
    styled = [(p.style.name, p.text) for p in document.paragraphs if p.text]
    assert styled[0] == ("Title", "Tjänsteanteckning: sökning i avtal")
    assert ("Heading 1", "Källa") in styled
    assert ("Heading 2", "Avtal *om* tal") in styled
    assert ("Quote", SHORT.text) in styled
    whole = "\n".join(text for _, text in styled)
    for words in (
        "Parter: Granboda kommun; Tal AB",
        "undertecknat 2024-05-02, gäller från 2024-06-01",
        SHA,
        "tecken 10–36",
    ):
        assert words in whole
    facts = {row.cells[0].text: row.cells[1].text for row in document.tables[0].rows}
    assert (facts["Fråga"], facts["Datum"], facts["Index"]) == ("hur många?", "2026-03-14", "000001-abc")
    assert (document.core_properties.title, document.core_properties.language) == (
        "Tjänsteanteckning: sökning i avtal",
        "sv-SE",
    )
    assert "2026-03-14, index 000001-abc, sida " in document.sections[0].footer.paragraphs[0].text


def test_a_quote_with_characters_that_xml_cannot_hold_is_still_a_document() -> None:
    odd = Quote("a\x0bb\x00c", "", "", 0, 5, SHA, "", False)
    entry = Entry("x", "t\x1b", "Källa", (), "", "", "", "x.txt", SHA, (odd,))
    made = Note("q\x08", DAY, "g", "s", "", "", (), 1, (entry,), "https://a.se")
    assert "a\ufffdb\ufffdc" in [p.text for p in read(as_docx(made)).paragraphs]


def test_a_document_is_freed_when_it_has_been_written() -> None:
    """Each once kept five megabytes until a full collection, which a busy server seldom makes."""
    gc.collect()
    gc.disable()
    try:
        before = _elements()
        as_docx(NOTE)
        assert _elements() == before
    finally:
        gc.enable()


def _elements() -> int:
    """XML elements that are alive; one keeps its whole document."""
    return sum(issubclass(type(each), BaseOxmlElement) for each in gc.get_objects())


@pytest.mark.parametrize(
    ("format", "kind"),
    [
        ("md", "text/markdown; charset=utf-8"),
        ("csv", "text/csv; charset=utf-8"),
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)
def test_a_note_is_downloaded_in_each_format(client: TestClient, index: Path, format: str, kind: str) -> None:
    reply = client.get("/api/export", params={"q": SUBJECT, "format": format})
    assert (reply.status_code, reply.headers["content-type"]) == (200, kind)
    named = f'attachment; filename="avtalssok-{date.today().isoformat()}.{format}"'
    assert reply.headers["content-disposition"] == named
    if format != "docx":
        assert open_index(index).generation in reply.text
        assert "http://testserver/avtal/" in reply.text


def test_filters_hold_for_a_note_and_other_formats_are_refused(client: TestClient) -> None:
    narrowed = client.get("/api/export", params={"q": SUBJECT, "party": "Simlaget AB"}).text
    assert "badet" in narrowed
    assert "skola/åkerby" not in narrowed
    assert "Part: Simlaget AB" in narrowed
    assert client.get("/api/export?q=hyra&format=pdf").status_code == 422
    assert client.get("/api/export?q=").status_code == 400
