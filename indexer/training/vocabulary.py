"""Stage `vocabulary`: learn the Swedish WordPiece pieces, with room for some English."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tokenizers import Tokenizer, normalizers, pre_tokenizers, processors
from tokenizers.models import WordPiece
from tokenizers.trainers import WordPieceTrainer

from indexer.training.recipe import StageArguments, Vocabulary, stage_arguments
from indexer.training.sources import running_text, sentence_pairs

TOKENIZER_FILE = "tokenizer.json"
SPECIAL_PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


def training_text(data: Path, recipe: Vocabulary) -> Iterator[str]:
    """Swedish running text and sentences, then English in the recipe's share of the characters."""
    swedish = 0
    for line in running_text(data, recipe.characters_per_source):
        swedish += len(line)
        yield line
    pairs = [pair for rows in sentence_pairs(data).values() for pair in rows[:: 1 + len(rows) // 40000]]
    for pair in pairs:
        swedish += len(pair.swedish)
        yield pair.swedish
    left = swedish * recipe.english_share / (1 - recipe.english_share)
    for pair in pairs:
        if left <= 0:
            return
        left -= len(pair.english)
        yield pair.english


def learn_tokenizer(lines: Iterator[str], recipe: Vocabulary) -> Tokenizer:
    """A lower-casing WordPiece tokenizer that keeps å, ä and ö and drops soft hyphens."""
    tokenizer = Tokenizer(WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.BertNormalizer(
                clean_text=True, handle_chinese_chars=False, strip_accents=False, lowercase=True
            ),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    trainer = WordPieceTrainer(
        vocab_size=recipe.pieces,
        special_tokens=SPECIAL_PIECES,
        min_frequency=recipe.min_frequency,
        limit_alphabet=recipe.alphabet,
        show_progress=False,
    )
    tokenizer.train_from_iterator(lines, trainer)
    last, first = SPECIAL_PIECES.index("[SEP]"), SPECIAL_PIECES.index("[CLS]")
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", last), ("[CLS]", first))
    return tokenizer


def run(told: StageArguments) -> None:
    """Write `out/tokenizer.json`."""
    recipe = told.recipe.vocabulary
    learnt = learn_tokenizer(training_text(told.data, recipe), recipe)
    learnt.save(str(told.out / TOKENIZER_FILE))
    print(learnt.get_vocab_size(), "pieces")


if __name__ == "__main__":
    run(stage_arguments("Learn the Swedish WordPiece pieces."))
