"""`avtal verify` and `avtal doctor`: does what was said still hold, and does the index hang together?"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from corpus.sandbox import Reader
from corpus.types import Agreement, ReadError, sha256_of_text
from indexer.store import Index
from retriever.citation import verify
from retriever.engine import Engine
from retriever.types import Citation, Verdict, Verification


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
        ("originalfilerna är de som lästes", _sources),
    )
    yield "indexfilerna har rätt kontrollsumma", None
    for name, check in checks:
        yield name, check(index)


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


def _sources(index: Index) -> str | None:
    for agreement_id, path in index.manifest.read_from.items():
        stored = index.source_of(agreement_id)
        if (
            not stored.is_file()
            or hashlib.sha256(stored.read_bytes()).hexdigest() != index.manifest.sources[path]
        ):
            return f"originalet till {agreement_id} ({path}) saknas eller är ändrat"
    return None
