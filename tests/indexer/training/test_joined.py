"""The third recipe: vectors come back in order whatever is read with what, and the student comes nearer to both teachers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer

from indexer.encoder import WEIGHTS_FOLDER, open_encoder
from indexer.training import joined
from indexer.training.composites import CompositeBatches
from indexer.training.everyday import Everyday
from indexer.training.joined import JoinedTrainer, Reader
from indexer.training.joined_recipe import read_joined_recipe

SHIPPED = WEIGHTS_FOLDER / "avtal-sv"
TEXTS = {
    "passage": [
        "Avtalet gäller i tre år. Det sägs upp skriftligen. Sedan upphör det.",
        "Kommunen betalar hyran i förskott. Den räknas upp varje år.",
    ],
    "asked": ["Hur länge gäller det?", "Vad kostar lokalen?"],
}
RECIPE = replace(
    read_joined_recipe(), seen_for_basis=200, batch_tokens=80, composite_rows=6, steps=50, layer_rate=5e-5
)


@pytest.fixture
def teachers(tmp_path: Path) -> list[Path]:
    """The shipped encoder, and one that lost its last layer's direction: they err in different places."""
    other = tmp_path / "annan"
    trainer = Reader(SHIPPED, "cpu", RECIPE.most_tokens, "eager")
    with torch.no_grad():
        for weight in trainer.model.encoder.layer[-1].parameters():
            weight.mul_(1 + 0.2 * torch.randn(weight.shape, generator=torch.Generator().manual_seed(1)))
    joined.write_student(other, trainer, SHIPPED, RECIPE.most_tokens)
    return [SHIPPED, other]


def test_vectors_do_not_depend_on_what_is_read_with_them(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Reader(SHIPPED, "cpu", RECIPE.most_tokens, "sdpa")
    texts = [*TEXTS["asked"], *TEXTS["passage"], "Kort."]
    spans = [joined.sentences(text) for text in texts]
    assert [len(each) for each in spans] == [0, 0, 3, 2, 0]
    assert texts[3][slice(*spans[3][1])] == "Den räknas upp varje år."
    with torch.no_grad():
        together = reader.read(texts, spans)
        alone = [reader.read([text], [each]) for text, each in zip(texts, spans, strict=True)]
        monkeypatch.setattr(joined, "GROUPS", 1)
        filled = reader.read(texts, spans)
    for other in (torch.cat([each.texts for each in alone]), filled.texts):
        np.testing.assert_allclose(together.texts.numpy(), other.numpy(), atol=5e-3)
    for other in (torch.cat([each.parts for each in alone]), filled.parts):
        np.testing.assert_allclose(together.parts.numpy(), other.numpy(), atol=5e-3)
    said = open_encoder("avtal-sv").encode_passages(texts)
    np.testing.assert_allclose(together.texts.numpy(), said, atol=5e-3)


def test_the_pair_keeps_the_cosines_of_both_and_lies_in_the_seconds_space(
    tmp_path: Path, teachers: list[Path]
) -> None:
    trainer = JoinedTrainer(tmp_path, teachers, TEXTS, RECIPE, {"asked": 1.0})
    texts = [text for rows in TEXTS.values() for text in rows]
    pair = trainer.pair.read(texts, [[] for _ in texts]).texts.numpy()
    one, other = (open_encoder(str(folder)).encode_passages(texts) for folder in teachers)
    mixed = np.stack([(one @ one.T)[0], (other @ other.T)[0]])
    assert np.all((pair @ pair.T)[0] <= mixed.max(0) + 0.01)
    assert np.all((pair @ pair.T)[0] >= mixed.min(0) - 0.01)
    assert (pair * other).sum(1).min() > (pair * one).sum(1).max()


def test_the_student_comes_nearer_and_goes_on_from_its_checkpoint(
    tmp_path: Path, teachers: list[Path]
) -> None:
    shares = {"passage": 1.0}
    trainer = JoinedTrainer(tmp_path, teachers, TEXTS, RECIPE, shares)
    rows = [Everyday(f"Klausul {n} om hyran.", (f"Vad sägs i {n}?",), held_out=False) for n in range(8)]
    composites = CompositeBatches(
        rows, Tokenizer.from_file(str(SHIPPED / "tokenizer.json")), RECIPE, RECIPE.seed
    )
    losses = []
    for _ in range(10):
        loss, ids = trainer.matched()
        assert RECIPE.batch_tokens <= sum(map(len, ids)) < RECIPE.batch_tokens + RECIPE.most_tokens
        losses.append(float(loss.detach()))
        trainer.learn(loss)
    assert max(losses[-2:]) < 0.8 * min(losses[:2])
    found, ids = trainer.found(composites)
    assert float(found.detach()) > 0
    assert len(ids) > RECIPE.composite_rows
    trainer.save()
    again = JoinedTrainer(tmp_path, teachers, TEXTS, RECIPE, shares)
    assert again.step == 10
    assert float(again.matched()[0].detach()) == pytest.approx(float(trainer.matched()[0].detach()), abs=1e-5)
    assert open_encoder(str(tmp_path / "step-00010")).encode_queries(["hyra"]).shape == (1, 384)
