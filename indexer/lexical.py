"""The word index: BM25 over stems with compound parts, over 5-grams inside words and over neighbours; and postings."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from indexer.array_files import ARRAY_FILES
from indexer.bm25 import idf
from indexer.counted import Counted, ReadWords, grams_of, pairs_of
from indexer.swedish.stopwords import STOPWORDS
from indexer.swedish.words import Word, words_of
from indexer.types import Passage

K1 = 0.9
B = 0.9
"""Best of .6–2.0 × .3–1.0 on five sets of questions together; 1.2 and .75 were .002 below (docs/words.md)."""
MATRICES = ("stems", "grams", "pairs", "parts")
KEYS = "pairs.npy"
FILES = ("words.json", KEYS, *(f"{name}.npz" for name in MATRICES))

Scores = NDArray[np.float32]
Keys = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Weighing:
    """What each kind of evidence weighs. The defaults are the product's; evals/words.py turns them off one by one.

    `stems` is the share of stems against 5-grams (.3 to .5 were level); `pairs` what two neighbouring words of the
    question that are neighbours in the passage add (.1 to .25 were level); `parts` what a part of the question's compound
    weighs against the word itself; `function` what a function word does (.25 to .5: "vilka har rätt till" is some evidence).
    """

    stems: float = 0.4
    pairs: float = 0.15
    parts: float = 0.5
    function: float = 0.5


USUAL = Weighing()


class LexicalIndex:
    """Scores every passage for a bag of words. Rows are passages, in the passages' order.

    `stems`, `grams` and `pairs` hold finished BM25 weights, `parts` ones where a passage's text holds the atom; all are
    CSC matrices with a row a passage. A column of `pairs` is two stems, numbered by `keys` (ascending): the first one's
    column times the number of stems, plus the second one's. `words` counts the surface forms of the texts.
    """

    def __init__(
        self,
        vocabularies: Mapping[str, list[str]],
        keys: Keys,
        matrices: Mapping[str, sparse.csc_matrix],
        words: dict[str, int],
    ) -> None:
        for name in MATRICES:
            named = keys if name == "pairs" else vocabularies[name]
            if len(named) != matrices[name].shape[1]:
                raise ValueError(f"{name}: {len(named)} words but {matrices[name].shape[1]} columns")
        self._columns = {
            name: {word: i for i, word in enumerate(vocabularies[name])} for name in vocabularies
        }
        self._keys = keys
        self._matrices = dict(matrices)
        self.words = words

    @classmethod
    def build(cls, passages: Sequence[Passage], read: ReadWords = words_of) -> LexicalIndex:
        """Count, weigh and index the passages' texts and headers; `read` gives a text's words."""
        return cls.of(Counted.of(passages, read))

    @classmethod
    def of(cls, counted: Counted) -> LexicalIndex:
        """Weigh and index what is counted."""
        columns: dict[str, list[str]] = {}
        matrices: dict[str, sparse.csc_matrix] = {}
        for name, counts in (("stems", counted.stems), ("grams", counted.grams)):
            columns[name], matrices[name] = counts.weighed(K1, B)
        columns["parts"], matrices["parts"] = counted.parts.ones()
        named, weighed = counted.pairs.weighed(K1, B)
        place = {stem: i for i, stem in enumerate(columns["stems"])}
        keys = np.array([_key(place, *pair.split(" ")) for pair in named], dtype=np.int64)
        order = np.argsort(keys)
        matrices["pairs"] = sparse.csc_matrix(weighed[:, order])
        return cls(columns, keys[order], matrices, counted.forms.totals())

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Read files that the manifest has verified."""
        stored = json.loads((folder / "words.json").read_text(encoding="utf-8"))
        with ARRAY_FILES:
            matrices = {name: sparse.load_npz(folder / f"{name}.npz") for name in MATRICES}
            keys = np.load(folder / KEYS, allow_pickle=False)
        return cls(stored["vocabularies"], keys, matrices, stored["words"])

    def save(self, folder: Path) -> None:
        """Write the files of `FILES`."""
        stored = {
            "vocabularies": {name: list(columns) for name, columns in self._columns.items()},
            "words": self.words,
        }
        (folder / "words.json").write_text(json.dumps(stored, ensure_ascii=False), encoding="utf-8")
        np.save(folder / KEYS, self._keys)
        for name, matrix in self._matrices.items():
            sparse.save_npz(folder / f"{name}.npz", matrix, compressed=False)

    @property
    def rows(self) -> int:
        """How many passages there are."""
        return int(self._matrices["stems"].shape[0])

    def scores(self, words: Sequence[Word], weighing: Weighing = USUAL) -> Scores:
        """Strong words: stems and 5-grams, each divided by its best row, and what neighbours add to the stems.

        float32, shape (rows,), 0..1.
        """
        subject = any(word.word not in STOPWORDS for word in words)
        by_stem: dict[str, float] = {}
        by_gram: dict[str, float] = defaultdict(float)
        for word in words:
            weight = weighing.function if subject and word.word in STOPWORDS else 1.0
            terms = ((word.stem, weight), *((part, weight * weighing.parts) for part in word.parts))
            for term, worth in terms if weight else ():
                by_stem[term] = max(by_stem.get(term, 0.0), worth)
            for gram in grams_of(word.word) if weight else ():
                by_gram[gram] += weight
        stems = self._sum("stems", self._known("stems", by_stem))
        grams = self._sum("grams", self._known("grams", by_gram))
        found = weighing.stems * _over(stems, stems) + (1 - weighing.stems) * _over(grams, grams)
        if weighing.pairs:
            found += weighing.pairs * _over(self._sum("pairs", self._known_pairs(words)), stems)
        return (found / max(1.0, float(found.max(initial=0.0)))).astype(np.float32)

    def neighbours(self, words: Sequence[Word], row: int) -> list[tuple[str, str]]:
        """Why a row gained by `pairs`: the question's neighbouring words that are neighbours in its passage too."""
        matrix = self._matrices["pairs"]
        found = []
        for first, second in pairs_of(sorted(words, key=lambda word: word.start)):
            column = self._pair_column(first, second)
            if (
                column is not None
                and row in matrix.indices[matrix.indptr[column] : matrix.indptr[column + 1]]
            ):
                found.append((first.word, second.word))
        return found

    def _known(self, name: str, weights: Mapping[str, float]) -> dict[int, float]:
        columns = self._columns[name]
        return {columns[term]: weight for term, weight in weights.items() if term in columns}

    def _known_pairs(self, words: Sequence[Word]) -> dict[int, float]:
        pairs = pairs_of(sorted(words, key=lambda word: word.start))
        columns = (self._pair_column(first, second) for first, second in pairs)
        return {column: 1.0 for column in columns if column is not None}

    def _pair_column(self, first: Word, second: Word) -> int | None:
        columns = self._columns["stems"]
        if first.stem not in columns or second.stem not in columns:
            return None
        key = _key(columns, first.stem, second.stem)
        column = int(np.searchsorted(self._keys, key))
        return column if column < len(self._keys) and int(self._keys[column]) == key else None

    def _sum(self, name: str, weights: Mapping[int, float]) -> Scores:
        """The columns' weighted sum, in the columns' order so that the same question gives the same bits."""
        matrix = self._matrices[name]
        found = np.zeros(self.rows, dtype=np.float32)
        for column, weight in sorted(weights.items()):
            held = slice(matrix.indptr[column], matrix.indptr[column + 1])
            found[matrix.indices[held]] += np.float32(weight) * matrix.data[held]
        return found

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
        return idf(self.rows, 0 if column is None else int(indptr[column + 1] - indptr[column]))

    def atoms(self) -> Iterable[str]:
        """Every atom of the index."""
        return self._columns["parts"].keys()


def _key(columns: Mapping[str, int], first: str, second: str) -> int:
    return columns[first] * len(columns) + columns[second]


def _over(scores: Scores, measure: Scores) -> Scores:
    """The scores divided by the best of `measure`, where it has one."""
    best = float(measure.max(initial=0.0))
    return scores / best if best > 0 else scores
