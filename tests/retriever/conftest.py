"""Five agreements whose clauses are known, by the word encoder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from corpus.reading.document import read_document
from indexer.build import build_index
from indexer.types import Encoder
from retriever.engine import Engine, open_engine

_NOTICE = "Vardera parten får säga upp avtalet skriftligen med {} månaders uppsägningstid."
_DISPUTE = "Tvist om avtalet ska i första hand lösas genom förhandling mellan parterna."
CLAUSES = {
    "alvik.md": f"""# Samverkansavtal mellan Alviks kommun och Högskolan Dalarna

## 1 Ansvarsfördelning

Kommunen svarar för lokalen och högskolan för innehållet.

## 2 Uppsägning

{_NOTICE.format("sex")}

## 3 Ändringar och tvist

Ändringar av avtalet ska göras skriftligen. {_DISPUTE}
""",
    "bergby.md": f"""# Samverkansavtal mellan Bergby kommun och Högskolan Dalarna

## 1 Personalens arbetsmiljö

Högskolan har arbetsmiljöansvar för sina lärare.

## 2 Avtalets upphörande

{_NOTICE.format("6")}

## 3 Om parterna inte kommer överens

{_DISPUTE} Enas de inte avgör rektor och kommunchefen frågan.
""",
    "cederby.txt": f"""Avtal mellan Cederby kommun och Simlaget AB

Avtalet gäller från och med den 1 maj 2024. {_NOTICE.format("tolv")}

Tvist avgörs av skiljemän i Cederby.
""",
    "dalby.md": f"""# Ramavtal mellan Dalby kommun och Plogens AB

## 1 Ledning

Arbetet leds av en styrgrupp, som möts två gånger om året.

## 2 Uppsägningstid

{_NOTICE.format("sex")}

## 3 Tvister

{_DISPUTE}

## 4 Övrigt

Plogarna ska vara gula.
""",
    "ekeby.md": """# Avsiktsförklaring mellan Ekeby kommun och Högskolan Dalarna

## 1 Målbild

Parterna vill att fler ungdomar läser vidare.

## 2 Försäkring

Högskolan ska ha en försäkring för studenterna.
""",
}


@pytest.fixture(scope="session")
def engine_of(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder
) -> Callable[[Mapping[str, str]], Engine]:
    """Opens an engine over texts, given by the names of their files."""

    def opened(texts: Mapping[str, str]) -> Engine:
        place = tmp_path_factory.mktemp("texter")
        for name, text in texts.items():
            Path(place / name).write_text(text, encoding="utf-8")
        index = tmp_path_factory.mktemp("index")
        build_index(place, index, encoder, read_document)
        return open_engine(index, encoder)

    return opened


@pytest.fixture(scope="session")
def clauses(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    """Questions over the five agreements."""
    return engine_of(CLAUSES)
