"""A person goes through the drafts: each becomes a case, is thrown away, or waits."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError
from rich.console import Console

from evals.cases import Case, CaseError, CaseType, check_cases, load_cases
from evals.drafts import Draft, DraftVerdict, drop_draft, load_drafts, same
from evals.wording import TYPE_NAMES

Reader = Callable[[str], str]
"""Shows a prompt and gives the line that was typed; raises EOFError where there is none."""

_OFFERED = tuple(kind for kind in CaseType if kind is not CaseType.ROBUST)
_PROPOSED = {
    DraftVerdict.RIGHT: CaseType.LOCATE,
    DraftVerdict.WRONG: CaseType.UNANSWERABLE,
    DraftVerdict.MISSING: CaseType.LIST,
}
_SAID = {
    DraftVerdict.RIGHT: "träffen är rätt",
    DraftVerdict.WRONG: "träffen är fel",
    DraftVerdict.MISSING: "det saknas ett avtal",
}
_LONGEST_SHOWN = 400


@dataclass(frozen=True, slots=True)
class Reviewed:
    """How many drafts were accepted, thrown away, and left."""

    accepted: int
    rejected: int
    left: int


@dataclass(frozen=True, slots=True)
class Desk:
    """What a review works with: drafts' folder, cases file to write, and texts by agreement id to check against."""

    drafts: Path
    cases: Path
    texts: Mapping[str, str]
    read: Reader
    console: Console


def review(desk: Desk) -> Reviewed:
    """Go through the drafts, oldest first; each decision is on disk before the next is asked for.

    Accepted cases are appended to the cases file and checked as a run would check them. Raises CaseError for a file
    that cannot be read.
    """
    accepted = rejected = 0
    drafts: list[Draft] = []
    for draft in load_drafts(desk.drafts):
        if not any(same(draft, other) for other in drafts):
            drafts.append(draft)
    for place, draft in enumerate(drafts, 1):
        _show(draft, f"{place} av {len(drafts)}", desk.console)
        try:
            decision = _decide(draft, desk)
        except EOFError:
            break
        if decision is None:
            continue
        drop_draft(desk.drafts, draft)
        accepted, rejected = accepted + decision, rejected + (not decision)
    return Reviewed(accepted, rejected, len(drafts) - accepted - rejected)


def _decide(draft: Draft, desk: Desk) -> bool | None:
    """True: accepted, False: thrown away, None: left. Raises EOFError to stop."""
    kind = _PROPOSED[draft.verdict]
    while True:
        asked = f"[g]odta som {kind.value} ({TYPE_NAMES[kind]}), [t]yp, [k]asta, [h]oppa över, [s]luta: "
        match desk.read(asked).strip().casefold()[:1]:
            case "g":
                try:
                    _append(_case(draft, kind, desk), desk)
                except CaseError as error:
                    desk.console.print(str(error), markup=False, highlight=False)
                    continue
                return True
            case "t":
                kind = _typed(desk, kind)
            case "k":
                return False
            case "h":
                return None
            case "s":
                raise EOFError


def _typed(desk: Desk, kind: CaseType) -> CaseType:
    names = ", ".join(f"{offered.value} ({TYPE_NAMES[offered]})" for offered in _OFFERED)
    given = desk.read(f"Typ: {names}: ").strip().casefold()
    if given not in {offered.value for offered in _OFFERED}:
        desk.console.print(f"Typen {given} finns inte; {kind.value} gäller än.", markup=False)
        return kind
    return CaseType(given)


def _case(draft: Draft, kind: CaseType, desk: Desk) -> Case:
    """The draft as a case of that type; what the type needs beyond the draft is asked for."""
    right = draft.hit if draft.verdict is DraftVerdict.RIGHT else None
    fields: dict[str, object] = {"id": _case_id(draft), "type": kind.value, "q": draft.q}
    if kind is not CaseType.UNANSWERABLE:
        known = right.agreement_id if right else ""
        names = _line(desk, "Avtal som ska vara med (id, komma emellan)", known).split(",")
        expected = [name.strip() for name in names if name.strip()]
        fields["expected"] = dict.fromkeys(expected, "explicit")
        if kind in (CaseType.LOCATE, CaseType.FACT):
            quote = _line(desk, "Ordagrant ställe i avtalet", right.quote if right else "")
            fields["quotes"] = [{"agreement": name, "quote": quote} for name in expected[:1] if quote]
    if kind is CaseType.FACT:
        fields["answers"] = [_line(desk, "Rätt kort svar", "")]
    fields["note"] = f"ur användning {draft.day}: {_SAID[draft.verdict]}"
    try:
        case = Case.model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        raise CaseError(f"Det blir inget fall: {first['msg'].removeprefix('Value error, ')}.") from error
    check_cases([case], desk.texts)
    return case


def _line(desk: Desk, words: str, known: str) -> str:
    shown = f" [{_short(known)}]" if known else ""
    return desk.read(f"{words}{shown}: ").strip() or known


def _append(case: Case, desk: Desk) -> None:
    """Add the case to the file. Raises CaseError where its question is there already."""
    kept = load_cases(desk.cases) if desk.cases.is_file() else ()
    if any(other.q.casefold() == case.q.casefold() for other in kept):
        raise CaseError(f"Frågan finns redan i {desk.cases.name}; kasta utkastet eller hoppa över det.")
    with desk.cases.open("a", encoding="utf-8") as file:
        file.write(case.model_dump_json(exclude_defaults=True) + "\n")


def _case_id(draft: Draft) -> str:
    return f"bruk-{hashlib.sha256(draft.q.casefold().encode()).hexdigest()[:10]}"


def _show(draft: Draft, place: str, console: Console) -> None:
    console.print(f"\n{place}: {draft.q}", markup=False, highlight=False, style="bold")
    console.print(f"{draft.day}: {_SAID[draft.verdict]}", markup=False, highlight=False)
    if draft.hit is not None:
        console.print(f"{draft.hit.agreement_id}: ”{_short(draft.hit.quote)}”", markup=False, highlight=False)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST_SHOWN else f"{words[:_LONGEST_SHOWN]}…"
