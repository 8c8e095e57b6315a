"""Figures that measure something else than is asked for, or tell another time."""

from __future__ import annotations

import pytest

from corpus.expressions import ExpressionKind
from corpus.types import Span
from retriever.figure_fits import can_be_meant


@pytest.mark.parametrize(
    ("asked", "sentence", "figure", "kind", "fits"),
    [
        ("Hur mycket väger statyn?", "Statyn är 4 meter hög.", "4 meter", ExpressionKind.MEASURE, False),
        ("Hur mycket väger statyn?", "Statyn väger 400 kilo.", "400 kilo", ExpressionKind.MEASURE, True),
        ("Hur mycket el drar hallen?", "Hallen är på 900 kvadratmeter.", "900 kvadratmeter", ExpressionKind.MEASURE, False),
        ("Hur gammal ska en ledare vara?", "Kursen är fyra dagar.", "fyra dagar", ExpressionKind.PERIOD, False),
        ("Hur gammal ska en ledare vara?", "Ledare ska ha fyllt 18 år.", "18 år", ExpressionKind.PERIOD, True),
        ("Hur stor är lokalen?", "Skolan använder en tredjedel.", "en tredjedel", ExpressionKind.PERCENT, False),
        ("Hur stor är rabatten?", "Rabatten är 5 procent.", "5 procent", ExpressionKind.PERCENT, True),
        ("Vilket år byggdes bron?", "Medel finns till och med 2026.", "2026", ExpressionKind.DATE, False),
        ("Vilket år byggdes bron?", "Bron stod klar 1986.", "1986", ExpressionKind.DATE, True),
        ("När upphör avtalet?", "Det gäller till och med 2026.", "2026", ExpressionKind.DATE, True),
    ],
)  # fmt: skip
def test_what_is_measured_and_when_it_was(
    asked: str, sentence: str, figure: str, kind: ExpressionKind, fits: bool
) -> None:
    start = sentence.index(figure)
    span = Span(start, start + len(figure))
    assert can_be_meant(asked, sentence, Span(0, len(sentence)), kind, span) is fits
