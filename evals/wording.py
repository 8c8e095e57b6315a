"""How types, figures and answers are called in tables and reports, in Swedish."""

from __future__ import annotations

from evals.cases import CaseType
from evals.intervals import Interval
from evals.machine import DIRTY
from evals.record import Manifest, Row

TYPE_NAMES = {
    CaseType.LIST: "vilka avtal",
    CaseType.LOCATE: "var står det",
    CaseType.FACT: "kort svar",
    CaseType.LOOKUP: "hitta avtalet",
    CaseType.ABSENCE: "vilka saknar",
    CaseType.UNANSWERABLE: "utan svar",
    CaseType.ROBUST: "slarvig fråga",
}
MEASURED_BY = {
    CaseType.LIST: "F1 för avtalen",
    CaseType.LOCATE: "MRR@10",
    CaseType.FACT: "rätt svar, rätt avtal",
    CaseType.LOOKUP: "MRR@10",
    CaseType.ABSENCE: "F1 för avtalen",
    CaseType.UNANSWERABLE: "avstod",
    CaseType.ROBUST: "som sin egen typ",
}
ALL_TYPES = "alla"
_LONGEST_SAID = 160


def run_name(manifest: Manifest) -> str:
    """What a run is called: its name and its commit."""
    return f"{manifest.name} vid {manifest.commit}"


def code_name(commit: str) -> str:
    """What the code of a commit is called: its first seven digits, and a note where it was changed after it."""
    return f"{commit[:7]}\N{NO-BREAK SPACE}ändrad" if commit.endswith(DIRTY) else commit[:7]


def day_of(created: str) -> str:
    """The day of a time such as 2026-01-31T12:00, kept on one line."""
    return created[:10].replace("-", "\N{NON-BREAKING HYPHEN}")


def number(value: float, decimals: int = 3) -> str:
    """The figure with a decimal comma."""
    return f"{value:.{decimals}f}".replace(".", ",")


def signed(value: float) -> str:
    """A difference with its sign: +0,012 or −0,012; 0,000 has none."""
    shown = f"{value:+.3f}".replace(".", ",").replace("-", "−")
    return shown[1:] if shown[1:] == "0,000" else shown


def interval_range(interval: Interval, decimals: int = 3) -> str:
    """The interval's ends: 0,700–0,840; a dash for a single value, which has none."""
    if interval.n < 2:
        return "–"
    return f"{number(interval.low, decimals)}–{number(interval.high, decimals)}"


def said(row: Row) -> str:
    """What a row's answer said, in one line: the short answer, else the statement, else the error."""
    if row.given is None:
        return f"krasch: {row.error}"
    where = row.given.quotes[0].agreement_id if row.given.quotes else ""
    words = " ".join((row.given.short_answer or row.given.statement).split())
    if len(words) > _LONGEST_SAID:
        words = f"{words[:_LONGEST_SAID]}…"
    return f"{words} [{where}]" if where and not row.given.abstained else words
