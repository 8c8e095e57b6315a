"""Word alignment by IBM model 1 (Brown et al. 1993), vectorised: which English piece a Swedish one means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int32]
FEWEST = 1e-9


@dataclass(frozen=True, slots=True)
class Links:
    """Every (Swedish, English) piece pair within a sentence pair.

    `pair` is the row in `swedish`/`english` (the distinct piece pairs), int32, one a link; `group` numbers
    the (sentence, English piece) that the link's expected count is shared within, int32.
    """

    swedish: Ids
    english: Ids
    pair: Ids
    group: Ids
    groups: int


@dataclass(frozen=True, slots=True)
class Translation:
    """`probability[i]` = p(english[i] | swedish[i]), float32, and how often each Swedish piece was seen."""

    swedish: Ids
    english: Ids
    probability: NDArray[np.float32]
    seen: NDArray[np.float32]


def link(swedish: Sequence[Ids], english: Sequence[Ids], max_links: int) -> Links:
    """All links of the sentence pairs whose product of distinct pieces is at most `max_links`."""
    sources, targets, groups = [], [], []
    group = 0
    for s, e in zip(swedish, english, strict=True):
        if 0 < len(s) * len(e) <= max_links:
            sources.append(np.tile(s, len(e)))
            targets.append(np.repeat(e, len(s)))
            groups.append(np.repeat(np.arange(group, group + len(e), dtype=np.int32), len(s)))
            group += len(e)
    if not groups:
        raise ValueError("no sentence pair to align: the data is empty or max_links too small")
    width = np.int64(1 + max(int(e.max()) for e in targets))
    keys = np.concatenate(sources).astype(np.int64) * width + np.concatenate(targets)
    distinct, pair = np.unique(keys, return_inverse=True)
    return Links(
        (distinct // width).astype(np.int32),
        (distinct % width).astype(np.int32),
        pair.astype(np.int32),
        np.concatenate(groups),
        group,
    )


def align(links: Links, pieces: int, rounds: int) -> Translation:
    """Expectation maximisation from a uniform start. `pieces` is the number of Swedish pieces.

    Each English occurrence is explained by the Swedish pieces of its sentence (expectation); the counts are
    then normalised per Swedish piece (maximisation), so that a piece's probabilities sum to 1.
    """
    probability = np.ones(len(links.swedish), np.float32)
    counts = probability
    for _ in range(rounds):
        weight = probability[links.pair]
        total = np.bincount(links.group, weights=weight, minlength=links.groups).astype(np.float32)
        weight /= total[links.group]
        counts = np.bincount(links.pair, weights=weight, minlength=len(probability)).astype(np.float32)
        per_piece = np.bincount(links.swedish, weights=counts, minlength=pieces)
        probability = (counts / np.maximum(per_piece[links.swedish], FEWEST)).astype(np.float32)
    seen = np.bincount(links.swedish, weights=counts, minlength=pieces).astype(np.float32)
    return Translation(links.swedish, links.english, probability, seen)
