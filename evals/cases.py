"""Evaluation cases: a question a member of staff asks, and what the texts say is the right answer."""

from __future__ import annotations

import difflib
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from corpus.types import AvtalError, Span
from retriever.types import Coverage

CASES_FOLDER = Path(__file__).parent / "cases"
SCHEMA_FILE = CASES_FOLDER / "case.schema.json"


class CaseError(AvtalError):
    """A case that cannot be trusted: names the file, the line or id, and what to change."""


class CaseType(StrEnum):
    """What a case asks for, and with that how it is scored."""

    LIST = "list"
    LOCATE = "locate"
    FACT = "fact"
    LOOKUP = "lookup"
    ABSENCE = "absence"
    UNANSWERABLE = "unanswerable"
    ROBUST = "robust"


class Variant(StrEnum):
    """How the question of a robust case differs from the agreements' own language."""

    TYPO = "typo"
    NO_DIACRITICS = "no_diacritics"
    ABBREVIATION = "abbreviation"
    ENGLISH = "english"


class Split(StrEnum):
    """Tune on one half of the agreements, report on the other."""

    TUNE = "tune"
    TEST = "test"


class ExpectedQuote(BaseModel):
    """A verbatim slice of an agreement's canonical text that an answer should point at."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    agreement: str = Field(min_length=1)
    quote: str = Field(min_length=3)


class Case(BaseModel):
    """One line of a cases file.

    `expected` gives each agreement that belongs in the answer its grade. `answers` are accepted short
    answers; "ja" and "nej" must open the answer, others may stand anywhere in it. `scored_as` is set
    for robust cases only. `paraphrase` marks a question without the passage's own content words. `note` is the
    author's word to the next one, on what makes the case hard or why an agreement is only related.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    type: CaseType
    q: str = Field(min_length=2)
    expected: dict[str, Coverage] = Field(default_factory=dict)
    quotes: tuple[ExpectedQuote, ...] = ()
    answers: tuple[str, ...] = ()
    scored_as: CaseType | None = None
    variant: Variant | None = None
    paraphrase: bool = False
    split: Split | None = None
    note: str = ""

    @property
    def scoring(self) -> CaseType:
        """The type whose metrics apply: `scored_as` for a robust case, else the type itself."""
        return self.scored_as or self.type

    @property
    def half(self) -> Split:
        """The split: as written, else by hash of the only agreement, else by hash of the case id."""
        if self.split is not None:
            return self.split
        key = next(iter(self.expected)) if len(self.expected) == 1 else self.id
        return (Split.TUNE, Split.TEST)[hashlib.sha256(key.encode()).digest()[0] % 2]

    @model_validator(mode="after")
    def _complete(self) -> Self:
        robust = self.type is CaseType.ROBUST
        if {robust} != {self.scored_as is not None, self.variant is not None}:
            raise ValueError("scored_as och variant hör till typen robust, och bara dit")
        if self.scored_as is CaseType.ROBUST:
            raise ValueError(
                "scored_as: ange list, locate, fact, lookup, absence eller unanswerable, inte robust"
            )
        if (self.scoring is CaseType.UNANSWERABLE) != (not self.expected):
            raise ValueError("expected: alla typer utom unanswerable behöver avtal, och den har inga")
        if self.scoring is CaseType.LOCATE and not self.quotes:
            raise ValueError("quotes: typen locate behöver minst ett citat")
        if (self.scoring is CaseType.FACT) != bool(self.answers):
            raise ValueError("answers: typen fact behöver minst ett godtaget svar, andra typer har inga")
        foreign = sorted({quote.agreement for quote in self.quotes} - set(self.expected))
        if foreign:
            raise ValueError(f"quotes: {foreign[0]} finns inte i expected")
        return self


def load_cases(*paths: Path) -> tuple[Case, ...]:
    """The cases of the files, in order. Raises CaseError for a broken line, an id or a question met twice."""
    cases: list[Case] = []
    seen: dict[str, str] = {}
    for path in paths:
        for number, line in enumerate(_lines(path), 1):
            if not line.strip():
                continue
            where = f"{path.name}, rad {number}"
            case = _parse(line, where)
            for key in (f"id {case.id}", f"frågan ”{case.q.casefold()}”"):
                if key in seen:
                    raise CaseError(f"{where}: {key} finns redan i {seen[key]}; byt eller ta bort den ena.")
                seen[key] = where
            cases.append(case)
    return tuple(cases)


