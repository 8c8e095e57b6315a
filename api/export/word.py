"""The note as a Word document."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, time
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from api.export.note import Entry, Note, Quote
from api.export.wording import CHECK, NO_ENTRIES, OCR, TITLE, about, facts, place

_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_GREY = RGBColor(0x55, 0x55, 0x55)
FONT = "Calibri"
LANGUAGE = "sv-SE"
SMALL = Pt(8.5)


def as_docx(note: Note) -> bytes:
    """A .docx with heading styles, so that it can be navigated and read aloud. Dated the note's day."""
    document = docx.Document()
    _prepare(document, note)
    document.add_heading(TITLE, level=0)
    _table(document, note)
    if not note.entries:
        document.add_paragraph(NO_ENTRIES)
    group = ""
    for entry in note.entries:
        if entry.group != group:
            group = entry.group
            document.add_heading(group, level=1)
        _entry(document, entry)
    _small(document.add_paragraph(), CHECK)
    written = io.BytesIO()
    document.save(written)
    _take_apart(document)
    return written.getvalue()


def _take_apart(document: Any) -> None:
    """Free the document and its parts, which python-docx ties to each other: five megabytes would wait for a full collection."""
    for tied in [*document.part.package.iter_parts(), document]:
        vars(tied).clear()


def _prepare(document: Any, note: Note) -> None:
    """Page, fonts, language, properties, and the page number at the foot."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.2)
    for name, size in (("Normal", 10.5), ("Title", 20), ("Heading 1", 14), ("Heading 2", 12)):
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGE)
    document.styles["Normal"].element.get_or_add_rPr().append(language)
    properties = document.core_properties
    properties.title, properties.author, properties.language = TITLE, "Avtalssök", LANGUAGE
    properties.comments = ""
    properties.created = properties.modified = datetime.combine(note.day, time(), UTC)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _small(foot, f"{note.day.isoformat()}, index {note.generation}, sida ")
    _page_number(foot)


def _page_number(paragraph: Any) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    shown = paragraph.add_run("1")
    shown.font.size, shown.font.color.rgb = SMALL, _GREY
    field.append(shown._r)


def _table(document: Any, note: Note) -> None:
    told = facts(note)
    table = document.add_table(rows=len(told), cols=2, style="Table Grid")
    table.autofit = False
    for row, (name, value) in enumerate(told):
        cells = table.row_cells(row)  # those of the row itself stay in a knot with the document
        cells[0].width, cells[1].width = Cm(3.8), Cm(12.2)
        cells[0].paragraphs[0].add_run(name).bold = True
        cells[1].paragraphs[0].add_run(_xml(value))
    document.add_paragraph()


def _entry(document: Any, entry: Entry) -> None:
    document.add_heading(_xml(entry.title), level=2)
    for name, value in about(entry):
        line = document.add_paragraph()
        line.paragraph_format.space_after = Pt(0)
        line.paragraph_format.keep_with_next = True
        _small(line, f"{name}: {value}")
    for quote in entry.quotes:
        _quote(document, quote)


def _quote(document: Any, quote: Quote) -> None:
    quoted = document.add_paragraph(_xml(quote.text), style="Quote")
    quoted.paragraph_format.left_indent = Cm(0.8)
    quoted.paragraph_format.space_before = Pt(8)
    quoted.paragraph_format.space_after = Pt(2)
    quoted.paragraph_format.keep_with_next = True
    source = document.add_paragraph()
    source.paragraph_format.left_indent = Cm(0.8)
    _small(source, f"{place(quote)}. Textens SHA-256: {quote.text_sha256}. {quote.url}")
    if quote.ocr:
        _small(document.add_paragraph(), OCR)


def _small(paragraph: Any, text: str) -> None:
    run = paragraph.add_run(_xml(text))
    run.font.size, run.font.color.rgb = SMALL, _GREY


def _xml(text: str) -> str:
    """The text with each character that XML cannot hold shown as U+FFFD."""
    return _NOT_XML.sub("\ufffd", text)
