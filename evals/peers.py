"""Peers as rankers, where the extra `peers` is installed: txtai, Haystack, and LangChain with FAISS.

Each is given the same passages with their headers and the index's own vectors, and is set up as its own documentation
shows: txtai hybrid, Haystack BM25 and embeddings joined by reciprocal rank, LangChain embeddings alone.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterable
from types import ModuleType

import numpy as np

from corpus.types import AvtalError
from evals.rankers import Rank, Ranker, Scores, passage_texts
from indexer.types import FloatMatrix
from retriever.engine import Engine

# Haystack copies every document that it returns: all of them would take seconds a question.
_DEPTH = 200


class PeerMissingError(AvtalError):
    """A peer that is not installed here: says which package, and how to install it."""


def peer_rankers() -> tuple[Ranker, ...]:
    """Every peer, installed or not: making one that is not raises PeerMissingError."""
    return (
        Ranker("txtai", "txtai, BM25 och samma kodare (hybrid)", _txtai),
        Ranker("haystack", "Haystack, BM25 och samma kodare (RRF)", _haystack),
        Ranker("langchain-faiss", "LangChain och FAISS, samma kodare", _langchain),
    )


class _Vectors:
    """The index's vectors by text, and the encoder for what is not in it."""

    def __init__(self, engine: Engine) -> None:
        self.texts = passage_texts(engine)
        self.rows = engine.index.vectors.vectors()
        self._encoder = engine.encoder
        self._known = {text: row for row, text in enumerate(self.texts)}

    def of(self, texts: Iterable[str]) -> FloatMatrix:
        """float32, shape (texts, dimension)."""
        found = [
            self.rows[self._known[text]] if text in self._known else self._encoder.encode_queries([text])[0]
            for text in texts
        ]
        return np.asarray(found, dtype=np.float32)


def _txtai(engine: Engine) -> Rank:
    txtai = _module("txtai", "txtai")
    vectors = _Vectors(engine)
    made = txtai.Embeddings(
        # A bound method is taken for a class to be made.
        method="external",
        transform=lambda texts: vectors.of(texts),
        backend="faiss",
        hybrid=True,
    )
    made.index((row, text, None) for row, text in enumerate(vectors.texts))
    total = len(vectors.texts)
    return lambda question: _scores(total, made.search(question, total))


def _haystack(engine: Engine) -> Rank:
    # It tells its makers of its use unless this is set before it is imported.
    os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"
    kinds = _module("haystack", "haystack-ai")
    stores = _module("haystack.document_stores.in_memory", "haystack-ai")
    retrievers = _module("haystack.components.retrievers.in_memory", "haystack-ai")
    joiners = _module("haystack.components.joiners", "haystack-ai")
    vectors = _Vectors(engine)
    total = len(vectors.texts)
    store = stores.InMemoryDocumentStore()
    store.write_documents(
        [
            kinds.Document(id=str(row), content=text, embedding=vectors.rows[row].tolist())
            for row, text in enumerate(vectors.texts)
        ]
    )
    by_words = retrievers.InMemoryBM25Retriever(store, top_k=_DEPTH)
    by_meaning = retrievers.InMemoryEmbeddingRetriever(store, top_k=_DEPTH)
    joiner = joiners.DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=total)

    def rank(question: str) -> Scores:
        worded = by_words.run(query=question)["documents"]
        meant = by_meaning.run(query_embedding=vectors.of([question])[0].tolist())["documents"]
        joined = joiner.run(documents=[worded, meant])["documents"]
        return _scores(total, ((int(found.id), found.score) for found in joined))

    return rank


def _langchain(engine: Engine) -> Rank:
    stores = _module("langchain_community.vectorstores", "langchain-community")
    embeddings = _module("langchain_core.embeddings", "langchain-core")
    vectors = _Vectors(engine)
    total = len(vectors.texts)
    store = stores.FAISS.from_embeddings(
        list(zip(vectors.texts, vectors.rows.tolist(), strict=True)),
        # The store asks for an encoder, and is never asked to use it.
        embeddings.DeterministicFakeEmbedding(size=engine.encoder.info.dimension),
        metadatas=[{"row": row} for row in range(total)],
    )

    def rank(question: str) -> Scores:
        found = store.similarity_search_with_score_by_vector(vectors.of([question])[0].tolist(), k=total)
        # Squared distance of unit vectors: 2 - 2 cosine.
        return _scores(total, ((document.metadata["row"], 1 - far / 2) for document, far in found))

    return rank


def _scores(total: int, found: Iterable[tuple[int, float]]) -> Scores:
    scores = np.zeros(total, dtype=np.float32)
    for row, score in found:
        scores[row] = score
    return scores


def _module(name: str, package: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise PeerMissingError(
            f"{package} är inte installerat; kör pip install '.[peers]' för att mäta det."
        ) from error
