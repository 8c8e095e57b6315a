"""Small pieces of an HTML page: tables, figures, sections. Every text that comes from outside is escaped here."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from evals.intervals import Interval
from evals.wording import ALL_TYPES, interval_range, number


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], texts: int = 1) -> str:
    """A table whose first `texts` columns are words and whose other columns are figures; cells are plain text.

    A row that begins with "alla" is set apart as the total.
    """
    head = "".join(f"<th{_kind(place, texts)}>{escape(name)}</th>" for place, name in enumerate(headings))
    body = "".join(_row(row, texts) for row in rows)
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def section(name: str, title: str, lead: str, *parts: str) -> str:
    """A section with its heading and a sentence or two on how to read it."""
    return f'<section id="{escape(name)}"><h2>{escape(title)}</h2><p class="lead">{escape(lead)}</p>{"".join(parts)}</section>'


def picture(svg: str) -> str:
    """A picture that scrolls sideways on a narrow screen."""
    return f'<figure class="scroll">{svg}</figure>'


def key_figure(name: str, value: str, beside: str) -> str:
    """A figure to see first: what it is, how large, and what stands beside it."""
    return f"<div><dt>{escape(name)}</dt><dd><b>{escape(value)}</b> <span>{escape(beside)}</span></dd></div>"


def cells(interval: Interval) -> tuple[str, str]:
    """The mean and its 95 % interval, as two cells."""
    return number(interval.mean), interval_range(interval)


def _row(row: Sequence[str], texts: int) -> str:
    total = ' class="total"' if row[0] == ALL_TYPES else ""
    inside = "".join(f"<td{_kind(place, texts)}>{escape(cell)}</td>" for place, cell in enumerate(row))
    return f"<tr{total}>{inside}</tr>"


def _kind(place: int, texts: int) -> str:
    return "" if place < texts else ' class="figure"'
