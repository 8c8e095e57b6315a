"""The word index: BM25 over stems with compound parts, BM25 over 5-grams inside words, and postings."""

from __future__ import annotations

import json
import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from indexer.swedish.words import Word, words_of
from indexer.types import Passage

K1 = 1.2
B = 0.75
HEADER_WEIGHT = 0.5
"""A word of the header counts half a word of the text: enough to find the right agreement, not to outrank it."""
PART_WEIGHT = 0.4
"""A compound's part counts less than the word itself."""
STEM_SHARE = 0.4
"""Share of stems against 5-grams in the combined score; .3 to .5 were level on the development sets."""
GRAM = 5
FILES = ("words.json", "stems.npz", "grams.npz", "parts.npz")

Scores = NDArray[np.float32]


def grams_of(word: str) -> list[str]:
    """5-grams of `<word>`; a shorter word is one gram."""
    marked = f"<{word}>"
    return [marked[i : i + GRAM] for i in range(max(1, len(marked) - GRAM + 1))]


class LexicalIndex:
    """Scores every passage for a bag of words. Rows are passages, in the passages' order.

    `stems` and `grams` hold finished BM25 weights, `parts` ones where a passage's text holds the atom; all are
    CSC matrices with a row a passage. `words` counts the surface forms of the texts.
    """

    def __init__(
        self,
        vocabularies: Mapping[str, list[str]],
        matrices: Mapping[str, sparse.csc_matrix],
        words: dict[str, int],
    ) -> None:
        for name in ("stems", "grams", "parts"):
            if len(vocabularies[name]) != matrices[name].shape[1]:
                raise ValueError(
                    f"{name}: {len(vocabularies[name])} words but {matrices[name].shape[1]} columns"
                )
        self._columns = {
            name: {word: i for i, word in enumerate(vocabularies[name])} for name in vocabularies
        }
        self._matrices = dict(matrices)
        self.words = words

    @classmethod
    def build(cls, passages: Sequence[Passage]) -> LexicalIndex:
        """Count, weigh and index the passages' texts and headers."""
        stems, grams, parts = _Counts(), _Counts(), _Counts()
        words: Counter[str] = Counter()
        for passage in passages:
            body = words_of(passage.text)
            header = words_of(passage.header)
            words.update(word.word for word in body if not word.joined)
            stems.add(_weighed(body, header, lambda word: [word.stem], lambda word: word.parts))
            grams.add(_weighed(body, header, lambda word: grams_of(word.word), lambda _: ()))
            parts.add({atom: 1.0 for word in body for atom in word.atoms})
        columns: dict[str, list[str]] = {}
        matrices: dict[str, sparse.csc_matrix] = {}
        for name, counts, weigh in (("stems", stems, True), ("grams", grams, True), ("parts", parts, False)):
            columns[name], matrices[name] = counts.matrix(weigh)
        return cls(columns, matrices, dict(sorted(words.items())))

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Read files that the manifest has verified."""
        stored = json.loads((folder / "words.json").read_text(encoding="utf-8"))
        matrices = {name: sparse.load_npz(folder / f"{name}.npz") for name in ("stems", "grams", "parts")}
        return cls(stored["vocabularies"], matrices, stored["words"])

    def save(self, folder: Path) -> None:
        """Write the four files of `FILES`."""
        stored = {
            "vocabularies": {name: list(columns) for name, columns in self._columns.items()},
            "words": self.words,
        }
        (folder / "words.json").write_text(json.dumps(stored, ensure_ascii=False), encoding="utf-8")
        for name, matrix in self._matrices.items():
            sparse.save_npz(folder / f"{name}.npz", matrix, compressed=False)

    @property
    def rows(self) -> int:
        """How many passages there are."""
        return int(self._matrices["stems"].shape[0])

    def scores(self, words: Sequence[Word]) -> Scores:
        """Strong words: `STEM_SHARE` of the stems' score and the rest of the 5-grams', each divided by its best row.

        float32, shape (rows,), 0..1.
        """
        by_stem = {word.stem: 1.0 for word in words}
        for word in words:
            for part in word.parts:
                by_stem[part] = max(by_stem.get(part, 0.0), PART_WEIGHT)
        by_gram = Counter(gram for word in words for gram in grams_of(word.word))
        stems = self._sum("stems", by_stem)
        grams = self._sum("grams", by_gram)
        return (STEM_SHARE * _over_best(stems) + (1 - STEM_SHARE) * _over_best(grams)).astype(np.float32)

    def _sum(self, name: str, weights: Mapping[str, float]) -> Scores:
        columns = self._columns[name]
        known = sorted((columns[term], weight) for term, weight in weights.items() if term in columns)
        if not known:
            return np.zeros(self.rows, dtype=np.float32)
        picked = self._matrices[name][:, [column for column, _ in known]]
        return np.asarray(
            picked @ np.array([weight for _, weight in known], dtype=np.float32), dtype=np.float32
        )

    def rows_with(self, atom: str) -> NDArray[np.int32]:
        """Rows of the passages whose text holds the atom (a stem, alone or inside a compound), ascending."""
        column = self._columns["parts"].get(atom)
        if column is None:
            return np.zeros(0, dtype=np.int32)
        matrix = self._matrices["parts"]
        return np.sort(matrix.indices[matrix.indptr[column] : matrix.indptr[column + 1]])

    def holds(self, atom: str) -> bool:
        """True when some passage's text holds the atom."""
        return atom in self._columns["parts"]

    def rarity(self, atom: str) -> float:
        """Inverse document frequency of an atom over passages, as in BM25; highest for one that does not occur."""
        column = self._columns["parts"].get(atom)
        indptr = self._matrices["parts"].indptr
        return _idf(self.rows, 0 if column is None else int(indptr[column + 1] - indptr[column]))

    def atoms(self) -> Iterable[str]:
        """Every atom of the index."""
        return self._columns["parts"].keys()


