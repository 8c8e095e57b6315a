"""The types of clause that an agreement may have, and how each is recognised: from clause_types.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from corpus.types import AvtalError, FactName
from indexer.swedish.words import Word, words_of
from retriever.clause_rules import Rule, rule_of

_FILE = Path(__file__).with_name("clause_types.toml")


@dataclass(frozen=True, slots=True)
class ClauseType:
    """A type of clause. `key` names it in the HTTP contract; `sv` and `en` are for people.

    `headings` make a section one of the type, `unsure` only where one of its sentences meets a cue too; `cues` are met by
    sentences; `facts` are the card's fields that state it; `meanings` are read by the encoder; `asked` are the stems that
    a question may call it by. Types that are not `compared` have no common wording by nature.
    """

    key: str
    sv: str
    en: str
    asked: frozenset[str]
    headings: tuple[Rule, ...]
    unsure: tuple[Rule, ...]
    cues: tuple[Rule, ...]
    facts: tuple[FactName, ...]
    meanings: tuple[str, ...]
    compared: bool


@cache
def clause_types() -> Mapping[str, ClauseType]:
    """Every type by its key, in the order of the matrix."""
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {key: _type(key, row) for key, row in table.items()}


def clause_type(key: str) -> ClauseType:
    """The type of that key. Raises AvtalError naming the keys there are."""
    found = clause_types().get(key.casefold())
    if found is None:
        raise AvtalError(f"klausultypen {key} finns inte; välj bland {', '.join(clause_types())}")
    return found


def _type(key: str, row: Mapping[str, Any]) -> ClauseType:
    rules = {
        name: tuple(rule_of(each) for each in row.get(name, ())) for name in ("headings", "unsure", "cues")
    }
    return ClauseType(
        key=key,
        sv=str(row["sv"]),
        en=str(row["en"]),
        asked=frozenset(word.stem for word in words_of(str(row["asked"]))),
        headings=rules["headings"],
        unsure=rules["unsure"],
        cues=rules["cues"],
        facts=tuple(FactName(name) for name in row["facts"]),
        meanings=tuple(row["meanings"]),
        compared=bool(row.get("compared", True)),
    )


def types_said(words: Sequence[Word]) -> dict[str, Word]:
    """The types that a sentence speaks of, each with the word that shows it."""
    forms, stems = _anchored()
    near: set[tuple[str, int]] = set()
    for word in words:
        near.update(forms.get(word.word, ()))
        for atom in word.atoms:
            near.update(stems.get(atom, ()))
    told: dict[str, Word] = {}
    for key, position in sorted(near):
        shown = None if key in told else clause_types()[key].cues[position].met_by(words)
        if shown:
            told[key] = shown
    return told


_Anchors = Mapping[str, list[tuple[str, int]]]


@cache
def _anchored() -> tuple[_Anchors, _Anchors]:
    """The cues, as (type, position), by the form and by the stem that a sentence must hold to meet one."""
    forms: dict[str, list[tuple[str, int]]] = {}
    stems: dict[str, list[tuple[str, int]]] = {}
    for key, each in clause_types().items():
        for position, rule in enumerate(each.cues):
            for form in rule.anchors[0]:
                forms.setdefault(form, []).append((key, position))
            for atom in rule.anchors[1]:
                stems.setdefault(atom, []).append((key, position))
    return forms, stems
