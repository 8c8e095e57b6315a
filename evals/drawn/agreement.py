"""One drawn agreement: its pieces in reading order, and the headings that it has."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from enum import StrEnum

from evals.drawn import words
from evals.drawn.schemes import Scheme


class PieceKind(StrEnum):
    """What a piece of an agreement is. CLAUSE: a numbered paragraph, whose number alone is known."""

    TITLE = "title"
    HEADING = "heading"
    CLAUSE = "clause"
    TEXT = "text"
    ITEMS = "items"
    TABLE = "table"
    CONTENTS = "contents"
    SIGNATURES = "signatures"


@dataclass(frozen=True, slots=True)
class Piece:
    """`lines` are printed one below the other (a table's: its cells by "|"); `level` is 1-based for headings."""

    kind: PieceKind
    lines: tuple[str, ...]
    level: int = 0
    number: str = ""

    @property
    def text(self) -> str:
        """The lines as one."""
        return " ".join(self.lines)


@dataclass(frozen=True, slots=True)
class Drawn:
    """The agreement of one scheme and one seed."""

    name: str
    scheme: Scheme
    pieces: tuple[Piece, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings as printed, the title first."""
        return tuple(p.text for p in self.pieces if p.kind in (PieceKind.TITLE, PieceKind.HEADING))

    @property
    def clauses(self) -> frozenset[str]:
        """The numbers that open a paragraph without heading it."""
        return frozenset(p.number for p in self.pieces if p.kind is PieceKind.CLAUSE)


def draw(scheme: Scheme, seed: int) -> Drawn:
    """The agreement of that scheme and seed: always the same for the same two."""
    maker = _Maker(scheme, random.Random(f"{scheme.name}-{seed}"))
    maker.write()
    return Drawn(f"{scheme.name}-{seed}", scheme, tuple(maker.pieces))


@dataclass(slots=True)
class _Maker:
    scheme: Scheme
    chance: random.Random
    pieces: list[Piece] = field(default_factory=list)
    running: int = 0

    def write(self) -> None:
        chance = self.chance
        names = chance.sample(words.HEADINGS, chance.randint(7, 12))
        title = chance.choice(words.TITLES).format(chance.choice(words.SUBJECTS))
        self._put(PieceKind.TITLE, title)
        parties = chance.sample(words.PARTIES, 2)
        self._put(
            PieceKind.TEXT,
            f"Mellan {parties[0]}, org.nr 000000-0001, och {parties[1]}, org.nr 000000-0002, har följande avtal träffats.",
        )
        if chance.random() < 0.4:
            self._put(PieceKind.HEADING, "Innehåll", level=1)
            leader = chance.choice(("." * 30, "\u2026" * 8, "\t", " "))
            rows = [
                f"{' '.join(self.scheme.top(at, name).split())} {leader} {at + 1}"
                for at, name in enumerate(names, 1)
            ]
            self._put(PieceKind.CONTENTS, *rows)
        for at, name in enumerate(names, 1):
            self._section(at, name, len(names))
        appendices = chance.randint(0, 3)
        self._signatures(parties)
        if appendices and chance.random() < 0.5:
            self._put(PieceKind.HEADING, self._cased("Bilagor"), level=1)
            self._put(
                PieceKind.ITEMS,
                *(f"{self._appendix_name(n)}: {words.APPENDICES[n]}" for n in range(1, appendices + 1)),
            )
        for at in range(1, appendices + 1):
            self._appendix(at)

    def _section(self, at: int, name: str, last: int) -> None:
        self._put(PieceKind.HEADING, self.scheme.top(at, name), level=1)
        subs = self.chance.randint(2, 4) if self.chance.random() < 0.5 else 0
        if self.scheme.running:
            for _ in range(max(subs, 1)):
                self.running += 1
                self._clause(self.scheme.clause(at, self.running), last)
            return
        if subs and self.scheme.sub and self.chance.random() < 0.5:
            for row, sub in enumerate(self.chance.sample(words.SUBHEADINGS, subs), 1):
                self._put(PieceKind.HEADING, self.scheme.sub(at, row, sub), level=2)
                self._body(last)
        elif subs and self.scheme.clauses:
            for row in range(1, subs + 1):
                self._clause(self.scheme.clause(at, row), last)
        else:
            self._body(last)

    def _clause(self, number: str, last: int) -> None:
        self._put(PieceKind.CLAUSE, f"{number} {self._sentences(last)}", number=number)
        if self.chance.random() < 0.25:
            self._extra(last)

    def _body(self, last: int) -> None:
        for _ in range(self.chance.randint(1, 3)):
            self._put(PieceKind.TEXT, self._sentences(last))
            if self.chance.random() < 0.45:
                self._extra(last)

    def _extra(self, last: int) -> None:
        """Something that looks like a heading and is none, with prose after it."""
        kind = self.chance.choice(("trap", "trap", "list", "table"))
        if kind == "trap":
            self._put(PieceKind.TEXT, self._filled(self.chance.choice(words.TRAPS), last))
        elif kind == "list":
            self._put(PieceKind.TEXT, "Parten tillhandahåller följande:")
            items = self.chance.choice(words.LISTS)
            if self.chance.random() < 0.4:
                for item in items:
                    self._put(PieceKind.ITEMS, item)
            else:
                self._put(PieceKind.ITEMS, *items)
        else:
            self._put(PieceKind.TABLE, *("|".join(row) for row in self.chance.choice(words.TABLES)))
        self._put(PieceKind.TEXT, self._sentences(last))

    def _signatures(self, parties: list[str]) -> None:
        if self.chance.random() < 0.6:
            self._put(
                PieceKind.HEADING,
                self._cased(self.chance.choice(("Underskrifter", "Undertecknande"))),
                level=1,
            )
        roles = self.chance.sample(words.ROLES, 2)
        for party, role in zip(parties, roles, strict=True):
            lines = ("Påhittsmark den 14 juni 2023", f"För {party}", "_" * 30, "Namnförtydligande", role)
            self._put(PieceKind.SIGNATURES, *lines)

    def _appendix(self, at: int) -> None:
        mark = self.chance.choice((" ", ". ", " – ", ": "))
        self._put(PieceKind.HEADING, f"{self._appendix_name(at)}{mark}{words.APPENDICES[at]}", level=1)
        for _ in range(self.chance.randint(2, 9)):
            self._put(PieceKind.TEXT, self._sentences(3))

    def _appendix_name(self, at: int) -> str:
        return f"BILAGA {'ABC'[at - 1]}" if self.scheme.name == "capitals" else f"Bilaga {at}"

    def _sentences(self, last: int) -> str:
        drawn = self.chance.sample(words.SENTENCES, self.chance.randint(1, 4))
        return " ".join(self._filled(sentence, last) for sentence in drawn)

    def _filled(self, sentence: str, last: int) -> str:
        ref = self.scheme.reference(self.chance.randint(1, last), self.chance.randint(1, 3))
        return sentence.format(ref=ref, name=self.chance.choice(words.HEADINGS))

    def _cased(self, heading: str) -> str:
        return heading.upper() if self.scheme.name == "capitals" else heading

    def _put(self, kind: PieceKind, *lines: str, level: int = 0, number: str = "") -> None:
        printed = tuple(part for line in lines for part in line.split("\n"))
        self.pieces.append(Piece(kind, printed, level, number))