_Terms = Callable[[Word], Iterable[str]]


def _weighed(body: list[Word], header: list[Word], terms: _Terms, parts: _Terms) -> dict[str, float]:
    counts: dict[str, float] = defaultdict(float)
    for words, weight in ((body, 1.0), (header, HEADER_WEIGHT)):
        for word in words:
            for term in terms(word):
                counts[term] += weight
            for part in parts(word):
                counts[part] += weight * PART_WEIGHT
    return counts


def _idf(rows: int, holding: int) -> float:
    return math.log(1 + (rows - holding + 0.5) / (holding + 0.5))


def _over_best(scores: Scores) -> Scores:
    best = float(scores.max()) if scores.size else 0.0
    return scores / best if best > 0 else scores


class _Counts:
    """How often each term occurs in each passage, in flat arrays: a dict a passage would take ten times the memory."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}
        self._terms = array("i")
        self._counts = array("d")
        self._ends = array("q", [0])
        self._lengths = array("d")

    def add(self, counts: Mapping[str, float]) -> None:
        """The next passage's counts."""
        for term, count in counts.items():
            self._terms.append(self._seen.setdefault(term, len(self._seen)))
            self._counts.append(count)
        self._ends.append(len(self._terms))
        self._lengths.append(sum(counts.values()))

    def matrix(self, weigh: bool) -> tuple[list[str], sparse.csc_matrix]:
        """A CSC matrix of BM25 weights (Robertson & Zaragoza 2009, k1 and b above), or of ones, and its columns' terms."""
        vocabulary = sorted(self._seen)
        place = np.empty(len(vocabulary), dtype=np.int32)
        for column, term in enumerate(vocabulary):
            place[self._seen[term]] = column
        columns = place[np.frombuffer(self._terms, dtype=np.int32)] if self._terms else np.zeros(0, np.int32)
        passages = len(self._lengths)
        rows = np.repeat(np.arange(passages, dtype=np.int32), np.diff(np.array(self._ends)))
        data = self._bm25(columns, rows, len(vocabulary)) if weigh else np.ones(len(columns))
        return vocabulary, sparse.csc_matrix(
            (data.astype(np.float32), (rows, columns)), shape=(passages, len(vocabulary)), dtype=np.float32
        )

    def _bm25(self, columns: NDArray[np.int32], rows: NDArray[np.int32], terms: int) -> NDArray[np.float64]:
        lengths, counts = np.array(self._lengths), np.array(self._counts)
        mean = float(lengths.mean()) if len(lengths) else 1.0
        norms = K1 * (1 - B + B * lengths / max(mean, 1e-9))
        holding = np.bincount(columns, minlength=terms)
        idf = np.array([_idf(len(lengths), int(count)) for count in holding], dtype=np.float64)
        weighed: NDArray[np.float64] = idf[columns] * counts * (K1 + 1) / (counts + norms[rows])
        return weighed
