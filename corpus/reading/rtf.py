"""RTF: the document's text with tracked changes accepted, numbered as its writer showed it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.reading.encoding import mojibake_warning
from corpus.reading.extract import Block, Extract, assemble
from corpus.reading.hidden import hidden_warning
from corpus.reading.rtf_reader import Reader
from corpus.reading.rtf_tokens import tokens_of
from corpus.reading.title import sane_title


def read_rtf(data: bytes) -> Extract:
    """The document's paragraphs and table rows in order, its headings and its title.

    Page headers come first and page footers last, once each and as furniture. What the file hides is left out and
    counted in a warning, and a file that ends too early is said to. Raises `ReadError` (REFUSED).
    """
    reader = Reader()
    for token in tokens_of(data):
        reader.take(token)
        if reader.ended:
            break
    unclosed = reader.close()
    body = reader.body.blocks()
    if body:
        body = [*_margin(reader.headers), *body, *_margin(reader.footers)]
    extract = assemble(body)
    cut = f"filen slutar för tidigt: {unclosed} grupper i RTF-koden är inte stängda" if unclosed else None
    marks = (cut, hidden_warning(reader.hidden), mojibake_warning(extract.text))
    return replace(extract, title=sane_title(reader.title), warnings=tuple(filter(None, marks)))


def _margin(blocks: Sequence[Block]) -> list[Block]:
    """The lines of the page headers or footers. Those of first and left pages mostly repeat them."""
    texts = dict.fromkeys(block.text for block in blocks)
    return [Block(text, tight=at > 0, furniture=True) for at, text in enumerate(texts)]
