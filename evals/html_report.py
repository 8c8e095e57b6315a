"""A run as one HTML page that needs nothing else: no script, no font, no request."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from evals.html_parts import key_figure, section, table
from evals.measures import MEASURES
from evals.misses import cases_of, misses_shown
from evals.pictures import ledger_shown, risk_shown, silence_shown, times_shown, types_shown
from evals.record import Manifest, Row, Run
from evals.run import Summary, summarise
from evals.scoring import CITATION_EXACT, NAMESAKE, SECTION_EXACT, WRONG_AGREEMENT
from evals.wording import TYPE_NAMES, code_name, day_of, interval_range, number

_STYLE = Path(__file__).with_name("report.css")
_RANKING = {
    "nDCG@10": "nDCG@10",
    "RR@10": "MRR@10",
    "R@10": "R@10",
    "Success@1": "Topp 1",
    "Success@3": "Topp 3",
    CITATION_EXACT: "Ordagranna citat",
    SECTION_EXACT: "Rätt avsnitt",
    WRONG_AGREEMENT: "Fel avtal",
    NAMESAKE: "Rätt klausul, fel avtal",
}


def html_report(run: Run, ledger: Sequence[Run]) -> str:
    """The page of the run; `ledger` are the stored runs of the same name, oldest first, and may be empty."""
    summary = summarise(run.rows)
    body = "".join(
        (
            _head(run),
            _keys(run.rows, summary),
            section(
                "typer",
                "Poäng per frågetyp",
                "Punkten är medelvärdet, strecket dess 95 % intervall. Överlappar två streck mycket är skillnaden osäker.",
                types_shown(run.rows, summary),
            ),
            section(
                "risk",
                "Är de säkra svaren de rätta?",
                "Svaren ordnade från det säkraste till det minst säkra. Ju lägre kurvan ligger till vänster, desto bättre vet programmet när det har rätt.",
                risk_shown(run.rows),
            ),
            section(
                "tider",
                "Svarstider",
                f"Mätt på {run.manifest.machine.cores} kärnor ({run.manifest.machine.processor}); andra program kan ha kört samtidigt.",
                times_shown(run.rows, summary),
            ),
            section(
                "rangordning",
                "Rangordning och källor",
                "Medelvärden över typens frågor; ett streck där måttet inte gäller typen.",
                _ranking(summary),
            ),
            section(
                "avstar",
                "När svaret saknas",
                "Hur väl programmet skiljer frågor som avtalen svarar på från dem som de inte svarar på.",
                silence_shown(run.rows),
            ),
            _ledger(run, ledger),
            section(
                "missar",
                "Frågor som inte klarades",
                "Frågor med mindre än halva poängen: vad som väntades och vad som svarades.",
                misses_shown(run.rows, cases_of(run)),
            ),
            section(
                "matt",
                "Så läses måtten",
                "Alla mått ligger mellan 0 och 1 om inget annat sägs.",
                _measures(),
            ),
            section(
                "korning",
                "Körningen",
                "Det som behövs för att göra om den.",
                _facts(run.manifest, len(run.rows)),
            ),
        )
    )
    title = escape(f"Utvärdering {run.manifest.name} {run.manifest.commit}")
    return (
        f'<!doctype html>\n<html lang="sv"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<style>\n{_STYLE.read_text(encoding='utf-8')}</style></head><body>{body}</body></html>\n"
    )


def _head(run: Run) -> str:
    told = run.manifest
    words = (
        f"{len(run.rows)} frågor om {told.agreements} avtal, besvarade {day_of(told.created)} "
        f"av kod {code_name(told.commit)}"
    )
    return f"<header><h1>Hur bra svarar Avtalssök?</h1><p>{escape(words)}</p></header>"


def _keys(rows: Sequence[Row], summary: Summary) -> str:
    exact = [row.scores[CITATION_EXACT] for row in rows if CITATION_EXACT in row.scores]
    wrong = [row.scores[WRONG_AGREEMENT] for row in rows if WRONG_AGREEMENT in row.scores]
    silence, time = summary.abstention, summary.latency
    figures = [
        key_figure("Poäng", number(summary.overall.mean, 2), f"95 %: {interval_range(summary.overall, 2)}"),
        key_figure("Ordagranna citat", _share(exact), "ska vara 1"),
        key_figure("Svar ur fel avtal", _share(wrong), "ska vara 0"),
        key_figure(
            "Avstår rätt",
            number(silence.f1, 2),
            f"precision {number(silence.precision, 2)}, täckning {number(silence.recall, 2)}",
        ),
        key_figure("Svarstid", f"{time.p50:.0f} ms", f"95 av 100 under {time.p95:.0f} ms"),
    ]
    return f'<dl class="keys">{"".join(figures)}</dl>'


def _share(values: Sequence[float]) -> str:
    """The mean with two decimals; three where two would round an imperfect share to perfect."""
    if not values:
        return "–"
    mean = sum(values) / len(values)
    rounded_away = mean not in (0.0, 1.0) and round(mean, 2) in (0.0, 1.0)
    return number(mean, 4 if rounded_away else 2)


def _ranking(summary: Summary) -> str:
    lines = [
        (
            TYPE_NAMES[item.type],
            *(number(item.metrics[name].mean) if name in item.metrics else "–" for name in _RANKING),
        )
        for item in summary.types
    ]
    return table(("Frågetyp", *_RANKING.values()), lines)


def _ledger(run: Run, ledger: Sequence[Run]) -> str:
    if not ledger:
        return ""
    changed = any(other.manifest.cases_sha256 != ledger[-1].manifest.cases_sha256 for other in ledger)
    lead = f"De sparade körningarna som heter {run.manifest.name}, i kodens ordning." + (
        " En stjärna märker en körning med andra frågor: dess poäng kan inte jämföras med de övrigas."
        if changed
        else ""
    )
    return section("liggare", "Liggaren", lead, ledger_shown(ledger))


def _measures() -> str:
    lines = "".join(
        f"<dt>{escape(m.name)} <small>({escape(m.good.lower())})</small></dt><dd>{escape(m.meaning)}</dd>"
        for m in MEASURES
    )
    return f'<dl class="measures">{lines}</dl>'


def _facts(told: Manifest, rows: int) -> str:
    machine = told.machine
    lines = [
        ("Kommando", told.command),
        ("Kod", told.commit),
        ("Gjord", told.created.replace("T", " ")),
        ("Frågor", f"{rows} ur {', '.join(told.case_files)} (sha256 {told.cases_sha256[:12]}…)"),
        ("Index", f"{told.generation}, {told.agreements} avtal"),
        ("Kodare", told.encoder),
        (
            "Maskin",
            f"{machine.processor}, {machine.cores} kärnor, {number(machine.memory_gib, 1)} GiB, {machine.system}, Python {machine.python}",
        ),
    ]
    return f'<div class="facts">{table(("Uppgift", "Värde"), lines, texts=2)}</div>'
