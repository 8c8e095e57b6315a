"""The ways in which Swedish agreements number and set their headings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


@dataclass(frozen=True, slots=True)
class Scheme:
    """`top` and `sub` write a heading from numbers and words (over two lines where it has a line break), `clause` a paragraph's number.

    `reference` writes how a sentence refers to a section (its number, a clause's number). `running`: the
    paragraphs are numbered through the whole agreement, below chapters.
    """

    name: str
    top: Callable[[int, str], str]
    sub: Callable[[int, int, str], str] | None
    clause: Callable[[int, int], str]
    reference: Callable[[int, int], str]
    clauses: bool = True
    running: bool = False


def _decimal(at: int, row: int) -> str:
    return f"{at}.{row}"


def _decimal_heading(at: int, row: int, words: str) -> str:
    return f"{at}.{row} {words}"


SCHEMES = (
    Scheme("§ 4", lambda n, w: f"§ {n} {w}", _decimal_heading, _decimal, lambda n, _: f"§ {n}"),
    Scheme(
        "§ 4 mom.", lambda n, w: f"§ {n} {w}", lambda _, k, w: f"Moment {k} {w}", lambda _, k: f"Mom. {k}",
        lambda n, k: f"§ {n} mom. {k}",
    ),
    Scheme("4 §", lambda n, w: f"{n} § {w}", _decimal_heading, _decimal, lambda n, _: f"{n} §"),
    Scheme(
        "kapitel/§", lambda n, w: f"Kapitel {n} {w}", None, lambda _, k: f"{k} §", lambda n, k: f"{n} kap. {k} §",
        running=True,
    ),
    Scheme(
        "kap./§", lambda n, w: f"{n} kap. {w}", None, lambda _, k: f"{k} §", lambda n, k: f"{n} kap. {k} §",
        running=True,
    ),
    Scheme("Artikel 4", lambda n, w: f"Artikel {n}. {w}", _decimal_heading, _decimal, lambda _, k: f"Artikel {k}"),
    Scheme("Artikel IV", lambda n, w: f"ARTIKEL {_ROMAN[n]} – {w}", None, _decimal, lambda n, _: f"artikel {_ROMAN[n]}"),
    Scheme("Artikel 4 /", lambda n, w: f"Artikel {n}\n{w}", None, _decimal, lambda n, _: f"artikel {n}"),
    Scheme("§ 4 /", lambda n, w: f"§ {n}\n{w}", None, _decimal, lambda n, _: f"§ {n}"),
    Scheme("Avsnitt 4", lambda n, w: f"Avsnitt {n} {w}", _decimal_heading, _decimal, lambda n, k: f"avsnitt {n}.{k}"),
    Scheme("4.", lambda n, w: f"{n}. {w}", _decimal_heading, _decimal, lambda n, k: f"{n}.{k}"),
    Scheme("4", lambda n, w: f"{n} {w}", _decimal_heading, _decimal, lambda n, k: f"{n}.{k}"),
    Scheme(
        "4. CAPS", lambda n, w: f"{n}. {w.upper()}", lambda n, k, w: f"{n}.{k}. {w}", lambda n, k: f"{n}.{k}.",
        lambda n, k: f"punkt {n}.{k}",
    ),
    Scheme(
        "capitals", lambda _, w: w.upper(), lambda _n, _k, w: w, _decimal, lambda n, _: f"bilaga {n}", clauses=False
    ),
    Scheme("bare", lambda _, w: w, lambda _n, _k, w: w, _decimal, lambda n, _: f"bilaga {n}", clauses=False),
)  # fmt: skip
"""Every scheme, with a name that shows what a heading looks like."""
