"""Open an encoder by name: the shipped one, a folder, or a hub model. The shipped one needs no torch."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file
from threadpoolctl import ThreadpoolController
from tokenizers import Tokenizer

from corpus.types import AvtalError
from indexer.bert import Bert, BertShape
from indexer.encoder_folder import ModelFolder, checked_folder, fingerprint
from indexer.encoder_hub import hub_folder, open_sentence_encoder, refuse_too_long
from indexer.encoder_table import SHIPPED_DEFAULT
from indexer.types import Encoder, EncoderInfo, FloatMatrix

WEIGHTS_FOLDER = Path(__file__).with_name("weights")
HUB_NAME = re.compile(r"[\w.-]+/[\w.-]+")
# Tokens worked on at once: their states stay in the processor's cache, and the matrices are large enough.
BLOCK_TOKENS = 1024


class BertEncoder:
    """The numpy network with its tokenizer.

    A text's vector does not depend on its batch but for float32 rounding (1e-6): texts are not padded.
    """

    def __init__(self, network: Bert, tokenizer: Tokenizer, info: EncoderInfo) -> None:
        if info.dimension != network.dimension:
            raise ValueError(f"info says {info.dimension} dimensions, the weights {network.dimension}")
        if info.max_tokens > network.longest:
            raise ValueError(f"info says {info.max_tokens} tokens, the weights {network.longest}")
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._network, self._tokenizer, self._info = network, tokenizer, info

    @property
    def info(self) -> EncoderInfo:
        """The encoder's fingerprint."""
        return self._info

    def encode_queries(self, texts: Sequence[str]) -> FloatMatrix:
        """float32, shape (len(texts), dimension), rows of L2 norm 1. AvtalError if a text is too long."""
        return self._encode([self._info.query_prefix + text for text in texts])

    def encode_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """float32, shape (len(texts), dimension), rows of L2 norm 1. AvtalError if a text is too long."""
        return self._encode([self._info.passage_prefix + text for text in texts])

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text as a passage, prefix and special tokens included, nothing cut."""
        return [len(ids) for ids in self._ids([self._info.passage_prefix + text for text in texts])]

    def _ids(self, texts: list[str]) -> list[list[int]]:
        return [encoding.ids for encoding in self._tokenizer.encode_batch_fast(texts)]

    def _encode(self, texts: list[str]) -> FloatMatrix:
        ids = self._ids(texts)
        refuse_too_long(texts, [len(each) for each in ids], self._info)
        vectors = np.zeros((len(ids), self._info.dimension), np.float32)

        def fill(rows: list[int]) -> None:
            vectors[rows] = self._network.mean_vectors([ids[row] for row in rows])

        # A block to a thread with one matrix thread each: two that wait for each other are slow on a busy machine.
        with _threads().limit(limits=1, user_api="blas"), ThreadPoolExecutor(os.cpu_count()) as workers:
            list(workers.map(fill, _blocks([len(each) for each in ids])))
        return vectors


@cache
def _threads() -> ThreadpoolController:
    return ThreadpoolController()


def _blocks(lengths: Sequence[int]) -> list[list[int]]:
    """Rows in order of length, cut into blocks of about BLOCK_TOKENS."""
    blocks: list[list[int]] = []
    room = 0
    for row in sorted(range(len(lengths)), key=lambda row: lengths[row]):
        if lengths[row] > room or not blocks:
            blocks.append([])
            room = BLOCK_TOKENS
        blocks[-1].append(row)
        room -= lengths[row]
    return blocks


def open_encoder(name: str | None = None) -> Encoder:
    """The encoder called `name`: None for the shipped default, a shipped name, a local folder, a hub name.

    AvtalError when it is none of these, when the folder holds what is not accepted, or when a hub model is
    neither on this machine nor to be fetched.
    """
    asked = name if name is not None else SHIPPED_DEFAULT
    if asked in shipped_names():
        return _open_folder(asked, WEIGHTS_FOLDER / asked)
    folder = Path(asked).expanduser()
    if folder.is_dir():
        return _open_folder(asked, folder)
    if HUB_NAME.fullmatch(asked):
        return open_sentence_encoder(asked, hub_folder(asked), downloaded=True)
    raise AvtalError(
        f"Kodaren {asked!r} är varken en medföljande ({', '.join(shipped_names())}), en mapp eller ett "
        "namn på huggingface.co (utgivare/modell); rätta --encoder eller utelämna den."
    )


def shipped_names() -> list[str]:
    """Names of the encoders in the box, sorted."""
    return sorted(path.parent.name for path in WEIGHTS_FOLDER.glob("*/modules.json"))


def _open_folder(name: str, path: Path) -> Encoder:
    folder = checked_folder(path)
    if not _fits_numpy(folder):
        return open_sentence_encoder(name, path, downloaded=False)
    try:
        shape = BertShape(
            layers=int(str(folder.config["num_hidden_layers"])),
            heads=int(str(folder.config["num_attention_heads"])),
            epsilon=float(str(folder.config["layer_norm_eps"])),
        )
        network = Bert.from_weights(load_file(path / "model.safetensors"), shape)
        tokenizer = Tokenizer.from_file(str(path / "tokenizer.json"))
    except Exception as error:  # a damaged tokenizer.json raises nothing narrower
        raise AvtalError(
            f"{path}: kodarens vikter eller ordlista är skadade eller ofullständiga ({error}); "
            "hämta mappen på nytt."
        ) from error
    info = EncoderInfo(
        name=name,
        weights_sha256=fingerprint(path),
        dimension=network.dimension,
        max_tokens=folder.max_tokens or network.longest,
    )
    return BertEncoder(network, tokenizer, info)


def _fits_numpy(folder: ModelFolder) -> bool:
    """True for a plain BERT with mean pooling and no prompts: what `indexer.bert` computes."""
    config, pooling = folder.config, folder.pooling
    means = pooling.get("pooling_mode_mean_tokens", pooling.get("pooling_mode") == "mean")
    others = [key for key, on in pooling.items() if key.startswith("pooling_mode_") and on is True]
    return (
        folder.modules == ("Transformer", "Pooling", "Normalize")
        and config.get("model_type") == "bert"
        and config.get("hidden_act") == "gelu"
        and config.get("position_embedding_type", "absolute") == "absolute"
        and bool(means)
        and len(others) <= 1
        and (folder.path / "tokenizer.json").is_file()
        and (folder.path / "model.safetensors").is_file()
        and not folder.prompts
    )
