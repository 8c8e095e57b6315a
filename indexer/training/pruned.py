"""Stage `pruned`: the multilingual teacher with the pieces that Swedish and English need, and the student's first weights.

Writes `out/teacher` (all layers) and `out/start` (some of them), folders that open, with one tokenizer. A text whose
pieces are all kept has the teacher's own vector: nothing is learnt here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers, processors
from tokenizers.models import Unigram

from indexer.training.everyday import everyday
from indexer.training.export import write_folder
from indexer.training.packed import Packed, packed_file, read_packed
from indexer.training.recipe import Export
from indexer.training.sources import retrieval_pairs, running_text, sentence_pairs
from indexer.training.states_recipe import Pruning, StatesRecipe, states_arguments

TEACHER_FOLDER, START_FOLDER = "teacher", "start"
SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
FIRST, PAD, LAST, UNKNOWN = range(len(SPECIAL))
CHUNK = 4000
OWN_TIMES = 3
"""How many times our own clauses count: their words are the product's."""
LATIN_END = 0x250
SIGNS = frozenset("▁–—’‘”“•…€²³×→−·„›‹«»½")


def tokenizer_of(pieces: Sequence[str], scores: Sequence[float]) -> Tokenizer:
    """A unigram tokenizer of `pieces` (special ones first) and their log probabilities; it opens anywhere."""
    tokenizer = Tokenizer(Unigram(list(zip(pieces, map(float, scores), strict=True)), unk_id=UNKNOWN))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", FIRST), ("</s>", LAST)]
    )
    return tokenizer


def counted(tokenizer: Tokenizer, texts: Iterable[str]) -> Counter[int]:
    """How often each piece stands in the texts, special ones left out."""
    found: Counter[int] = Counter()
    waiting: list[str] = []

    def count() -> None:
        for encoding in tokenizer.encode_batch_fast(waiting, add_special_tokens=False):
            found.update(encoding.ids)
        waiting.clear()

    for text in texts:
        waiting.append(text)
        if len(waiting) == CHUNK:
            count()
    count()
    return found


def kept(pieces: Sequence[str], counts: Mapping[int, float], most: int) -> list[int]:
    """The ids to keep, in order: the special ones, every Latin letter and common sign, then the commonest up to `most`."""
    found = set(range(len(SPECIAL)))
    found.update(n for n, piece in enumerate(pieces) if len(piece) == 1 and _plain(piece))
    for piece in sorted(counts, key=lambda n: (-counts[n], n)):
        if len(found) >= most:
            break
        found.add(piece)
    return sorted(found)


def _plain(sign: str) -> bool:
    return ord(sign) < LATIN_END or sign in SIGNS


def swedish_and_english(data: Path, recipe: Pruning) -> Iterable[str]:
    """Running text, both sides of the parallel text, the questions of the pairs, and our own clauses with theirs."""
    yield from running_text(data, recipe.characters_per_source)
    for rows in sentence_pairs(data).values():
        for pair in rows[:: 1 + len(rows) // recipe.pairs_per_origin]:
            yield pair.swedish
            yield pair.english
    yield from (pair.question for pair in retrieval_pairs(data))
    for row in everyday():
        yield from (row.clause, *row.questions) * OWN_TIMES


def prune(packed: Packed, data: Path, out: Path, recipe: StatesRecipe) -> dict[str, float]:
    """Write both folders; returns the number of pieces and the share of the text's pieces that is lost."""
    told = recipe.pruning
    counts = counted(tokenizer_of(packed.pieces, packed.scores.tolist()), swedish_and_english(data, told))
    ids = kept(packed.pieces, counts, told.pieces)
    tokenizer = tokenizer_of([packed.pieces[n] for n in ids], [float(packed.scores[n]) for n in ids])
    export = Export(told.positions, told.max_tokens)
    for name, layers in ((TEACHER_FOLDER, range(packed.layers)), (START_FOLDER, told.layers)):
        config = _config(packed, len(layers))
        write_folder(out / name, packed.weights(ids, layers), config, tokenizer, export)
    lost = sum(counts.values()) - sum(counts[n] for n in ids)
    return {"pieces": len(ids), "lost": lost / max(1, sum(counts.values()))}


def _config(packed: Packed, layers: int) -> dict[str, object]:
    width, wide = packed.tensors["emb.word"].shape[1], packed.tensors["l0.fi.w"].shape[0]
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_act": "gelu",
        "hidden_size": width,
        "intermediate_size": wide,
        "layer_norm_eps": packed.epsilon,
        "num_attention_heads": packed.heads,
        "num_hidden_layers": layers,
        "pad_token_id": PAD,
        "type_vocab_size": len(packed.tensors["emb.type"]),
    }


if __name__ == "__main__":
    told = states_arguments("Keep what Swedish and English need of the multilingual teacher.")
    print(prune(read_packed(packed_file()), told.data, told.out, told.recipe))
