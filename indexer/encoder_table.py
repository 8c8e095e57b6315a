"""What is known of the encoders a person may name: prefixes, length limits, dimensions, licences."""

from __future__ import annotations

from dataclasses import dataclass

SHIPPED_DEFAULT = "avtal-sv"
# Short names of encoders in the box; an index remembers the full one.
ALIASES = {"snabb": "snabb-sv"}


@dataclass(frozen=True, slots=True)
class KnownEncoder:
    """One hub encoder, after its model card. Its weights' hash is taken when it is opened, not kept here."""

    name: str
    max_tokens: int
    dimension: int
    query_prefix: str
    passage_prefix: str
    licence: str


KNOWN_ENCODERS = (
    KnownEncoder("KBLab/sentence-bert-swedish-cased", 384, 768, "", "", "CC BY-NC 4.0"),
    KnownEncoder("intfloat/multilingual-e5-small", 512, 384, "query: ", "passage: ", "MIT"),
    KnownEncoder("intfloat/multilingual-e5-base", 512, 768, "query: ", "passage: ", "MIT"),
    KnownEncoder("intfloat/multilingual-e5-large", 512, 1024, "query: ", "passage: ", "MIT"),
    KnownEncoder("BAAI/bge-m3", 8192, 1024, "", "", "MIT"),
    KnownEncoder(
        "nicher92/saga-embed_v1", 1024, 1024, "task: retrieval | query: ", "title: none | text: ", "MIT"
    ),
)


def known_encoder(name: str) -> KnownEncoder | None:
    """The row of that exact hub name, or None."""
    return next((row for row in KNOWN_ENCODERS if row.name == name), None)
