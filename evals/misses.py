"""The cases a run did not get right, each with its question, what was expected and what was given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from evals.cases import CASES_FOLDER, Case, CaseType, load_cases
from evals.record import Row, Run
from evals.scoring import SCORE
from evals.wording import TYPE_NAMES, number, said
from retriever.types import Coverage

# Below half its score a case counts as failed, as in a comparison; the others got some of it right.
_FAILED = 0.5
_MOST_NAMED = 6


def cases_of(run: Run) -> dict[str, Case]:
    """Id -> case of the run's rows, as the shipped case files have them now; those with another question are left out."""
    paths = [CASES_FOLDER / name for name in run.manifest.case_files]
    asked = {row.id: row.q for row in run.rows}
    loaded = load_cases(*(path for path in paths if path.is_file()))
    return {case.id: case for case in loaded if asked.get(case.id) == case.q}


def misses_shown(rows: Sequence[Row], cases: Mapping[str, Case]) -> str:
    """The failed cases by type, lowest first, then those that got part of their score, folded away."""
    failed = [row for row in rows if row.scores[SCORE] < _FAILED]
    partly = [row for row in rows if _FAILED <= row.scores[SCORE] < 1.0]
    shown = _by_type(failed, cases)
    if partly:
        shown += f"<details><summary>{len(partly)} frågor till fick en del av sin poäng</summary>{_by_type(partly, cases)}</details>"
    return shown or "<p>Alla frågor fick full poäng.</p>"


def _by_type(rows: Sequence[Row], cases: Mapping[str, Case]) -> str:
    parts = []
    for kind in CaseType:
        of_kind = sorted((row for row in rows if row.type is kind), key=lambda row: row.scores[SCORE])
        if of_kind:
            parts.append(f"<h3>{escape(TYPE_NAMES[kind].capitalize())} ({len(of_kind)})</h3>")
            parts += [_miss(row, cases.get(row.id)) for row in of_kind]
    return "".join(parts)


def _miss(row: Row, case: Case | None) -> str:
    wanted = expected(case) if case is not None else "fallet finns inte bland de medföljande, som de är nu"
    lines = [("Väntat", wanted, ""), ("Svar", said(row), "crash" if row.error else "")]
    difference = _sets_differ(row, case) if case is not None else ""
    if difference:
        lines.append(("Skillnad", difference, ""))
    elif row.given is not None and row.given.quotes and not row.given.abstained:
        first = row.given.quotes[0]
        lines.append(("Källa", f"{first.section}: ”{' '.join(first.quote.split())}”", ""))
    body = "".join(f'<dt>{name}</dt><dd class="{kind}">{escape(words)}</dd>' for name, words, kind in lines)
    return (
        f'<div class="miss"><p>{escape(row.q)} <small>{escape(row.id)}, poäng {number(row.scores[SCORE], 2)}</small></p>'
        f"<dl>{body}</dl></div>"
    )


def expected(case: Case) -> str:
    """What the case holds to be right, in a line or two."""
    if case.scoring is CaseType.UNANSWERABLE:
        return "inget stöd funnet"
    if case.answers:
        return f"{' eller '.join(case.answers)} [{_named(case.expected)}]"
    if case.quotes:
        return "; ".join(f"”{' '.join(q.quote.split())}” [{q.agreement}]" for q in case.quotes)
    wanted = [name for name, grade in case.expected.items() if grade is Coverage.EXPLICIT]
    return f"{len(wanted)} avtal: {_named(wanted)}" if len(wanted) > 1 else _named(wanted or case.expected)


def _sets_differ(row: Row, case: Case) -> str:
    """For a set of agreements: which are missing and which should not be there; "" for other types."""
    if case.scoring not in (CaseType.LIST, CaseType.ABSENCE) or row.given is None:
        return ""
    wanted = {name for name, grade in case.expected.items() if grade is Coverage.EXPLICIT}
    given = {item.agreement_id for item in row.given.agreements if item.coverage == Coverage.EXPLICIT}
    told = [
        f"{words} {_named(sorted(names))}"
        for words, names in (("saknas:", wanted - given), ("för mycket:", given - wanted))
        if names
    ]
    return "; ".join(told)


def _named(names: Iterable[str]) -> str:
    every = list(names)
    rest = len(every) - _MOST_NAMED
    return ", ".join(every[:_MOST_NAMED]) + (f" och {rest} till" if rest > 0 else "")
