"""A sample as a saved web page."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from evals.samples.source import Block, BlockKind

_HEAD = """<!DOCTYPE html>
<html lang="sv">
<head>
<meta charset="utf-8">
<title>{title} – {owner}</title>
<style>body {{ font-family: sans-serif; }} nav li {{ display: inline; }}</style>
</head>
<body>
<a href="#innehall">Till innehållet</a>
<header><p>{owner}</p></header>
<nav aria-label="Huvudmeny">
<ul>
<li><a href="/">Start</a></li>
<li><a href="/om">Om oss</a></li>
<li><a href="/styrdokument">Avtal och styrdokument</a></li>
<li><a href="/lattlast">Lättläst</a></li>
</ul>
</nav>
<main id="innehall">
"""
_FOOT = """</main>
<footer>
<p>Sidan publicerades av {owner}. Så använder vi kakor.</p>
<p><a href="/tillganglighet">Tillgänglighetsredogörelse</a></p>
</footer>
</body>
</html>
"""


def html_bytes(blocks: Sequence[Block], owner: str) -> bytes:
    """UTF-8 HTML with a menu and a footer of `owner` around the agreement."""
    parts = [_HEAD.format(title=escape(blocks[0].text), owner=escape(owner))]
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        markup = "".join(_markup(block) for block in group)
        parts.append(f"<ul>\n{markup}</ul>\n" if kind is BlockKind.BULLET else markup)
    parts.append(_FOOT.format(owner=escape(owner)))
    return "".join(parts).encode()


def _markup(block: Block) -> str:
    if block.kind is BlockKind.HEADING:
        return f"<h{block.level}>{escape(block.text)}</h{block.level}>\n"
    if block.kind is BlockKind.TABLE:
        first, *rest = block.rows
        rows = [_row(first, "th"), *(_row(row, "td") for row in rest)]
        return f"<table>\n{''.join(rows)}</table>\n"
    tag = "li" if block.kind is BlockKind.BULLET else "p"
    return f"<{tag}>{escape(block.text)}</{tag}>\n"


def _row(cells: Sequence[str], tag: str) -> str:
    return f"<tr>{''.join(f'<{tag}>{escape(cell)}</{tag}>' for cell in cells)}</tr>\n"
