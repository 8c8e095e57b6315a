"""The ingestion report as a page: those files first that somebody may have to do something about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from api.printing import STATUS_WORDS
from api.rendering.addresses import Addresses
from api.rendering.wording import Words
from corpus.report import FileReport
from corpus.types import ReadStatus

FIRST_FILES = 200
"""A browser draws this many without delay; the rest come when asked for."""

LOOKS = {
    ReadStatus.REFUSED: "left-out",
    ReadStatus.ENCRYPTED: "left-out",
    ReadStatus.NEEDS_OCR: "left-out",
    ReadStatus.TIMED_OUT: "left-out",
    ReadStatus.INDEXED_WITH_WARNINGS: "warned",
    ReadStatus.INDEXED: "",
    ReadStatus.UNCHANGED: "",
    ReadStatus.DUPLICATE: "twin",
}
"""How a status looks, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class StatusLink:
    """A status with how many files have it."""

    words: str
    count: int
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class FileView:
    """A file in the list; `href` is empty where it is not in the index."""

    path: str
    href: str
    words: str
    look: str
    figures: str
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    """Everything that the template shows. `left` files come only with `all_href`."""

    summary: str
    statuses: tuple[StatusLink, ...]
    files: tuple[FileView, ...]
    left: int
    all_href: str


def report_view(
    files: Sequence[FileReport],
    counts: tuple[int, int],
    chosen: str,
    whole: bool,
    to: Addresses,
    words: Words,
) -> ReportView:
    """The report; `counts` are agreements and passages in the index, `chosen` a status or empty for all."""
    left_out = sum(LOOKS[file.status] == "left-out" for file in files)
    shown = sorted((file for file in files if not chosen or _has(file, chosen)), key=_rank)
    first = shown if whole else shown[:FIRST_FILES]
    href = to.report(chosen)
    return ReportView(
        summary=words(
            "{0}, i {1}. {2}",
            words.count(counts[0], "avtal är sökbara"),
            words.count(counts[1], "stycken"),
            words.count(left_out, "filer kunde inte tas med.")
            if left_out
            else words("Alla filer kunde läsas."),
        ),
        statuses=tuple(_statuses(files, chosen, to, words)),
        files=tuple(_file(file, to, words) for file in first),
        left=len(shown) - len(first),
        all_href=href + ("&" if "?" in href else "?") + "alla=1",
    )


def _has(file: FileReport, status: str) -> bool:
    """A file of before keeps its warnings, and is found among those with warnings too."""
    warned = LOOKS[file.status] == "" and bool(file.warnings)
    return file.status == status or (status == ReadStatus.INDEXED_WITH_WARNINGS and warned)


def _rank(file: FileReport) -> int:
    return next(place for place, status in enumerate(LOOKS) if _has(file, status))


def _statuses(files: Sequence[FileReport], chosen: str, to: Addresses, words: Words) -> Iterator[StatusLink]:
    yield StatusLink(words("alla"), len(files), to.report(), not chosen)
    for status in LOOKS:
        count = sum(_has(file, status) for file in files)
        if count:
            yield StatusLink(words(STATUS_WORDS[status]), count, to.report(status.value), status == chosen)


def _file(file: FileReport, to: Addresses, words: Words) -> FileView:
    look = LOOKS[file.status]
    return FileView(
        path=file.path,
        href=to.agreement(file.agreement_id) if file.agreement_id else "",
        words=words(STATUS_WORDS[file.status]),
        look="warned" if look == "" and file.warnings else look,
        figures=_figures(file, words),
        remarks=tuple(said[0].upper() + said[1:] for said in _remarks(file, words) if said),
    )


def _figures(file: FileReport, words: Words) -> str:
    if not file.agreement_id:
        return ""
    parts = (
        words.count(file.pages, "sidor") if file.pages else "",
        words.count(file.characters, "tecken"),
        words.count(file.sections, "avsnitt"),
        words.count(file.passages, "stycken"),
    )
    return " · ".join(part for part in parts if part)


def _remarks(file: FileReport, words: Words) -> Iterator[str]:
    if file.moved_from and file.warnings:
        yield words("flyttad hit från {0}", file.moved_from)
    yield from file.warnings or ((file.reason,) if file.reason else ())
    if file.split_sentences:
        yield words(
            "{0} är längre än ett stycke får vara och har delats", _sentences(file.split_sentences, words)
        )


def _sentences(number: int, words: Words) -> str:
    return words.count(number, "meningar")
