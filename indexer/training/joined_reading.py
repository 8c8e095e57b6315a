"""How texts are read in training: vectors of texts, of the sentences in them and of every word, and two teachers as one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer
from torch import Tensor
from torch.nn import functional

from indexer.training.batches import Pieces
from indexer.training.joined_recipe import JoinedRecipe
from indexer.training.learning import opened, padded
from indexer.training.pairs import SENTENCE_END

GROUPS = 6
"""Texts are read in so many groups of like length: filling up to the longest of all would double the work."""
AT_ONCE = 64
WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Places:
    """To which text, sentence and word each token of a batch belongs: int64 (tokens,), -1 for none; and how many there are.

    Words are those between spaces, so they are the same for every tokenizer. `texts_of_words`: each word's text, (words,).
    """

    texts: Tensor
    sentences: Tensor
    words: Tensor
    texts_of_words: Tensor
    counts: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Read:
    """Vectors of a batch's texts and sentences, of length one, and of its words, where a text's mean over tokens has length one.

    Float32 (texts, dim), (sentences, dim), (words, dim); a word that holds no token of its own is 0.
    """

    texts: Tensor
    sentences: Tensor
    words: Tensor
    places: Places
    ids: list[Pieces]


class Reader:
    """A model folder that reads texts, the sentences in them and their words."""

    def __init__(self, folder: Path, device: str, most: int, attention: str) -> None:
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(most)
        self.model = opened(folder, attention).to(device)
        pads = (self.tokenizer.token_to_id(piece) for piece in ("[PAD]", "<pad>"))
        self._pad = next(pad for pad in pads if pad is not None)
        self._device = device

    def read(self, texts: Sequence[str]) -> Read:
        """All of the texts, each cut at the most tokens."""
        found = self.tokenizer.encode_batch(list(texts))
        ids = [each.ids for each in found]
        places = _places(texts, found, self._device)
        states = self.states(ids)
        whole = means(states, places.texts, places.counts[0])
        sentences = means(states, places.sentences, places.counts[1])
        lengths = whole.norm(dim=1, keepdim=True)
        words = means(states, places.words, places.counts[2]) / lengths[places.texts_of_words]
        return Read(whole / lengths, functional.normalize(sentences, dim=1), words, places, ids)

    def states(self, ids: Sequence[Pieces]) -> Tensor:
        """The last layer's states of all tokens, one text after the other: float32 (tokens, dim).

        Texts of like length are read together: filling all up to the longest would double the work.
        """
        order = sorted(range(len(ids)), key=lambda row: len(ids[row]))
        size = -(-len(order) // GROUPS)
        found: list[Tensor] = [torch.empty(0)] * len(ids)
        for at in range(0, len(order), size):
            rows = order[at : at + size]
            filled, mask = padded([ids[row] for row in rows], self._pad, self._device)
            with torch.autocast(self._device, torch.bfloat16):
                told = self.model(input_ids=filled, attention_mask=mask)
            for row, states, real in zip(rows, told.last_hidden_state, mask.sum(1).tolist(), strict=True):
                found[row] = states[:real]
        return torch.cat(found).float()


def means(states: Tensor, places: Tensor, count: int) -> Tensor:
    """The mean state of each place, (count, dim); 0 where no token is in it. `states` (tokens, dim), `places` (tokens,)."""
    inside = places >= 0
    sums = torch.zeros((count, states.shape[1]), device=states.device)
    sums = sums.index_add(0, places[inside], states[inside])
    return sums / torch.bincount(places[inside], minlength=count).clamp(min=1).unsqueeze(1)


def _places(texts: Sequence[str], found: Sequence[Encoding], device: str) -> Places:
    of_texts: list[NDArray[np.int64]] = []
    of_sentences: list[NDArray[np.int64]] = []
    of_words: list[NDArray[np.int64]] = []
    texts_of_words: list[int] = []
    sentences = words = 0
    for row, (text, each) in enumerate(zip(texts, found, strict=True)):
        own = sentences_of(text)
        last = np.array([end for _, end in each.offsets]) - 1
        real = (np.array(each.special_tokens_mask) == 0) & (last >= 0)
        begun = [match.start() for match in WORD.finditer(text)]
        of_texts.append(np.full(len(last), row))
        for kept, starts, before in (
            (of_words, begun, words),
            (of_sentences, [start for start, _ in own], sentences),
        ):
            at = np.searchsorted(starts, last, side="right") - 1
            kept.append(np.where(real & (at >= 0), before + at, -1))
        texts_of_words += [row] * len(begun)
        sentences, words = sentences + len(own), words + len(begun)
    joined = [
        torch.from_numpy(np.concatenate(each)).to(device) for each in (of_texts, of_sentences, of_words)
    ]
    return Places(
        joined[0],
        joined[1],
        joined[2],
        torch.tensor(texts_of_words, device=device),
        (len(texts), sentences, words),
    )


def sentences_of(text: str) -> list[tuple[int, int]]:
    """The ranges of a text's sentences; none where it is but one."""
    ends = [match.span() for match in SENTENCE_END.finditer(text)]
    starts = [0, *(end for _, end in ends)]
    stops = [*(start for start, _ in ends), len(text)]
    return list(zip(starts, stops, strict=True)) if ends else []


