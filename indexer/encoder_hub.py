"""Any sentence-transformers model behind the Encoder protocol. Imports torch only when one is opened."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.types import AvtalError
from indexer.encoder_folder import checked_folder, fingerprint
from indexer.encoder_table import known_encoder
from indexer.types import EncoderInfo, FloatMatrix

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

HUB_FILES = ["*.json", "*.safetensors", "*.txt", "*.model"]
PASSAGE_PROMPTS = ("passage", "document", "corpus")
BATCH = 32


class SentenceEncoder:
    """Wraps a loaded SentenceTransformer and keeps its prefixes and its limit."""

    def __init__(self, model: SentenceTransformer, info: EncoderInfo) -> None:
        self._model, self._info = model, info

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
        return self._lengths([self._info.passage_prefix + text for text in texts])

    def _lengths(self, texts: Sequence[str]) -> list[int]:
        if not texts:
            return []
        found = self._model.tokenizer(list(texts), truncation=False, padding=False, verbose=False)
        return [len(ids) for ids in found["input_ids"]]

    def _encode(self, texts: list[str]) -> FloatMatrix:
        if not texts:
            return np.zeros((0, self._info.dimension), np.float32)
        refuse_too_long(texts, self._lengths(texts), self._info)
        vectors = self._model.encode(
            texts, batch_size=BATCH, show_progress_bar=False, normalize_embeddings=True
        )
        return np.asarray(vectors, np.float32)


def refuse_too_long(texts: Sequence[str], lengths: Sequence[int], info: EncoderInfo) -> None:
    """AvtalError naming the first text that the encoder would have to cut."""
    for text, length in zip(texts, lengths, strict=True):
        if length > info.max_tokens:
            raise AvtalError(
                f"Texten ”{text[:40]}…” är {length} delord lång, men kodaren {info.name} tar högst "
                f"{info.max_tokens}; dela den i kortare stycken."
            )


def open_sentence_encoder(name: str, folder: Path, *, downloaded: bool) -> SentenceEncoder:
    """Load a checked folder with sentence-transformers: safetensors only, no code from the model."""
    described = checked_folder(folder, downloaded=downloaded)
    from sentence_transformers import SentenceTransformer  # seconds of import, so only when asked for

    try:
        model = SentenceTransformer(
            str(folder),
            device="cpu",
            trust_remote_code=False,
            local_files_only=True,
            model_kwargs={"use_safetensors": True, "dtype": "float32"},
        )
    except Exception as error:  # each kind of model fails in its own way
        raise AvtalError(
            f"{name}: sentence-transformers kan inte läsa modellen i {folder} ({error}); hämta den på nytt."
        ) from error
    model.default_prompt_name = None
    known = known_encoder(name)
    prompts = described.prompts
    limits = [described.max_tokens, model.max_seq_length, known.max_tokens if known else None]
    dimension = model.get_embedding_dimension()
    given = [limit for limit in limits if limit]
    if not given or dimension is None:
        raise AvtalError(f"{name}: modellen säger inte hur lång text den tar; ange max_seq_length i mappen.")
    passage = next((prompts[key] for key in PASSAGE_PROMPTS if key in prompts), "")
    info = EncoderInfo(
        name=name,
        weights_sha256=fingerprint(folder),
        dimension=dimension,
        max_tokens=min(given),
        query_prefix=known.query_prefix if known else prompts.get("query", ""),
        passage_prefix=known.passage_prefix if known else passage,
    )
    return SentenceEncoder(model, info)


def hub_folder(name: str) -> Path:
    """Where the hub model lies on this machine, fetched if it was never used and there is internet.

    Naming a hub model is asking for it: nothing else in the product downloads. AvtalError without internet.
    """
    import httpx2
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, allow_patterns=HUB_FILES))
    except (HfHubHTTPError, HFValidationError, LocalEntryNotFoundError, httpx2.HTTPError, OSError) as error:
        raise AvtalError(
            f"Kodaren {name} finns inte på datorn och kunde inte hämtas från huggingface.co; hämta den en "
            "gång med internet, ange en mapp där den ligger, eller utelämna --encoder."
        ) from error
