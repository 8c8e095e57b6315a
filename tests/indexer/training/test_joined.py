"""The third recipe: vectors come back in order whatever is read with what, and the student comes nearer to both teachers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer

from indexer.encoder import WEIGHTS_FOLDER, open_encoder
from indexer.sentence_vectors import PartEncoder
from indexer.training.composites import CompositeBatches
from indexer.training.everyday import Everyday
from indexer.training.joined import JoinedTrainer
from indexer.training.joined_reading import Reader, sentences_of
from indexer.training.joined_recipe import read_joined_recipe
from indexer.training.rounds import write_student

SHIPPED = WEIGHTS_FOLDER / "avtal-sv"
TEXTS = {
    "passage": [
        "Avtalet gäller i tre år. Det sägs upp skriftligen. Sedan upphör det.",
        "Kommunen betalar hyran i förskott. Den räknas upp varje år.",
    ],
    "asked": ["Hur länge gäller det?", "Vad kostar lokalen?"],
}
RECIPE = replace(
    read_joined_recipe(),
    shares={"passage": 1.0},
    seen_for_basis=200,
    batch_tokens=80,
    composite_rows=6,
    steps=50,
    layer_rate=5e-5,
)


@pytest.fixture
def teachers(tmp_path: Path) -> list[Path]:
    """The shipped encoder, and one that lost its last layer's direction: they err in different places."""
    other = tmp_path / "annan"
    reader = Reader(SHIPPED, "cpu", RECIPE.most_tokens, "eager")
    with torch.no_grad():
        for weight in reader.model.encoder.layer[-1].parameters():
            weight.mul_(1 + 0.2 * torch.randn(weight.shape, generator=torch.Generator().manual_seed(1)))
    write_student(other, reader.model, reader.tokenizer, SHIPPED)
    return [SHIPPED, other]


def test_vectors_do_not_depend_on_what_is_read_with_them_and_are_the_products() -> None:
    reader = Reader(SHIPPED, "cpu", RECIPE.most_tokens, "sdpa")
    texts = [*TEXTS["asked"], *TEXTS["passage"], "Kort."]
    spans = [sentences_of(text) for text in texts]
    assert [len(each) for each in spans] == [0, 0, 3, 2, 0]
    assert texts[3][slice(*spans[3][1])] == "Den räknas upp varje år."
    with torch.no_grad():
        together = reader.read(texts)
        alone = [reader.read([text]) for text in texts]
    for name in ("texts", "sentences", "words"):
        apart = torch.cat([getattr(each, name) for each in alone])
        np.testing.assert_allclose(getattr(together, name).numpy(), apart.numpy(), atol=5e-3, err_msg=name)
    product = open_encoder("avtal-sv")
    assert isinstance(product, PartEncoder)
    whole, parts = product.encode_with_parts(texts, spans)
    np.testing.assert_allclose(together.texts.numpy(), whole, atol=5e-3)
    np.testing.assert_allclose(together.sentences.numpy(), np.concatenate(parts), atol=5e-3)


def test_words_are_those_of_the_text_whatever_the_tokenizer() -> None:
    reader = Reader(SHIPPED, "cpu", RECIPE.most_tokens, "sdpa")
    with torch.no_grad():
        read = reader.read(["Avtalet gäller tills vidare.", "Hyran: 12 kr"])
    assert read.places.texts_of_words.tolist() == [0, 0, 0, 0, 1, 1, 1]
    assert read.words.any(1).all()
    one, _ = read.ids
    seen = read.places.words.tolist()
    assert (seen[0], seen[len(one) - 1], seen[-1]) == (-1, -1, -1)
    pieces = [
        reader.tokenizer.id_to_token(piece) for piece, word in zip(one, seen, strict=False) if word == 3
    ]
    assert "".join(map(str, pieces)).replace("##", "").strip("▁") == "vidare."
    assert [word for word in seen[len(one) :] if word >= 0] == sorted(w for w in seen[len(one) :] if w >= 0)


def test_the_pair_keeps_the_cosines_of_both_and_lies_in_the_seconds_space(
    tmp_path: Path, teachers: list[Path]
) -> None:
    trainer = JoinedTrainer(tmp_path, teachers, TEXTS, RECIPE)
    texts = [text for rows in TEXTS.values() for text in rows]
    pair = trainer.pair.read(texts).texts.numpy()
    one, other = (open_encoder(str(folder)).encode_passages(texts) for folder in teachers)
    mixed = np.stack([(one @ one.T)[0], (other @ other.T)[0]])
    assert np.all((pair @ pair.T)[0] <= mixed.max(0) + 0.01)
    assert np.all((pair @ pair.T)[0] >= mixed.min(0) - 0.01)
    assert (pair * other).sum(1).min() > (pair * one).sum(1).max()


def test_the_student_comes_nearer_and_goes_on_from_its_checkpoint(
    tmp_path: Path, teachers: list[Path]
) -> None:
    trainer = JoinedTrainer(tmp_path, teachers, TEXTS, RECIPE)
    rows = [Everyday(f"Klausul {n} om hyran.", (f"Vad sägs i {n}?",), held_out=False) for n in range(8)]
    composites = CompositeBatches(
        rows, Tokenizer.from_file(str(SHIPPED / "tokenizer.json")), RECIPE, RECIPE.seed
    )
    losses = []
    for _ in range(10):
        loss, ids = trainer.matched(trainer.step)
        assert RECIPE.batch_tokens <= sum(map(len, ids)) < RECIPE.batch_tokens + RECIPE.most_tokens
        losses.append(float(loss.detach()))
        trainer.learn(loss)
    assert max(losses[-2:]) < 0.8 * min(losses[:2])
    found, ids = trainer.found(composites)
    assert float(found.detach()) > 0
    assert len(ids) > RECIPE.composite_rows
    trainer.save()
    again = JoinedTrainer(tmp_path, teachers, TEXTS, RECIPE)
    assert again.step == 10
    assert float(again.matched(7)[0].detach()) == pytest.approx(
        float(trainer.matched(7)[0].detach()), abs=1e-5
    )
    (tmp_path / "nästa").mkdir()
    apart = tmp_path / "annan" / "nästa"
    with pytest.raises(FileNotFoundError, match=r"joined_basis.pt is missing"):
        JoinedTrainer(apart, teachers, TEXTS, RECIPE, teachers[1] / "1_Pooling")
    further = JoinedTrainer(tmp_path / "nästa", teachers, TEXTS, RECIPE, tmp_path / "step-00010")
    assert float(further.matched(0)[0].detach()) < 0.9 * losses[0]
    assert open_encoder(str(tmp_path / "step-00010")).encode_queries(["hyra"]).shape == (1, 384)
