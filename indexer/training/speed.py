"""Measure speed: `python -m indexer.training.speed [MODEL] [--torch]`.

Passages of 128 tokens in one call; queries of about ten tokens one at a time, after a warm-up. `--torch`
also runs the same folder through sentence-transformers (float32, and bf16 autocast).
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable, Sequence

import numpy as np

from indexer.encoder import WEIGHTS_FOLDER, open_encoder
from indexer.encoder_table import SHIPPED_DEFAULT

SENTENCE = "Parterna ska samverka om forskning, utbildning och kompetensförsörjning i regionen. "
QUERY = "Vilka avtal omfattar kompetensförsörjning inom vården?"
PASSAGE_TOKENS = 128
PASSAGES = 128
QUERIES = 60
Encode = Callable[[Sequence[str]], object]


def passage_of(tokens: int, count: Callable[[Sequence[str]], list[int]]) -> str:
    """A text of at most `tokens` tokens by `count`, and close to it."""
    words = (SENTENCE * 40).split()
    while count([" ".join(words)])[0] > tokens:
        words.pop()
    return " ".join(words)


def speed(encode: Encode, passage: str) -> dict[str, float]:
    """Passages a second, and a query's median and 95th percentile in milliseconds."""
    encode([passage] * 8)
    started = time.perf_counter()
    encode([f"{number % 10} {passage}" for number in range(PASSAGES)])
    rate = PASSAGES / (time.perf_counter() - started)
    taken = []
    for number in range(QUERIES):
        started = time.perf_counter()
        encode([f"{QUERY} {number}"])
        taken.append(1000 * (time.perf_counter() - started))
    median, high = np.percentile(taken[5:], (50, 95))
    return {
        "passages_per_second": round(rate, 1),
        "query_ms_median": round(float(median), 1),
        "query_ms_p95": round(float(high), 1),
    }


def main() -> None:
    """Print one JSON line a way of computing."""
    parser = argparse.ArgumentParser(description="Measure an encoder's speed.")
    parser.add_argument("model", nargs="?", default=SHIPPED_DEFAULT)
    parser.add_argument("--torch", action="store_true", help="also with sentence-transformers")
    told = parser.parse_args()
    encoder = open_encoder(told.model)
    passage = passage_of(PASSAGE_TOKENS - 1, encoder.count_tokens)
    ways: dict[str, Encode] = {"numpy": encoder.encode_passages}
    if told.torch:
        ways |= _torch_ways(told.model)
    for name, encode in ways.items():
        load = round(os.getloadavg()[0], 2)
        print(json.dumps({"with": name, "load_before": load} | speed(encode, passage)), flush=True)


def _torch_ways(model: str) -> dict[str, Encode]:
    import torch
    from sentence_transformers import SentenceTransformer

    shipped = WEIGHTS_FOLDER / model
    folder = str(shipped if shipped.is_dir() else model)
    network = SentenceTransformer(folder, device="cpu", model_kwargs={"dtype": "float32"})

    def single(texts: Sequence[str]) -> object:
        return network.encode(list(texts), show_progress_bar=False)

    def half(texts: Sequence[str]) -> object:
        with torch.autocast("cpu", torch.bfloat16):
            return single(texts)

    return {"torch float32": single, "torch bf16": half}


if __name__ == "__main__":
    main()
