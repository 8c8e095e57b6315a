"""A model folder on disk: what may be in it, what it says of itself, its fingerprint. Opens no weights."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from corpus.types import AvtalError

# As sentence-transformers 2–5 and, spelt out, 6 write them.
MODULE_CLASSES = frozenset(
    [
        f"sentence_transformers.models.{name}"
        for name in ("Transformer", "Pooling", "Normalize", "Dense", "StaticEmbedding")
    ]
    + [
        "sentence_transformers.base.modules.transformer.Transformer",
        "sentence_transformers.base.modules.normalize.Normalize",
        "sentence_transformers.base.modules.dense.Dense",
        "sentence_transformers.sentence_transformer.modules.pooling.Pooling",
        "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding",
    ]
)
# Code, or data that runs code when it is read.
UNSAFE_ENDINGS = (".py", ".pyc", ".so", ".pkl", ".pickle", ".bin", ".pt", ".pth", ".ckpt", ".h5", ".msgpack")
HASHED_ENDINGS = (".safetensors", ".json", ".txt", ".model")
BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A folder that passed the check.

    `modules` are the class names in order, `config` and `pooling` parsed JSON, `max_tokens` the lowest
    limit that the folder states, `prompts` the texts that the model wants before its inputs.
    """

    path: Path
    modules: tuple[str, ...]
    config: dict[str, object]
    pooling: dict[str, object]
    max_tokens: int | None
    prompts: dict[str, str]


def checked_folder(path: Path, *, downloaded: bool = False) -> ModelFolder:
    """The folder's description, or AvtalError saying what is not accepted in it.

    A hub's `downloaded` folder may hold files in other formats beside: they are never opened.
    """
    if not (path / "modules.json").is_file():
        raise AvtalError(f"{path}: modules.json saknas; ange en mapp som sparats med sentence-transformers.")
    unsafe = sorted(file for file in path.rglob("*") if file.name.lower().endswith(UNSAFE_ENDINGS))
    if unsafe and not downloaded:
        raise AvtalError(
            f"{unsafe[0]}: filtypen kan köra kod när den läses och tas inte emot; spara modellen som "
            "safetensors, utan .py- och .bin-filer."
        )
    rows = _modules(path / "modules.json")
    for row in rows:
        if row.get("type") not in MODULE_CLASSES:
            raise AvtalError(
                f"{path / 'modules.json'}: modulen {row.get('type')!r} tas inte emot; tillåtna är "
                "Transformer, Pooling, Normalize, Dense och StaticEmbedding ur sentence-transformers."
            )
        inside = (path / row.get("path", "")).resolve()
        if not inside.is_relative_to(path.resolve()):
            raise AvtalError(f"{path / 'modules.json'}: sökvägen {row['path']!r} pekar ut ur mappen.")
        holds_weights = row["type"].rpartition(".")[2] in ("Transformer", "Dense", "StaticEmbedding")
        if holds_weights and not list(inside.glob("*.safetensors")):
            raise AvtalError(
                f"{inside}: vikter i safetensors saknas; spara modellen med safe_serialization=True."
            )
    return _described(path, rows)


def _described(path: Path, rows: list[dict[str, str]]) -> ModelFolder:
    modules = tuple(row["type"].rpartition(".")[2] for row in rows)
    inside = path / rows[0].get("path", "")
    pooling = [path / row.get("path", "") / "config.json" for row in rows if row["type"].endswith("Pooling")]
    limits = [
        _json_or_empty(inside / "sentence_bert_config.json").get("max_seq_length"),
        _json_or_empty(inside / "tokenizer_config.json").get("model_max_length"),
    ]
    prompts = _json_or_empty(path / "config_sentence_transformers.json").get("prompts")
    told: dict[str, object] = prompts if isinstance(prompts, dict) else {}
    return ModelFolder(
        path=path,
        modules=modules,
        config=_json_or_empty(inside / "config.json"),
        pooling=_json_or_empty(pooling[0]) if pooling else {},
        max_tokens=min((limit for limit in limits if isinstance(limit, int)), default=None),
        prompts={key: text for key, text in told.items() if isinstance(text, str) and text},
    )


def fingerprint(path: Path) -> str:
    """Hex SHA-256 over names and contents of weights, tokenizer and configuration; not over the card."""
    total = hashlib.sha256()
    files = [file for file in path.rglob("*") if file.is_file() and file.name.endswith(HASHED_ENDINGS)]
    for file in sorted(files, key=lambda file: file.relative_to(path).as_posix()):
        total.update(file.relative_to(path).as_posix().encode() + b"\0")
        total.update(_file_hash(file))
    return total.hexdigest()


def _file_hash(file: Path) -> bytes:
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while block := stream.read(BLOCK):
            digest.update(block)
    return digest.digest()


def _json(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise AvtalError(f"{path}: kan inte läsas som JSON ({error}); hämta modellen på nytt.") from error


def _modules(path: Path) -> list[dict[str, str]]:
    """The rows of modules.json: each has a type, and a path where it has files."""
    rows = _json(path)
    if not isinstance(rows, list) or not rows or not all(map(_is_module, rows)):
        raise AvtalError(f"{path}: är ingen lista över moduler med typ och sökväg; hämta modellen på nytt.")
    return cast(list[dict[str, str]], rows)


def _is_module(row: object) -> bool:
    return isinstance(row, dict) and isinstance(row.get("type"), str) and isinstance(row.get("path", ""), str)


def _json_or_empty(path: Path) -> dict[str, object]:
    found = _json(path) if path.is_file() else {}
    if not isinstance(found, dict):
        raise AvtalError(f"{path}: är inga namngivna värden (JSON-objekt); hämta modellen på nytt.")
    return found
