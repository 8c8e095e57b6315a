"""Plain texts as an index in memory, so that the product itself is asked: its passages, words, vectors and fusion."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from corpus.types import Agreement, Document, FileFormat, Section
from indexer.build import embed
from indexer.former import Former
from indexer.lexical import LexicalIndex
from indexer.manifest import FORMAT_VERSION, Manifest
from indexer.passages import passage_sentences, passages_of
from indexer.sentence_vectors import SentenceVectors
from indexer.store import Index
from indexer.swedish.abbreviations import abbreviations_in, common_abbreviations
from indexer.swedish.vocabulary import Vocabulary
from indexer.types import Encoder, FloatMatrix, Passage
from indexer.vectors import VectorIndex
from indexer.version import chunker_version, parser_version
from retriever.engine import Engine

_IN_MEMORY = "i minnet"


def open_pool(documents: Mapping[str, str], encoder: Encoder, with_vectors: bool = True) -> Engine:
    """An engine over the texts, each an agreement of one section under its own id.

    Without vectors every cosine is 0: for measuring words alone, in seconds.
    """
    agreements = {name: _agreement(name, text) for name, text in documents.items()}
    limit = encoder.info.max_tokens
    passages = [p for a in agreements.values() for p in passages_of(a, encoder.count_tokens, limit)]
    shape = (len(passages), encoder.info.dimension)
    vectors, sentences = np.zeros(shape, dtype=np.float32), SentenceVectors.none()
    if with_vectors:
        vectors, sentences = embedded(agreements, passages, encoder)
    words = LexicalIndex.build(passages)
    index = Index(
        folder=Path(),
        manifest=_manifest(encoder, len(agreements), len(passages)),
        agreements=agreements,
        passages=passages,
        words=words,
        vectors=VectorIndex.build(vectors),
        links=(),
        report=(),
        sentences=sentences,
    )
    texts = (agreement.text for agreement in agreements.values())
    return Engine(
        index,
        encoder,
        Vocabulary(words.words, words.atoms()),
        {**common_abbreviations(), **abbreviations_in(texts)},
    )


def embedded(
    agreements: Mapping[str, Agreement], passages: Sequence[Passage], encoder: Encoder
) -> tuple[FloatMatrix, SentenceVectors]:
    """The passages' vectors, float32 (passages, dimension), and their sentences', as an index build makes them."""
    by_agreement: dict[str, list[Passage]] = {}
    for passage in passages:
        by_agreement.setdefault(passage.agreement_id, []).append(passage)
    spans = [s for name, own in by_agreement.items() for s in passage_sentences(agreements[name], own)]
    vectors, sentences, _ = embed(passages, spans, encoder, Former())
    return vectors, sentences


def _agreement(name: str, text: str) -> Agreement:
    whole = unicodedata.normalize("NFC", "\n".join(text.splitlines()))
    document = Document(path=name, format=FileFormat.TXT, text=whole)
    section = Section(path=(), label="", heading="", level=0, start=0, body=0, end=len(whole))
    return Agreement(name, document, "", None, (), (), (section,), ())


def _manifest(encoder: Encoder, agreements: int, passages: int) -> Manifest:
    return Manifest(
        format_version=FORMAT_VERSION,
        generation=_IN_MEMORY,
        encoder=encoder.info,
        chunker_version=chunker_version(),
        parser_version=parser_version(),
        corpus_fingerprint=_IN_MEMORY,
        agreements=agreements,
        passages=passages,
        source_folder=_IN_MEMORY,
        files={},
        sources={},
        read_from={},
    )
