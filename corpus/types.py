"""The records at the bottom of the house: a file's text, its pages, its sections, its agreement card."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum


class AvtalError(Exception):
    """An error meant for the reader: one Swedish sentence, shown without a traceback.

    The sentence names the file or value, what was seen, what was wanted and what to do next.
    """


class ReadStatus(StrEnum):
    """What became of one file. Every file has exactly one."""

    INDEXED = "indexed"
    INDEXED_WITH_WARNINGS = "indexed_with_warnings"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    NEEDS_OCR = "needs_ocr"
    ENCRYPTED = "encrypted"
    REFUSED = "refused"
    TIMED_OUT = "timed_out"


class ReadError(AvtalError):
    """A file that gives no document. `status` says which kind of no, the message says why, in Swedish."""

    def __init__(self, status: ReadStatus, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class FileFormat(StrEnum):
    """The formats that can be read."""

    TXT = "txt"
    MARKDOWN = "md"
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    RTF = "rtf"
    EML = "eml"


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of character offsets (`str` indices) into a canonical text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"span {self.start}..{self.end}: want 0 <= start <= end")

    def overlaps(self, other: Span) -> bool:
        """True when the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """True when `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a paged format. `number` is 1-based, as printed by a PDF reader's page counter.

    `ocr`: the page is a picture, and a program read its text, with the errors that such programs make.
    """

    number: int
    start: int
    end: int
    ocr: bool = False


def sha256_of_text(text: str) -> str:
    """Hex SHA-256 of the text's UTF-8 bytes: the name of a text version."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that the format itself marks (HTML h1-h6, a Word heading style, a Markdown #).

    `start..end` is the heading's own line in the text, without the line break; `level` is 1-based. Level 0: the line is
    bold and no more, so that it is a heading only where its words read as one.
    """

    start: int
    end: int
    level: int


@dataclass(frozen=True, slots=True)
class Document:
    """One version of one file: its canonical text and what the format says about it.

    `text` is NFC with `\\n` line ends, and every offset in the product indexes it. `pages` tile the text for paged
    formats and are empty for the others. `headings` hold what the format marks; `furniture` what it
    marks as not being content (HTML nav, footer, script notices, repeated page headers). `ocr` are the spans
    that were read off pictures in a format without pages (a scan attached to a message); pages say it themselves.
    """

    path: str
    format: FileFormat
    text: str
    pages: tuple[Page, ...] = ()
    headings: tuple[Heading, ...] = ()
    furniture: tuple[Span, ...] = ()
    title: str | None = None
    warnings: tuple[str, ...] = ()
    ocr: tuple[Span, ...] = ()
    text_sha256: str = field(default="")

    def __post_init__(self) -> None:
        if not self.text_sha256:
            object.__setattr__(self, "text_sha256", sha256_of_text(self.text))

    def read_by_ocr(self, span: Span) -> bool:
        """True when some of the span's characters were read off a picture."""
        pages = (Span(page.start, page.end) for page in self.pages if page.ocr)
        return any(span.overlaps(read) for read in (*self.ocr, *pages))


EVERY_READER = "alla"
"""The group of everyone who is known to the service; a manifest may write it "*" too."""


def folded_group(name: str) -> str:
    """A group's name as names are compared: no blanks around it, small letters, "*" for everyone written out."""
    folded = unicodedata.normalize("NFC", " ".join(name.split())).casefold()
    return EVERY_READER if folded == "*" else folded


class SectionRole(StrEnum):
    """What a section is for. Only CONTENT answers questions of substance."""

    CONTENT = "content"
    CONTACT = "contact"
    SIGNATURES = "signatures"


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered or headed part of an agreement. The sections of an agreement tile its text.

    `path` holds the labels from the outermost section to this one (["§ 4", "4.2"]); `label` is this
    section's own ("§ 4 Struktur för samverkan"); `heading` the words alone, empty for a bare number.
    `start..end` includes the heading's line. `body` is where the text after the heading starts.
    """

    path: tuple[str, ...]
    label: str
    heading: str
    level: int
    start: int
    body: int
    end: int
    role: SectionRole = SectionRole.CONTENT


class FactName(StrEnum):
    """The fields of an agreement's card."""

    TITLE = "title"
    KIND = "kind"
    PARTY = "party"
    SIGNED = "signed"
    VALID_FROM = "valid_from"
    VALID_TO = "valid_to"
    UNTIL_FURTHER_NOTICE = "until_further_notice"
    EXTENSION = "extension"
    NOTICE_PERIOD = "notice_period"
    LAST_NOTICE_DAY = "last_notice_day"
    AMOUNT = "amount"
    CONTACT_ROLE = "contact_role"
    REGISTRY_NUMBER = "registry_number"
    REPLACES = "replaces"
    AMENDS = "amends"
    APPENDIX_TO = "appendix_to"


@dataclass(frozen=True, slots=True)
class Fact:
    """A card field's value and where the text says it: `text[start:end]` is the wording it was read from.

    Dates are ISO 8601 as exact as they are written ("2014-01"; the bounds of validity are whole days), periods ISO
    durations ("P6M"), sums "1800000 SEK". `detail` says what a sum is for, or who holds a contact role.
    """

    name: FactName
    value: str
    start: int
    end: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Declared:
    """A card field that a manifest beside the files sets. It has no place in the text and is never quoted.

    `manifest` is the path of the manifest in the folder. An empty `value` says that the field is unknown.
    """

    name: FactName
    value: str
    manifest: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """A document understood as an agreement.

    `title` is taken from the text where it has one, else composed of kind and parties. `parties` are
    canonical names. `furniture` are the spans (sorted, disjoint) that are never quoted as an answer. `facts` is what
    the text says, `declared` what a manifest sets instead: a field has values of one of the two. `readers` are the
    groups that may read it where access is controlled, folded and in order; none: nobody may.
    """

    agreement_id: str
    document: Document
    title: str
    kind: str | None
    parties: tuple[str, ...]
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    furniture: tuple[Span, ...]
    declared: tuple[Declared, ...] = ()
    readers: tuple[str, ...] = ()

    def values(self, name: FactName) -> tuple[str, ...]:
        """The values of a card field, from the manifest where it sets the field, else as the text says it."""
        declared = [each.value for each in self.declared if each.name is name and each.value]
        return (*declared, *(fact.value for fact in self.facts if fact.name is name))

    @property
    def text(self) -> str:
        """The canonical text."""
        return self.document.text
