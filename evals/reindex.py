"""The agreements of an index embedded by another encoder, in an index of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from corpus.types import Span
from indexer.encoder import open_encoder
from indexer.former import embedding_text, parts_of
from indexer.generation import Contents, write_generation
from indexer.lexical import LexicalIndex
from indexer.passages import passage_sentences, passages_of
from indexer.sentence_vectors import Coded, SentenceVectors, part_encoder
from indexer.store import open_index
from indexer.types import Encoder, FloatMatrix, Passage
from indexer.vectors import VectorIndex

# As many texts as `avtal index` embeds at a time.
_BATCH = 64
Told = Callable[[int, int], None]


def reindex(root: Path, encoder_name: str, to: Path, progress: Told = lambda *_: None) -> None:
    """Write an index of `root`'s agreements by the encoder of that name below `to`.

    Nothing is read again: the texts are those of the index, cut to what the encoder reads. `progress` is told how many
    passages are embedded and how many there are. Raises AvtalError for an index or an encoder that cannot be opened.
    """
    encoder = open_encoder(encoder_name)
    index = open_index(root)
    agreements = list(index.agreements.values())
    passages: list[Passage] = []
    spans: list[Sequence[Span]] = []
    for agreement in agreements:
        own = passages_of(agreement, encoder.count_tokens, encoder.info.max_tokens)
        passages += own
        spans += passage_sentences(agreement, own)
    vectors, sentences = _embedded(passages, spans, encoder, progress)
    contents = Contents(
        encoder=encoder.info,
        agreements=agreements,
        passages=passages,
        words=LexicalIndex.build(passages),
        vectors=VectorIndex.build(vectors),
        links=index.links,
        report=index.report,
        source_folder=Path(index.manifest.source_folder),
        sources={path: index.source_of(name) for name, path in index.manifest.read_from.items()},
        hashes=index.manifest.sources,
        sentences=sentences,
    )
    write_generation(to, contents)


def _embedded(
    passages: Sequence[Passage], spans: Sequence[Sequence[Span]], encoder: Encoder, progress: Told
) -> tuple[FloatMatrix, SentenceVectors]:
    """Each passage's vector, float32 (rows, dimension), and its sentences' where the encoder gives them."""
    by_parts = part_encoder(encoder)
    vectors = np.zeros((len(passages), encoder.info.dimension), dtype=np.float32)
    coded: list[Coded] = []
    for start in range(0, len(passages), _BATCH):
        rows = slice(start, start + _BATCH)
        texts = [embedding_text(passage) for passage in passages[rows]]
        if by_parts is None:
            vectors[rows] = encoder.encode_passages(texts)
        else:
            parts = [parts_of(*pair) for pair in zip(passages[rows], spans[rows], strict=True)]
            vectors[rows], of_parts = by_parts.encode_with_parts(texts, parts)
            coded += [Coded.of(own) for own in of_parts]
        progress(min(start + _BATCH, len(passages)), len(passages))
    return vectors, SentenceVectors.build(spans, coded) if by_parts else SentenceVectors.none()