def indexed_cases(argument: str) -> tuple[Path, list[Case]]:
    """The index and the cases of INDEX=CASES[:half], what the fits are given. Raises AvtalError where it says no cases."""
    index, _, rest = argument.partition("=")
    path, _, half = rest.partition(":")
    if not rest:
        raise AvtalError(f"{argument}: skriv INDEX=FALL.jsonl, eller INDEX=FALL.jsonl:tune")
    return Path(index), [case for case in load_cases(Path(path)) if half in ("", case.half.value)]


def check_cases(cases: Iterable[Case], texts: Mapping[str, str]) -> None:
    """Raise CaseError unless every agreement exists in `texts` and every quote stands there exactly once."""
    for case in cases:
        missing = sorted(set(case.expected) - set(texts))
        if missing:
            near = difflib.get_close_matches(missing[0], texts, n=1)
            raise CaseError(
                f"Fall {case.id}: avtalet {missing[0]} finns inte bland de {len(texts)} indexerade; "
                + (f"menades {near[0]}? " if near else "")
                + "Rätta id:t eller indexera rätt mapp med avtal index."
            )
        for expected in case.quotes:
            found = len(_places(expected, texts))
            if found != 1:
                raise CaseError(_misquoted(case, expected, found, texts))


def _misquoted(case: Case, expected: ExpectedQuote, found: int, texts: Mapping[str, str]) -> str:
    said = (
        f"Fall {case.id}: citatet ”{expected.quote[:60]}” finns {found} gånger i {expected.agreement}, "
        "det ska finnas exakt en gång; "
    )
    if found:
        return f"{said}ta med fler ord runt det."
    others = (name for name in texts if _places(ExpectedQuote(agreement=name, quote=expected.quote), texts))
    elsewhere = next(others, None)
    return said + (f"det står i {elsewhere}." if elsewhere else "kopiera det ordagrant ur texten.")


def quote_spans(case: Case, texts: Mapping[str, str]) -> tuple[tuple[str, Span], ...]:
    """Where the case's quotes stand: (agreement id, span into its canonical text), in the case's order."""
    spans = []
    for expected in case.quotes:
        spans += [(expected.agreement, place) for place in _places(expected, texts)[:1]]
    return tuple(spans)


def _places(expected: ExpectedQuote, texts: Mapping[str, str]) -> list[Span]:
    """Where the quote's words stand in its agreement's text; a page may break its lines anywhere."""
    words = r"\s+".join(map(re.escape, expected.quote.split()))
    return [Span(*match.span()) for match in re.finditer(words, texts[expected.agreement])]


def schema_text() -> str:
    """The JSON schema of a case, as it is stored beside the cases."""
    schema = Case.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise CaseError(
            f"Fallfilen {path.name} kan inte läsas ({error.strerror}); ange en .jsonl-fil med --cases."
        ) from error


def _parse(line: str, where: str) -> Case:
    try:
        return Case.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        if first["type"] == "json_invalid":
            raise CaseError(
                f"{where}: raden är inte ett helt JSON-objekt; skriv hela fallet på en rad, med dubbla "
                "citattecken och utan komma sist."
            ) from error
        field = ".".join(str(part) for part in first["loc"])
        message = _wrong(first["type"], first.get("ctx", {})) or first["msg"].removeprefix("Value error, ")
        said = f"{field}: {message}" if field else message
        raise CaseError(f"{where}: {said}; se {SCHEMA_FILE.name} för hur ett fall skrivs.") from error


def _wrong(kind: str, context: Mapping[str, object]) -> str | None:
    """What is wrong with a field, in Swedish; None where the model says it itself."""
    expected = str(context.get("expected", "")).replace(" or ", " eller ")
    return {
        "missing": "fältet saknas",
        "extra_forbidden": "fältet finns inte",
        "enum": f"ska vara {expected}",
        "string_pattern_mismatch": "bara a–z, 0–9 och bindestreck",
        "string_too_short": f"minst {context.get('min_length')} tecken",
    }.get(kind, None if kind == "value_error" else "fel slags värde")
