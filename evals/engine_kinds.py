"""The engines that evals/engines.py sets side by side: ours, and three that are opened where they are installed."""

from __future__ import annotations

import importlib
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from corpus.types import SectionRole
from indexer.lexical import LexicalIndex
from indexer.swedish.words import words_of
from indexer.types import Passage

TOP = 10
TABLE = "passages"


class WordEngine(Protocol):
    """An engine over passages of text; row i is text i."""

    def add(self, texts: Sequence[str]) -> None:
        """Index more texts, searchable when it returns; all anew where the engine cannot add."""
        ...

    def best(self, question: str) -> list[int]:
        """Rows of the best ten passages, best first."""
        ...

    def save(self) -> None:
        """Write what is not in its folder yet."""
        ...


def terms_of(text: str) -> list[str]:
    """The terms every engine but ours is given: stems and compound parts, so that they do the same work."""
    return [atom for word in words_of(text) for atom in word.atoms]


class Ours:
    """The product's word index: every passage scored by stems, parts, 5-grams and neighbours."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._texts = folder, list[str]()
        self._index = LexicalIndex.build([])

    def add(self, texts: Sequence[str]) -> None:
        """Build anew: weights hang on the whole collection."""
        self._texts += texts
        self._index = LexicalIndex.build([_passage(text) for text in self._texts])

    def best(self, question: str) -> list[int]:
        """Rows of the best ten of all scores."""
        scores = self._index.scores(words_of(question))
        found: list[int] = np.argsort(-scores, kind="stable")[:TOP].tolist()
        return found

    def save(self) -> None:
        """Write the index's files."""
        self._index.save(self._folder)


class Bm25s:
    """bm25s: finished weights in a sparse matrix, as ours, over whole terms."""

    def __init__(self, folder: Path) -> None:
        self._library: Any = importlib.import_module("bm25s")
        self._folder, self._terms = folder, list[list[str]]()
        self._index: Any = None

    def add(self, texts: Sequence[str]) -> None:
        """Build anew: it does not add."""
        self._terms += [terms_of(text) for text in texts]
        self._index = self._library.BM25()
        self._index.index(self._terms, show_progress=False)

    def best(self, question: str) -> list[int]:
        """Rows of its best ten."""
        found, _ = self._index.retrieve([terms_of(question)], k=TOP, show_progress=False)
        return [int(row) for row in found[0]]

    def save(self) -> None:
        """Write its arrays."""
        self._index.save(str(self._folder))


class Tantivy:
    """tantivy: an inverted index on disk, with segments that are added to."""

    def __init__(self, folder: Path) -> None:
        self._library: Any = importlib.import_module("tantivy")
        builder = self._library.SchemaBuilder()
        builder.add_unsigned_field("row", stored=True)
        builder.add_text_field("terms", tokenizer_name="whitespace")
        self._index = self._library.Index(builder.build(), path=str(folder))
        self._rows = 0

    def add(self, texts: Sequence[str]) -> None:
        """Add to it and commit."""
        writer = self._index.writer(heap_size=50_000_000, num_threads=1)
        for row, text in enumerate(texts, self._rows):
            writer.add_document(self._library.Document(row=row, terms=" ".join(terms_of(text))))
        self._rows += len(texts)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def best(self, question: str) -> list[int]:
        """Rows of its best ten."""
        searcher = self._index.searcher()
        asked = " ".join(f'"{term}"' for term in terms_of(question))
        hits = searcher.search(self._index.parse_query(asked, ["terms"]), TOP).hits
        return [searcher.doc(address)["row"][0] for _, address in hits]

    def save(self) -> None:
        """It is on disk already."""


class Fts5:
    """SQLite's full-text index, ranked by its own bm25."""

    def __init__(self, folder: Path) -> None:
        self._base = sqlite3.connect(folder / "fts5.sqlite")
        self._base.execute(
            f"create virtual table {TABLE} using fts5(terms, content='', tokenize='unicode61')"
        )
        self._rows = 0

    def add(self, texts: Sequence[str]) -> None:
        """Add to it and commit."""
        rows = [(row, " ".join(terms_of(text))) for row, text in enumerate(texts, self._rows)]
        self._base.executemany(f"insert into {TABLE}(rowid, terms) values (?, ?)", rows)
        self._rows += len(texts)
        self._base.commit()

    def best(self, question: str) -> list[int]:
        """Rows of its best ten."""
        asked = " OR ".join(f'"{term}"' for term in terms_of(question))
        sql = f"select rowid from {TABLE} where {TABLE} match ? order by rank limit {TOP}"
        with closing(self._base.execute(sql, (asked,))) as rows:
            return [int(row) for (row,) in rows]

    def save(self) -> None:
        """It is on disk already."""


ENGINES: Mapping[str, tuple[str | None, Callable[[Path], WordEngine]]] = {
    "avtalssök": (None, Ours),
    "bm25s": ("bm25s", Bm25s),
    "tantivy": ("tantivy", Tantivy),
    "SQLite FTS5": (None, Fts5),
}
"""Name -> the module it needs (None: nothing more than the product does) and how it is opened over a folder."""


def _passage(text: str) -> Passage:
    return Passage("a#0", "a", 0, 0, len(text), SectionRole.CONTENT, "", text)
