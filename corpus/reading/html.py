"""HTML: the visible text in reading order, with page furniture marked."""

from __future__ import annotations

import re
import warnings
from dataclasses import replace

from bs4 import BeautifulSoup, Tag, XMLParsedAsHTMLWarning

from corpus.reading.encoding import decode, has_bom, mojibake_warning
from corpus.reading.extract import Extract, assemble
from corpus.reading.hidden import hidden_warning
from corpus.reading.html_flow import Flow
from corpus.reading.title import sane_title

_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE)
_HEAD = 4096
_TITLE_BREAK = re.compile(r"\s+(?:[|–—·•»]|-|::)\s+")


def read_html(data: bytes) -> Extract:
    """The page's visible text as blocks, its h1-h6, its furniture and its title. Fetches nothing.

    The parser knows HTML's own entities only: a DTD inside the page is not read.
    """
    source = decode(data, _declared(data)).replace("\x00", "")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        soup = BeautifulSoup(source, "lxml")
    flow = Flow(soup)
    extract = assemble(flow.blocks())
    marks = [mark for mark in (hidden_warning(flow.hidden), mojibake_warning(extract.text)) if mark]
    shown = sum(len(extract.text[span.start : span.end].strip()) for span in extract.furniture)
    if extract.text.strip() and shown >= len(extract.text.strip()):
        marks.append("all text på sidan ligger i dess ram (meny, sidfot e.d.) och lästes därför som innehåll")
        extract = replace(extract, furniture=())
    return replace(extract, title=_title(soup, extract), warnings=tuple(marks))


def _declared(data: bytes) -> str | None:
    if has_bom(data):
        return None
    found = _META_CHARSET.search(data[:_HEAD]) or _XML_CHARSET.search(data[:_HEAD])
    return found[1].decode("ascii") if found else None


def _title(soup: BeautifulSoup, extract: Extract) -> str | None:
    """og:title, else <title>, without the site's name at its end."""
    site = _meta(soup, "og:site_name")
    for stated in (_meta(soup, "og:title"), soup.title.get_text() if soup.title else ""):
        title = sane_title(stated)
        if title is None:
            continue
        parts = _TITLE_BREAK.split(title)
        headings = {extract.text[at.start : at.end].casefold() for at in extract.headings if at.level == 1}
        if parts[0].casefold() in headings or (site and parts[-1].casefold() == site.casefold()):
            cut = 1 if parts[0].casefold() in headings else len(parts) - 1
        else:
            # " | " is how sites add their own name; the other signs are as often part of the title.
            cut = len(parts) - title.count(" | ") if " | " in title else len(parts)
        if cut < len(parts):
            breaks = [found.start() for found in _TITLE_BREAK.finditer(title)]
            title = title[: breaks[max(cut, 1) - 1]]
        return sane_title(title)
    return None


def _meta(soup: BeautifulSoup, name: str) -> str:
    tag = soup.find("meta", attrs={"property": name}) or soup.find("meta", attrs={"name": name})
    content = tag.get("content") if isinstance(tag, Tag) else None
    return " ".join(content.split()) if isinstance(content, str) else ""