def cosines(vectors: Tensor) -> Tensor:
    """Of all pairs of rows, each once: (n, dim) → (n (n − 1) / 2,)."""
    row, column = torch.triu_indices(len(vectors), len(vectors), 1)
    return (vectors @ vectors.T)[row, column]


class Pair:
    """Both teachers as one."""

    def __init__(
        self, folders: Sequence[Path], texts: Sequence[str], basis: Path, recipe: JoinedRecipe, device: str
    ) -> None:
        self.readers = [Reader(folder, device, recipe.most_tokens, "sdpa") for folder in folders]
        for reader in self.readers:
            reader.model.eval()
        if not basis.exists():
            torch.save(self._basis(texts, recipe), basis)
        self._scales, self._axes = torch.load(basis, map_location=device, weights_only=True)

    def read(self, texts: Sequence[str]) -> Read:
        """As one teacher's, in the student's width."""
        with torch.no_grad():
            one, other = (reader.read(texts) for reader in self.readers)
            whole = self._turned(one.texts, other.texts)
            lengths = whole.norm(dim=1, keepdim=True)
            known = (one.words.any(1) & other.words.any(1)).unsqueeze(1)
            words = self._turned(one.words, other.words) / lengths[other.places.texts_of_words] * known
            sentences = functional.normalize(self._turned(one.sentences, other.sentences), dim=1)
            return Read(whole / lengths, sentences, words, other.places, other.ids)

    def _turned(self, one: Tensor, other: Tensor) -> Tensor:
        side_by_side = torch.cat([one * self._scales[0], other * self._scales[1]], 1)
        return torch.matmul(side_by_side, self._axes)

    def _basis(self, texts: Sequence[str], recipe: JoinedRecipe) -> tuple[Tensor, Tensor]:
        """The teachers' scales, (2,), and the axes, (both widths, the student's): main axes, turned to the second's."""
        seen: list[list[Tensor]] = [[], []]
        with torch.no_grad():
            for at in range(0, len(texts), AT_ONCE):
                some = texts[at : at + AT_ONCE]
                for kept, reader in zip(seen, self.readers, strict=True):
                    kept.append(reader.read(some).texts)
        vectors = [torch.cat(kept) for kept in seen]
        spread = [float(cosines(each).std()) for each in vectors]
        shares = torch.tensor(
            [share / each for share, each in zip(recipe.teacher_shares, spread, strict=True)]
        )
        scales = (shares / shares.sum()).sqrt().to(vectors[0].device)
        both = torch.cat([each * scale for each, scale in zip(vectors, scales, strict=True)], 1)
        # as many axes as the student has numbers, so at least so many texts
        main = torch.linalg.svd(both, full_matrices=False)[2][: vectors[1].shape[1]].T
        left, _, right = torch.linalg.svd((both @ main).T @ vectors[1])
        return scales, main @ (left @ right)
