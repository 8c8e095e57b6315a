"""Measure speed: `python -m indexer.training.speed [MODEL…] [--torch]`.

Passages of 128 tokens in calls of 128 (numpy) and of 384 (bf16 where the processor has it); queries of about ten
tokens one at a time; all after a warm-up. Seconds of the processor are told beside those of the clock: on a busy
machine only they compare. `--torch` also runs the folder through sentence-transformers (float32, bf16 autocast).
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable, Sequence

import numpy as np

from indexer.encoder import WEIGHTS_FOLDER, open_encoder
from indexer.encoder_table import ALIASES, SHIPPED_DEFAULT

SENTENCE = "Parterna ska samverka om forskning, utbildning och kompetensförsörjning i regionen. "
QUERY = "Vilka avtal omfattar kompetensförsörjning inom vården?"
PASSAGE_TOKENS = 128
CALLS = (128, 384)
QUERIES = 60
Encode = Callable[[Sequence[str]], object]


def passage_of(tokens: int, count: Callable[[Sequence[str]], list[int]]) -> str:
    """A text of at most `tokens` tokens by `count`, and close to it."""
    words = (SENTENCE * 40).split()
    while count([" ".join(words)])[0] > tokens:
        words.pop()
    return " ".join(words)


def passage_speed(encode: Encode, passage: str, size: int) -> dict[str, float]:
    """One call of `size` passages: passages a second, and milliseconds of the processor a passage."""
    texts = [f"{number % 10} {passage}" for number in range(size)]
    encode(texts)
    started, busy = time.perf_counter(), time.process_time()
    encode(texts)
    seconds, busy = time.perf_counter() - started, time.process_time() - busy
    return {"passages_per_second": round(size / seconds, 1), "cpu_ms_a_passage": round(1000 * busy / size, 2)}


def query_speed(encode: Encode) -> dict[str, float]:
    """One query at a time: median and 95th percentile in milliseconds, and the processor's median."""
    taken, busy = [], []
    for number in range(QUERIES):
        started, worked = time.perf_counter(), time.process_time()
        encode([f"{QUERY} {number}"])
        taken.append(1000 * (time.perf_counter() - started))
        busy.append(1000 * (time.process_time() - worked))
    median, high = np.percentile(taken[5:], (50, 95))
    return {
        "query_ms_median": round(float(median), 1),
        "query_ms_p95": round(float(high), 1),
        "query_cpu_ms": round(float(np.median(busy[5:])), 1),
    }


def main() -> None:
    """Print one JSON line a model, a way of computing and a size of call."""
    parser = argparse.ArgumentParser(description="Measure encoders' speed.")
    parser.add_argument("models", nargs="*", default=[SHIPPED_DEFAULT])
    parser.add_argument("--torch", action="store_true", help="also with sentence-transformers")
    told = parser.parse_args()
    for model in told.models:
        encoder = open_encoder(model)
        passage = passage_of(PASSAGE_TOKENS - 1, encoder.count_tokens)
        for size in CALLS:
            _print(model, f"a call of {size}", passage_speed(encoder.encode_passages, passage, size))
        _print(model, "queries", query_speed(encoder.encode_queries))
        for name, encode in _torch_ways(model).items() if told.torch else ():
            _print(model, name, passage_speed(encode, passage, CALLS[0]) | query_speed(encode))


def _print(model: str, name: str, figures: dict[str, float]) -> None:
    load = round(os.getloadavg()[0], 2)
    print(json.dumps({"model": model, "with": name, "load": load} | figures), flush=True)


def _torch_ways(model: str) -> dict[str, Encode]:
    import torch
    from sentence_transformers import SentenceTransformer

    shipped = WEIGHTS_FOLDER / ALIASES.get(model, model)
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
