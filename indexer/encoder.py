"""Open an encoder by name: one in the box, a folder, or a hub model. Those in the box need no torch."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from safetensors import SafetensorError
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from corpus.types import AvtalError
from indexer.bert import Bert, BertShape
from indexer.encoder_bert import BertEncoder
from indexer.encoder_folder import ModelFolder, checked_folder, fingerprint
from indexer.encoder_hub import hub_folder, open_sentence_encoder
from indexer.encoder_static import ROWS_NAME, StaticEncoder
from indexer.encoder_table import ALIASES, SHIPPED_DEFAULT
from indexer.types import Encoder, EncoderInfo

WEIGHTS_FOLDER = Path(__file__).with_name("weights")
HUB_NAME = re.compile(r"[\w.-]+/[\w.-]+")
# A table has no limit of its own; a passage longer than this says too many things for one mean.
LONGEST_FOR_A_TABLE = 256
# What weights and configurations that do not hold what they should raise when they are read.
DAMAGED = (SafetensorError, OSError, LookupError, TypeError, ValueError)


def open_encoder(name: str | None = None) -> Encoder:
    """The encoder called `name`: None for the shipped default, a shipped name, a local folder, a hub name.

    AvtalError when it is none of these, when the folder holds what is not accepted, or when a hub model is
    neither on this machine nor to be fetched.
    """
    asked = ALIASES.get(name, name) if name is not None else SHIPPED_DEFAULT
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
    open_parts: Callable[[str, ModelFolder], Encoder]
    if _fits_table(folder):
        open_parts = _open_table
    elif _fits_numpy(folder):
        open_parts = _open_bert
    else:
        return open_sentence_encoder(name, path, downloaded=False)
    try:
        return open_parts(name, folder)
    except DAMAGED as error:
        raise AvtalError(
            f"{path}: kodarens vikter eller ordlista är skadade eller ofullständiga ({error}); "
            "hämta mappen på nytt."
        ) from error


def _tokenizer(folder: ModelFolder) -> Tokenizer:
    """The folder's tokenizer. Raises ValueError with the library's words, whatever it raises."""
    path = folder.path / "tokenizer.json"
    try:
        return Tokenizer.from_file(str(path))
    except Exception as error:  # a damaged file raises nothing narrower
        raise ValueError(f"{path.name}: {error}") from error


def _open_bert(name: str, folder: ModelFolder) -> BertEncoder:
    shape = BertShape(
        layers=int(str(folder.config["num_hidden_layers"])),
        heads=int(str(folder.config["num_attention_heads"])),
        epsilon=float(str(folder.config["layer_norm_eps"])),
    )
    network = Bert.from_weights(load_file(folder.path / "model.safetensors"), shape)
    tokenizer = _tokenizer(folder)
    info = EncoderInfo(
        name=name,
        weights_sha256=fingerprint(folder.path),
        dimension=network.dimension,
        max_tokens=folder.max_tokens or network.longest,
    )
    return BertEncoder(network, tokenizer, info)


def _open_table(name: str, folder: ModelFolder) -> StaticEncoder:
    rows = load_file(folder.path / "model.safetensors")[ROWS_NAME]
    tokenizer = _tokenizer(folder)
    info = EncoderInfo(
        name=name,
        weights_sha256=fingerprint(folder.path),
        dimension=int(rows.shape[1]),
        max_tokens=folder.max_tokens or LONGEST_FOR_A_TABLE,
    )
    return StaticEncoder(rows, tokenizer, info)


def _fits_table(folder: ModelFolder) -> bool:
    """True for a table of rows, normalised: what `indexer.encoder_static` computes."""
    files = ("tokenizer.json", "model.safetensors")
    return folder.modules == ("StaticEmbedding", "Normalize") and all(
        (folder.path / name).is_file() for name in files
    )


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
