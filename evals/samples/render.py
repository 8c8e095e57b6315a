"""One sample from its source to the bytes of its format."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from evals.samples.mail import eml_bytes
from evals.samples.odf import odt_bytes
from evals.samples.paged import pdf_bytes
from evals.samples.plain import md_bytes, txt_bytes
from evals.samples.rich import rtf_bytes
from evals.samples.scanned import scan_bytes
from evals.samples.source import Block, Style, in_capitals
from evals.samples.web import html_bytes
from evals.samples.word import docx_bytes


class Format(StrEnum):
    """What a sample is rendered to."""

    TXT = "txt"
    MD = "md"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"
    ODT = "odt"
    RTF = "rtf"
    EML = "eml"
    SCAN = "scan"

    @property
    def suffix(self) -> str:
        """The file name's ending, with its dot."""
        return ".pdf" if self is Format.SCAN else f".{self.value}"


@dataclass(frozen=True, slots=True)
class Sample:
    """What rendering needs to know about an agreement besides its text."""

    slug: str
    format: Format
    style: Style | None
    parties: tuple[str, ...]
    registry_number: str | None


_MOST_PARTIES_IN_HEADER = 3


def render(blocks: tuple[Block, ...], sample: Sample) -> bytes:
    """The file's bytes; the same in, the same out. An e-mail carries a PDF in the bold style, else a DOCX."""
    style = sample.style or Style.NUMBERED
    if style is Style.CAPITALS:
        blocks = in_capitals(blocks)
    match sample.format:
        case Format.TXT:
            return txt_bytes(blocks, style)
        case Format.MD:
            return md_bytes(blocks)
        case Format.HTML:
            return html_bytes(blocks, sample.parties[0])
        case Format.DOCX:
            return docx_bytes(blocks, sample.style)
        case Format.PDF:
            return pdf_bytes(blocks, _header(blocks, sample), style)
        case Format.ODT:
            return odt_bytes(blocks)
        case Format.RTF:
            return rtf_bytes(blocks, style)
        case Format.EML:
            word = style is not Style.BOLD
            attachment = docx_bytes(blocks) if word else pdf_bytes(blocks, _header(blocks, sample), style)
            return eml_bytes(blocks[0].text, sample.slug, attachment, word=word)
        case Format.SCAN:
            return scan_bytes(pdf_bytes(blocks, _header(blocks, sample), style))


def _header(blocks: tuple[Block, ...], sample: Sample) -> str:
    """What heads every page: the parties, or the title where they are many, and the registry number."""
    *most, last = sample.parties
    few = len(sample.parties) <= _MOST_PARTIES_IN_HEADER
    named = f"{', '.join(most)} och {last}" if most and few else blocks[0].text
    return f"{named} · Dnr {sample.registry_number}" if sample.registry_number else named
