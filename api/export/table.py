"""The note as a table (CSV) that Swedish spreadsheet programs open as it is."""

from __future__ import annotations

import csv
import io

from api.cells import harmless
from api.export.note import Entry, Note, Quote

COLUMNS = (
    "Fråga", "Datum", "Index", "Svar", "Grupp", "Avtal", "Avtals-id", "Parter", "Undertecknat", "Gäller från",
    "Gäller till", "Avsnitt", "Sidor", "Citat", "Start", "Slut", "Textens SHA-256", "Fil", "Filens SHA-256", "Länk",
)  # fmt: skip


def as_csv(note: Note) -> bytes:
    """UTF-8 with a byte-order mark, semicolons, a row a quote; an answer without quotes has one row.

    A cell that a spreadsheet would run as a formula gets an apostrophe first.
    """
    written = io.StringIO()
    table = csv.writer(written, delimiter=";", lineterminator="\r\n")
    table.writerow(COLUMNS)
    for row in _rows(note):
        table.writerow([harmless(cell) for cell in row])
    return written.getvalue().encode("utf-8-sig")


def _rows(note: Note) -> list[tuple[str, ...]]:
    asked = (note.question, note.day.isoformat(), note.generation, note.short_answer or note.statement)
    rows = [
        (*asked, *_about(entry), *_quoted(quote), entry.file, entry.file_sha256, quote.url if quote else "")
        for entry in note.entries
        for quote in entry.quotes or (None,)
    ]
    return rows or [(*asked, *[""] * (len(COLUMNS) - len(asked)))]


def _about(entry: Entry) -> tuple[str, ...]:
    named = (entry.group, entry.title, entry.agreement_id, "; ".join(entry.parties))
    return (*named, entry.signed, entry.valid_from, entry.valid_to)


def _quoted(quote: Quote | None) -> tuple[str, ...]:
    if quote is None:
        return ("",) * 6
    place = (quote.section, quote.pages, quote.text, str(quote.start), str(quote.end))
    return (*place, quote.text_sha256)
