"""The note's fixed words, the same in every format."""

from __future__ import annotations

from api.export.note import Entry, Note, Quote

TITLE = "Tjänsteanteckning: sökning i avtal"
OCR = "Texten är läst av en bild och kan avvika från originalet."
NO_ENTRIES = "Inget avtal gav stöd för ett svar."
CHECK = (
    "Varje citat är ett ordagrant utdrag ur den text som kontrollsumman (SHA-256) namnger; tecknen räknas i den "
    "texten. Citaten kan kontrolleras på nytt med avtal verify eller POST /api/verify. Avtalstexten gäller före "
    "anteckningen."
)


def facts(note: Note) -> tuple[tuple[str, str], ...]:
    """Name and value of what the note says first; only what there is."""
    rows = (
        ("Fråga", note.question),
        ("Datum", note.day.isoformat()),
        ("Svar", note.statement),
        ("Kort svar", note.short_answer),
        ("Skäl", note.reason),
        ("Frågan lästes så", "; ".join(note.understood)),
        ("Genomsökta avtal", str(note.searched)),
        ("Index", note.generation),
        ("Tjänst", note.address),
    )
    return tuple((name, value) for name, value in rows if value)


def about(entry: Entry) -> tuple[tuple[str, str], ...]:
    """Name and value of what is said of an agreement under its title; only what there is."""
    rows = (
        ("Parter", "; ".join(entry.parties)),
        ("Datum", entry.dates),
        ("Avtals-id", entry.agreement_id),
        ("Fil", entry.file),
        ("Filens SHA-256", entry.file_sha256),
    )
    return tuple((name, value) for name, value in rows if value)


def place(quote: Quote) -> str:
    """Where a quote stands: section, page and characters."""
    where = (quote.section, quote.pages, f"tecken {quote.start}–{quote.end}")
    return ", ".join(part for part in where if part)
