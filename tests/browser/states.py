"""The states of the pages that are looked at: a name, an address and the status that it answers."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class State:
    """A state of a page."""

    name: str
    path: str
    status: int = 200


def _asked(question: str, more: str = "") -> str:
    return f"/?q={quote(question)}{more}"


LIST = _asked("vilka avtal omfattar kompetensförsörjning?")
STATES = (
    State("start", "/"),
    State("lista", LIST),
    State("filter", _asked("vilka avtal omfattar kompetensförsörjning?", f"&party={quote('Åkerby kommun')}")),
    State("kort svar", _asked("Hur lång är uppsägningstiden för ladan?")),
    State("stycken", _asked("snö på byvägarna")),
    State("inget svar", _asked("vad kostar en månraket?")),
    State("fel", _asked("hyra", "&valid_on=igar"), 400),
    State("engelska", LIST + "&lang=en"),
    State("läsvy", "/avtal/hyra/ladan?start=60&end=160&q=hyra#citat"),
    State("pdf", "/avtal/bod?start=62&end=90&q=boden"),
    State("ändrad", "/avtal/hyra/ladan?start=60&end=160&v=000000000000"),
    State("borta", "/avtal/finns-inte", 404),
    State("rapport", "/rapport"),
    State("giltighet", "/oversikt"),
    State("giltighet engelska", "/oversikt?lang=en&year=2026"),
    State("klausuler", "/oversikt/klausuler"),
    State("parter", "/oversikt/parter"),
    State("tom översikt", "/oversikt?year=1950&type=ramavtal"),
    State("översikt fel", "/oversikt?sida=9", 400),
    State("redogörelse", "/tillganglighet"),
)
