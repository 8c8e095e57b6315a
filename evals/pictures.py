"""From a run to the report's pictures, each with the table behind it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from evals.cases import CaseType
from evals.html_parts import cells, picture, table
from evals.intervals import bootstrap_interval
from evals.plots import Axes, Dot, Point, dot_plot, histogram, line_plot, shares
from evals.record import Row, Run
from evals.risk import risk_coverage
from evals.run import Summary
from evals.scoring import SCORE
from evals.uncertainty import abstention_intervals, latency_intervals
from evals.wording import ALL_TYPES, MEASURED_BY, TYPE_NAMES, code_name, day_of, interval_range, number

_BARS = 20
_STEPS = 10
# The scale of the risk curve: a system that lacks half of its score is past using its confidence.
_MOST_RISK = 0.5


def types_shown(rows: Sequence[Row], summary: Summary) -> str:
    """The score of each type with its interval, and of all."""
    dots = [Dot(TYPE_NAMES[item.type], item.metrics[SCORE]) for item in summary.types]
    dots.append(Dot(ALL_TYPES, summary.overall, total=True))
    lines = [
        (
            TYPE_NAMES[item.type],
            MEASURED_BY[item.type],
            str(item.metrics[SCORE].n),
            *cells(item.metrics[SCORE]),
            str(item.crashes),
        )
        for item in summary.types
    ]
    crashed = str(sum(row.error is not None for row in rows))
    lines.append((ALL_TYPES, "typens mått", str(summary.overall.n), *cells(summary.overall), crashed))
    headings = ("Frågetyp", "Mått", "Frågor", "Poäng", "95 % intervall", "Krascher")
    return picture(dot_plot(dots, "Poäng per frågetyp med 95 % intervall")) + table(headings, lines, texts=2)


def risk_shown(rows: Sequence[Row]) -> str:
    """The risk of the surest answers against how many of the questions they are."""
    curve = risk_coverage(rows)
    if curve is None:
        return "<p>Körningen är sparad utan svarens säkerhet; kör om den för att få kurvan.</p>"
    # The surest answers are equally sure: any share of them has their risk.
    places = [(0.0, curve.points[0].risk), *((point.coverage, point.risk) for point in curve.points)]
    line = [Point(share, min(1.0, risk / _MOST_RISK)) for share, risk in places]
    axes = Axes(
        "andel av frågorna, de säkraste först",
        "risk: poäng som saknas i snitt",
        [(share, f"{share * 100:.0f} %") for share, _ in shares()],
        [(share, number(share * _MOST_RISK, 1)) for share, _ in shares()],
    )
    told = (
        f"Ytan under kurvan är {number(curve.aurc.mean)} (95 %: {interval_range(curve.aurc)}). Sade säkerheten inget "
        f"vore den {number(curve.chance)}, sade den allt {number(curve.best)}."
    )
    svg = picture(line_plot(line, axes, "Risk mot andel av frågorna"))
    lines = []
    for tenth in range(1, 11):
        point = next(point for point in curve.points if point.coverage >= tenth / 10 - 1e-9)
        lines.append((f"{point.coverage * 100:.0f} %", number(point.risk), number(point.confidence)))
    headings = ("Andel av frågorna", "Risk", "Lägsta säkerhet")
    return f"{svg}<p>{told}</p>" + table(headings, list(dict.fromkeys(lines)))


def times_shown(rows: Sequence[Row], summary: Summary) -> str:
    """How long the answers took, and the percentiles of each type."""
    times = np.array([row.took_ms for row in rows])
    step = _round_step(float(np.percentile(times, 99)) / _BARS)
    edge = step * _BARS
    counts, _ = np.histogram(np.minimum(times, edge), bins=_BARS, range=(0, edge))
    most = _round_step(int(counts.max()) / 4) * 4
    told = [
        f"{step * place:g}–{step * (place + 1):g} ms: {count} frågor" for place, count in enumerate(counts)
    ]
    told[-1] = f"{step * (_BARS - 1):g} ms eller mer: {counts[-1]} frågor"
    axes = Axes(
        "millisekunder från fråga till svar",
        "antal frågor",
        [(place / 4, f"{edge * place / 4:g}{'+' if place == 4 else ''}") for place in range(5)],
        [(place / 4, f"{most * place / 4:g}") for place in range(5)],
    )
    time = summary.latency
    marks = [
        (time.p50 / edge, f"median {time.p50:.0f} ms"),
        (time.p95 / edge, f"95 % under {time.p95:.0f} ms"),
    ]
    svg = histogram(
        [float(count) / most for count in counts],
        told,
        axes,
        "Svarstidernas fördelning",
        [(min(1.0, at), words) for at, words in marks],
    )
    kinds = [kind for kind in CaseType if any(row.type is kind for row in rows)]
    lines = [_times(TYPE_NAMES[kind], [row.took_ms for row in rows if row.type is kind]) for kind in kinds]
    lines.append(_times(ALL_TYPES, [row.took_ms for row in rows]))
    headings = ("Frågetyp", "Frågor", "Median, ms", "95 %, ms", "99 %, ms", "Längst, ms")
    sure = latency_intervals(rows)
    spread = (
        f"95 % intervall: median {sure.p50.low:.0f}–{sure.p50.high:.0f} ms, "
        f"95:e percentilen {sure.p95.low:.0f}–{sure.p95.high:.0f} ms, 99:e {sure.p99.low:.0f}–{sure.p99.high:.0f} ms."
    )
    return f"{picture(svg)}<p>{spread}</p>" + table(headings, lines)


def _times(name: str, times: Sequence[float]) -> tuple[str, ...]:
    middle, high, higher = np.percentile(times, [50, 95, 99])
    return (name, str(len(times)), *(f"{value:.0f}" for value in (middle, high, higher, max(times))))


def _round_step(least: float) -> float:
    """The smallest of 1, 2, 2.5 and 5 times a power of ten that is not below `least`."""
    power = 10.0 ** math.floor(math.log10(max(least, 1e-9)))
    return next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= least * (1 - 1e-9))


def silence_shown(rows: Sequence[Row]) -> str:
    """Precision, recall and F1 of "inget stöd funnet", and how often it was said."""
    found = abstention_intervals(rows)
    if found is None:
        return "<p>Ingen fråga saknar svar, och inget svar uteblev.</p>"
    wanted = sum(row.scored_as is CaseType.UNANSWERABLE for row in rows)
    said = sum(row.abstained for row in rows)
    lines = [
        ("Precision", f"av {said} gånger som det avstod", *cells(found.precision)),
        ("Täckning", f"av {wanted} frågor utan svar", *cells(found.recall)),
        ("F1", "båda sammanvägda", *cells(found.f1)),
    ]
    return table(("Mått", "Hur stor del", "Värde", "95 % intervall"), lines, texts=2)


def ledger_shown(runs: Sequence[Run]) -> str:
    """The score over all cases of the runs, oldest first, and a table of them by type.

    Runs of another set of questions than the last are in the table only: their means cannot be compared.
    """
    set_of = runs[-1].manifest.cases_sha256
    same = [run for run in runs if run.manifest.cases_sha256 == set_of]
    svg = picture(_ledger_line(same)) if len(same) > 1 else ""
    kinds = [kind for kind in CaseType if any(row.type is kind for run in runs for row in run.rows)]
    headings = ("Kod", "Gjord", "Frågor", ALL_TYPES.capitalize(), *(TYPE_NAMES[kind] for kind in kinds))
    return svg + table(headings, [_ledger_row(run, kinds, set_of) for run in reversed(runs)], texts=2)


def _ledger_line(runs: Sequence[Run]) -> str:
    means = [bootstrap_interval([row.scores[SCORE] for row in run.rows]) for run in runs]
    places = [(place + 0.5) / len(runs) for place in range(len(runs))]
    points = [
        Point(x, mean.mean, f"{code_name(run.manifest.commit)}: {number(mean.mean)}")
        for x, mean, run in zip(places, means, runs, strict=True)
    ]
    # At most ten names fit below the axis.
    every = math.ceil(len(runs) / _STEPS)
    ticks = [
        (x, run.manifest.commit[:7])
        for place, (x, run) in enumerate(zip(places, runs, strict=True))
        if (len(runs) - 1 - place) % every == 0
    ]
    axes = Axes("kodens version, nyast till höger", "poäng över alla frågor", ticks, shares())
    return line_plot(points, axes, "Poäng över tid med 95 % intervall", means)


def _ledger_row(run: Run, kinds: Sequence[CaseType], set_of: str) -> tuple[str, ...]:
    scores = [[row.scores[SCORE] for row in run.rows if row.type is kind] for kind in kinds]
    every = [row.scores[SCORE] for row in run.rows]
    other = "" if run.manifest.cases_sha256 == set_of else " *"
    return (
        code_name(run.manifest.commit),
        day_of(run.manifest.created),
        f"{len(run.rows)}{other}",
        number(_mean(every)),
        *(number(_mean(values)) if values else "–" for values in scores),
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
