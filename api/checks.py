"""`avtal verify` and `avtal doctor`: does what was said still hold, and does the index hang together?"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import numpy as np

from corpus.sandbox import Reader
from corpus.types import Agreement, ReadError, sha256_of_text
from indexer.former import embedding_text
from indexer.lexical import LexicalIndex
from indexer.passages import passage_sentences
from indexer.store import Index
from indexer.swedish.words import words_of
from retriever.citation import verify
from retriever.engine import Engine
from retriever.types import Citation, Verdict, Verification

MOST_ENCODED = 200
"""Passages that the doctor encodes anew, one at a time: seconds with the encoder in the box, a minute on a busy machine."""
ASKED_WORDS = 20
"""Words of each passage whose weights the doctor compares."""
SAME_VECTOR = 0.99
"""Cosine of a text's vector with its own made anew: they differ by rounding; another text's is far below."""


def verify_against_sources(index: Index, citations: Sequence[Citation]) -> list[Verification]:
    """Each citation against the file it came from as that is now; against the stored text where the folder is away."""
    folder = Path(index.manifest.source_folder)
    if not folder.is_dir():
        return [verify(citation, index.agreements) for citation in citations]
    checked: list[Verification] = []
    texts: dict[str, Agreement | str] = {}
    with Reader() as reader:
        for citation in citations:
            name = citation.agreement_id
            if name not in texts:
                texts[name] = _as_it_is_now(index, name, folder, reader)
            now = texts[name]
            checked.append(
                verify(citation, {name: now})
                if isinstance(now, Agreement)
                else Verification(Verdict.GONE, now)
            )
    return checked


def _as_it_is_now(index: Index, agreement_id: str, folder: Path, reader: Reader) -> Agreement | str:
    """The agreement with its source's present text, or why there is none."""
    agreement = index.agreements.get(agreement_id)
    if agreement is None:
        return f"avtalet {agreement_id} finns inte i indexet"
    path = index.manifest.read_from[agreement_id]
    source = folder / path
    if not source.is_file():
        return f"filen {source} finns inte längre"
    if hashlib.sha256(source.read_bytes()).hexdigest() == index.manifest.sources[path]:
        return agreement
    try:
        return replace(agreement, document=reader.read(source, path))
    except ReadError as error:
        return f"filen {source} kan inte längre läsas: {error.reason}"


def examine(engine: Engine) -> Iterator[tuple[str, str | None]]:
    """The doctor's checks: what was checked, and what is wrong, None where nothing is."""
    index = engine.index
    checks: tuple[tuple[str, Callable[[Index], str | None]], ...] = (
        ("texterna är de som indexerades", _texts),
        ("avsnitten täcker varje text utan lucka", _sections),
        ("styckena är utdrag ur texterna", _passages),
        ("antalen stämmer med manifestet", _counts),
        ("vektorerna är av längd 1", _norms),
        ("varje stycke hittar sig självt först", _self_search),
        ("orden är styckenas egna", _words),
        ("meningarna är styckenas egna", _sentences),
        ("originalfilerna är de som lästes", _sources),
    )
    yield "indexfilerna har rätt kontrollsumma", None
    for name, check in checks:
        yield name, check(index)
    rows = encoded_again(len(index.passages))
    yield (
        f"vektorerna är texternas egna ({len(rows)} av {len(index.passages)} stycken)",
        _vectors(engine, rows),
    )


def _texts(index: Index) -> str | None:
    wrong = [
        a.agreement_id for a in index.agreements.values() if sha256_of_text(a.text) != a.document.text_sha256
    ]
    return f"fel text i {', '.join(wrong)}" if wrong else None


def _sections(index: Index) -> str | None:
    for agreement in index.agreements.values():
        end = 0
        for section in agreement.sections:
            if section.start != end:
                return f"lucka vid tecken {end} i {agreement.agreement_id}"
            end = section.end
        if end != len(agreement.text):
            return f"texten efter tecken {end} i {agreement.agreement_id} saknar avsnitt"
    return None


def _passages(index: Index) -> str | None:
    for passage in index.passages:
        if (
            index.agreements[passage.agreement_id].text[passage.start : passage.end] != passage.text
            or not passage.text.strip()
        ):
            return f"stycket {passage.passage_id} stämmer inte med texten"
    return None


def _counts(index: Index) -> str | None:
    manifest = index.manifest
    seen = (len(index.agreements), len(index.passages), len(manifest.read_from), index.vectors.dimension)
    wanted = (manifest.agreements, manifest.passages, manifest.agreements, manifest.encoder.dimension)
    return None if seen == wanted else f"räknade {seen}, manifestet säger {wanted}"


def _norms(index: Index) -> str | None:
    norms = np.linalg.norm(index.vectors.vectors(), axis=1)
    wrong = np.flatnonzero(np.abs(norms - 1) > 1e-3)
    return (
        f"{len(wrong)} vektorer har fel längd" if index.manifest.encoder.normalised and len(wrong) else None
    )


def _self_search(index: Index) -> str | None:
    vectors = index.vectors.vectors()
    for row, vector in enumerate(vectors):
        scores = index.vectors.scores(vector.reshape(1, -1))
        if scores[row] < float(scores.max()) - 1e-5:
            return f"stycket {index.passages[row].passage_id} hittar ett annat före sig"
    return None


def _words(index: Index) -> str | None:
    """The word index made anew of the passages answers as the stored one, word by word."""
    anew = LexicalIndex.build(index.passages)
    if anew.words != index.words.words or sorted(anew.atoms()) != sorted(index.words.atoms()):
        return "ordlistan är inte styckenas"
    for atom in anew.atoms():
        if not np.array_equal(anew.rows_with(atom), index.words.rows_with(atom)):
            return f"ordet {atom} står i andra stycken än indexet säger"
    for passage in index.passages:
        asked = words_of(passage.text)[:ASKED_WORDS]
        if not np.allclose(anew.scores(asked), index.words.scores(asked), atol=1e-5):
            return f"orden i stycket {passage.passage_id} har fel vikt"
    return None


def _sentences(index: Index) -> str | None:
    if not len(index.sentences):
        return None
    row = 0
    for agreement_id, own in groupby(index.passages, key=lambda passage: passage.agreement_id):
        passages = list(own)
        for spans in passage_sentences(index.agreements[agreement_id], passages):
            if index.sentences.spans(row) != spans:
                return f"stycket {index.passages[row].passage_id} har andra meningar än texten"
            row += 1
    return None


def encoded_again(passages: int) -> list[int]:
    """The rows whose vectors are made anew: all of them, or `MOST_ENCODED` spread evenly."""
    return sorted({round(row) for row in np.linspace(0, passages - 1, min(passages, MOST_ENCODED)).tolist()})


def _vectors(engine: Engine, rows: Sequence[int]) -> str | None:
    """The texts encoded anew, in the order of the index, give the stored vectors."""
    index = engine.index
    for row in rows:
        anew = engine.encoder.encode_passages([embedding_text(index.passages[row])])[0]
        cosine = float(anew @ index.vectors.vector(row))
        if cosine < SAME_VECTOR:
            return f"vektorn till {index.passages[row].passage_id} är en annan texts (likhet {cosine:.3f})"
    return None


def _sources(index: Index) -> str | None:
    for agreement_id, path in index.manifest.read_from.items():
        stored = index.source_of(agreement_id)
        if (
            not stored.is_file()
            or hashlib.sha256(stored.read_bytes()).hexdigest() != index.manifest.sources[path]
        ):
            return f"originalet till {agreement_id} ({path}) saknas eller är ändrat"
    return None
