"""A tiny world: four agreements of a few clauses each, an encoder that can be followed by hand, and their index."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import settings

from corpus.reading.document import read_document
from corpus.reading.tesseract import recognise_nothing
from indexer.build import build_index
from indexer.encoder import open_encoder
from indexer.swedish.tokens import tokens_of
from indexer.types import Encoder, EncoderInfo, FloatMatrix
from retriever.engine import Engine, open_engine

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")  # how long an example takes says what else the machine does

SAMPLES = Path(__file__).parents[1] / "corpus" / "samples"

AGREEMENTS = {
    "hyra/ladan.txt": """Hyresavtal mellan Granboda kommun och Tallviks AB

§ 1 Lokalen

Kommunen hyr ut den gamla ladan vid Lillån till bolaget. I hyran ingår värme och vattenförsörjning men inte el.

§ 2 Hyra

Hyran är 12 500 kronor per månad. Bolaget betalar i förskott, senast den sista vardagen i månaden.

§ 3 Avtalstid

Avtalet gäller från och med den 1 juni 2024 till och med den 31 maj 2031.

§ 4 Uppsägning

Avtalet kan sägas upp skriftligen av båda parter. Uppsägningstiden är nio månader.

§ 5 Husdjur

Bolaget får inte hålla häst i ladan.
""",
    "skola/åkerby.md": """# Samverkansavtal mellan Åkerby kommun och Högskolan Dalarna

## 1 Bakgrund

Kommunen och högskolan vill tillsammans trygga ortens kompetensförsörjning.

## 2 Praktik

Högskolan förmedlar tjugo praktikplatser om året till elever i kommunens skolor.

## 3 Ekonomi

Samverkan medför inga kostnader för högskolan. Kommunen avsätter 300 000 kronor om året för resor.

## 4 Uppföljning

Parterna träffas två gånger om året för att följa upp arbetet.
""",
    "badet.html": """<!doctype html><html lang="sv"><head><title>Driftavtal för badet</title></head><body>
<nav><a href="/">Start</a> <a href="/sok">Sök på sidan</a></nav>
<main><h1>Driftavtal mellan Granboda kommun och Simlaget AB</h1>
<h2>§ 1 Drift</h2><p>Bolaget sköter badhuset och håller vattnet vid 27 grader. Kommunen står för badhusets värmeförsörjning.</p>
<h2>§ 2 Personal</h2><p>Bolaget svarar för försörjning av den kompetens som badmästarna behöver.</p>
<h2>§ 3 Ersättning</h2><p>Kommunen betalar 2 miljoner kronor om året till bolaget.</p>
</main><footer>Dela sidan Facebook Mail</footer></body></html>
""",
    "vägar/snö och is.txt": """Ramavtal om snöröjning mellan Åkerby kommun och Plogens AB

§ 1 Omfattning

Plogens AB röjer snö på byvägarna när det har fallit mer än sju centimeter.

§ 2 Förare

Förarnas kompetensutveckling bekostas av Plogens AB.

§ 3 Vite

För varje missat dygn betalar bolaget ett vite om 4 000 kronor.
""",
}
"""Explicit on kompetensförsörjning: skola/åkerby, and badet by its parts; near: vägar/snö och is; silent: hyra/ladan."""


class WordEncoder:
    """Each word is a sign in one of 64 places, chosen by its hash; a text is the sum of its words, of length 1."""

    info = EncoderInfo("ord-64", hashlib.sha256(b"ord-64").hexdigest(), 64, 256)

    def encode_queries(self, texts: Sequence[str]) -> FloatMatrix:
        return self.encode_passages(texts)

    def encode_passages(self, texts: Sequence[str]) -> FloatMatrix:
        vectors = np.zeros((len(texts), 64), dtype=np.float32)
        for row, text in enumerate(texts):
            for token in tokens_of(text):
                digest = hashlib.sha256(token.word.encode()).digest()
                vectors[row, digest[0] % 64] += 1.0 if digest[1] % 2 else -1.0
            if not vectors[row].any():
                vectors[row, 0] = 1.0
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]


def write_agreements(folder: Path) -> Path:
    """The four agreements as files below `folder`."""
    for name, text in AGREEMENTS.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def refresh(client: TestClient) -> None:
    """Have the client's application answer from the generation that was published last, without waiting for its watch."""
    assert isinstance(client.app, FastAPI)
    client.app.state.live.refresh()


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The word encoder."""
    return WordEncoder()


@pytest.fixture(scope="session")
def shipped() -> Encoder:
    """The encoder in the box."""
    return open_encoder(None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The four agreements, to edit."""
    return write_agreements(tmp_path / "avtal")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    """An index of the four agreements by the word encoder, to read only."""
    place = tmp_path_factory.mktemp("värld")
    build_index(write_agreements(place / "avtal"), place / "index", encoder, read_document)
    return place / "index"


@pytest.fixture(scope="session")
def engine(built: Path, encoder: Encoder) -> Engine:
    """Questions over `built`."""
    return open_engine(built, encoder)


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory, shipped: Encoder) -> Engine:
    """Questions over the sample agreements by the encoder in the box."""
    root = tmp_path_factory.mktemp("exempel")
    build_index(SAMPLES, root, shipped, partial(read_document, recognise=recognise_nothing))
    return open_engine(root, shipped)
