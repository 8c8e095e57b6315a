"""Answers and reports as text for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from corpus.report import FileReport
from corpus.types import ReadStatus
from retriever.types import Answer, Citation, Coverage, CoveredAgreement, Hit, Phrased

STATUS_WORDS = {
    ReadStatus.INDEXED: "indexerad",
    ReadStatus.INDEXED_WITH_WARNINGS: "indexerad, med varningar",
    ReadStatus.UNCHANGED: "oförändrad",
    ReadStatus.DUPLICATE: "dubblett",
    ReadStatus.NEEDS_OCR: "behöver OCR",
    ReadStatus.ENCRYPTED: "krypterad",
    ReadStatus.REFUSED: "kunde inte läsas",
    ReadStatus.TIMED_OUT: "tog för lång tid",
}
_QUOTE_LENGTH = 400


def print_report(console: Console, report: Sequence[FileReport]) -> None:
    """One row a file: status, what was found, and why where something is wrong."""
    noted = any(remark(row) for row in report)
    table = Table(box=None, pad_edge=False, header_style="bold", expand=noted)
    table.add_column("Fil", overflow="fold")
    table.add_column("Status", no_wrap=True)
    for name in ("Sidor", "Tecken", "Avsnitt", "Stycken"):
        table.add_column(name, justify="right", no_wrap=True)
    if noted:
        table.add_column("Anmärkning", overflow="fold", min_width=36, ratio=1)
    for row in report:
        counts = ("", "", "", "")
        if row.agreement_id is not None:
            characters = f"{row.characters:,}".replace(",", "\xa0")
            counts = (str(row.pages or "–"), characters, str(row.sections), str(row.passages))
        notes = [Text(remark(row))] if noted else []
        table.add_row(Text(row.path), STATUS_WORDS[row.status], *counts, *notes)
    console.print(table)


def remark(row: FileReport) -> str:
    """What there is to say about a file in words: its reason, and sentences that had to be divided; "" for nothing."""
    said = [row.reason] if row.reason else []
    if row.split_sentences:
        many = "mening är längre" if row.split_sentences == 1 else "meningar är längre"
        said.append(f"{row.split_sentences} {many} än ett stycke får vara och har delats")
    return "; ".join(said)


def print_answer(console: Console, answer: Answer) -> None:
    """The statement, then the agreements or citations with their quotes."""
    for note in answer.interpreted.notes:
        console.print(Text(f"Tolkning: {note}.", style="dim"))
    console.print(Text(answer.statement, style="bold"))
    if answer.reason:
        console.print(Text(answer.reason))
    if answer.phrased is not None:
        _print_phrased(console, answer.phrased)
    names = ("Saknar det", "Osäkert") if answer.interpreted.absent else ("Uttryckligt", "Närliggande")
    for group, coverage in zip(names, (Coverage.EXPLICIT, Coverage.RELATED), strict=True):
        chosen = [agreement for agreement in answer.agreements if agreement.coverage is coverage]
        if chosen:
            console.print()
            console.print(Text(group, style="underline"))
            for agreement in chosen:
                _print_agreement(console, agreement)
    if not answer.agreements:
        for citation in answer.citations:
            console.print()
            _print_citation(console, citation, with_title=True)
    if answer.nearest:
        console.print()
        console.print(Text("Närmaste avtal", style="underline"))
        for near in answer.nearest:
            words = f" (ord i närheten: {', '.join(near.terms)})" if near.terms else ""
            console.print(Text(f"  {near.title} [{near.agreement_id}]{words}"))


def _print_phrased(console: Console, phrased: Phrased) -> None:
    console.print()
    if phrased.text:
        console.print(Padding(Text(phrased.text), (0, 0, 0, 2)))
        console.print(Padding(Text(f"{phrased.mark} ({phrased.model}).", style="dim"), (0, 0, 0, 2)))
    if phrased.note:
        console.print(Padding(Text(phrased.note, style="dim"), (0, 0, 0, 2)))


def _print_agreement(console: Console, agreement: CoveredAgreement) -> None:
    console.print()
    console.print(
        Text(f"  {agreement.title}", style="bold"),
        Text(f"[{agreement.agreement_id}]{' med andra ord' if agreement.otherwise else ''}", style="dim"),
    )
    if agreement.replaced_by:
        console.print(Padding(Text(f"Ersätts av {', '.join(agreement.replaced_by)}"), (0, 0, 0, 4)))
    _print_citation(console, agreement.citations[0], with_title=False)


def _print_citation(console: Console, citation: Citation, with_title: bool) -> None:
    if with_title:
        console.print(
            Text(f"  {citation.title}", style="bold"), Text(f"[{citation.agreement_id}]", style="dim")
        )
    words = " ".join(citation.quote.split())
    shown = words if len(words) <= _QUOTE_LENGTH else f"{words[:_QUOTE_LENGTH].rsplit(' ', 1)[0]} […]"
    console.print(Padding(Text(f"”{shown}”"), (0, 0, 0, 4)))
    console.print(Padding(Text(where(citation), style="dim"), (0, 0, 0, 4)))


def where(citation: Citation) -> str:
    """Section, page and characters of a citation."""
    label = citation.section_label if citation.section_label != citation.title else ""
    section = f"{label}, " if label else ""
    page = ""
    if citation.page_first is not None:
        page = (
            f"s. {citation.page_first}, "
            if citation.page_first == citation.page_last
            else f"s. {citation.page_first}–{citation.page_last}, "
        )
    if citation.ocr:
        page += "OCR, "
    return f"{section}{page}tecken {citation.start}–{citation.end}"


def print_hits(console: Console, found: Sequence[Hit]) -> None:
    """Ranked passages with their words marked."""
    for hit in found:
        text = Text(hit.text)
        for start, end in hit.highlights:
            text.stylize("bold", start, end)
        console.print()
        console.print(
            Text(f"{hit.rank}. {hit.citation.title}", style="bold"),
            Text(f"{hit.score:.2f} [{hit.agreement_id}]", style="dim"),
        )
        console.print(Padding(text, (0, 0, 0, 3)))
        console.print(
            Padding(Text(f"{where(hit.citation)} · {'; '.join(hit.why)}", style="dim"), (0, 0, 0, 3))
        )
