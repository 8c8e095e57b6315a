"""The second recipe: the packed teacher is read number by number, pieces are kept, and a run learns and resumes."""

from __future__ import annotations

import struct
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from tokenizers import Tokenizer

from indexer.encoder import open_encoder
from indexer.training.export import write_folder
from indexer.training.packed import MAGIC, Packed, read_packed
from indexer.training.pruned import SPECIAL, START_FOLDER, TEACHER_FOLDER, counted, kept, prune, tokenizer_of
from indexer.training.recipe import Export
from indexer.training.states import StatesTrainer
from indexer.training.states_recipe import StatesRecipe, read_states_recipe
from indexer.training.states_texts import Texts

WIDTH, WIDE, POSITIONS = 32, 64, 64
PIECES = (*SPECIAL, "▁", "▁avtal", "et", "▁gäller", "a", "v", "t", "l", "▁query", ":", "▁passage", "蜘")
SCORES = [0.0] * 4 + [-3.0 - n / 10 for n in range(len(PIECES) - 4)]


def _shape(name: str) -> tuple[int, ...]:
    part = name.split(".", 1)[1]
    if name == "emb.word":
        return len(PIECES), WIDTH
    if name in ("emb.pos", "emb.type"):
        return (POSITIONS if part == "pos" else 2), WIDTH
    if part.startswith("fi"):
        return (WIDE, WIDTH) if part == "fi.w" else (WIDE,)
    if part == "fo.w":
        return WIDTH, WIDE
    return (WIDTH, WIDTH) if part in ("q.w", "k.w", "v.w", "ao.w") else (WIDTH,)


def _names(layers: int) -> list[str]:
    parts = [f"{short}.{kind}" for short in ("q", "k", "v", "ao", "aln", "fi", "fo", "oln") for kind in "wb"]
    table = ["emb.word", "emb.pos", "emb.type", "emb.ln.w", "emb.ln.b"]
    return table + [f"l{layer}.{part}" for layer in range(layers) for part in parts]


def _blocked(name: str) -> bool:
    return name == "emb.word" or (len(_shape(name)) == 2 and name[0] == "l")


def _written(path: Path, layers: int) -> dict[str, NDArray[np.float32]]:
    """Writes a small packed file; returns the tensors that a reader should find in it."""
    draw = np.random.default_rng(3)
    text = "".join(PIECES).encode("utf-8")
    ends = np.cumsum([0, *(len(piece.encode("utf-8")) for piece in PIECES)]).astype(np.uint32)
    head = MAGIC + struct.pack("<I7ifi", 1, WIDTH, layers, 4, WIDE, len(PIECES), POSITIONS, 2, 1e-12, 32)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, len(text)) + ends.tobytes()
    head += np.asarray(SCORES, np.float32).tobytes() + text + struct.pack("<iI", 1, 4) + b"norm"
    head += struct.pack("<i", len(_names(layers)))
    directory = sum(2 + len(name) + 1 + 4 + 16 for name in _names(layers))
    body, entries, expected = b"", b"", {}
    for name in _names(layers):
        size = int(np.prod(_shape(name)))
        if _blocked(name):
            fours = draw.integers(0, 16, (size // 32, 32))
            scales = draw.uniform(0.01, 0.05, (size // 32, 1)).astype(np.float16)
            raw = b"".join(
                scale.tobytes() + (row[:16] + 16 * row[16:]).astype(np.uint8).tobytes()
                for scale, row in zip(scales, fours, strict=True)
            )
            values = np.asarray((fours - 8) * scales.astype(np.float32), np.float32)
        else:
            values = np.asarray(draw.normal(0, 0.1, size) + name.endswith("ln.w"), np.float32)
            raw = values.tobytes()
        expected[name] = values.reshape(_shape(name))
        encoded = name.encode("ascii")
        place = len(head) + directory + len(body)
        entries += struct.pack("<H", len(encoded)) + encoded
        entries += struct.pack("<BIQQ", int(_blocked(name)), size, place, len(raw))
        body += raw
    path.write_bytes(head + entries + body)
    return expected


def test_every_number_of_the_packed_file_is_read(tmp_path: Path) -> None:
    expected = _written(tmp_path / "liten.bin", layers=2)
    read = read_packed(tmp_path / "liten.bin")
    assert (read.pieces, read.layers, read.heads) == (PIECES, 2, 4)
    assert read.scores.tolist() == pytest.approx(SCORES)
    assert set(read.tensors) == set(expected)
    for name, values in expected.items():
        np.testing.assert_allclose(read.tensors[name], values, rtol=1e-6, err_msg=name)
    chosen = read.weights([5, 4], [1])
    np.testing.assert_array_equal(
        chosen["embeddings.word_embeddings.weight"], read.tensors["emb.word"][[5, 4]]
    )
    np.testing.assert_array_equal(chosen["encoder.layer.0.output.dense.weight"], read.tensors["l1.fo.w"])


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "annan.bin").write_bytes(b"GGUF" + bytes(64))
    with pytest.raises(ValueError, match="E5S1"):
        read_packed(tmp_path / "annan.bin")


def test_letters_stay_and_then_the_commonest_pieces() -> None:
    tokenizer = tokenizer_of(PIECES, SCORES)
    counts = counted(tokenizer, ["avtalet gäller", "avtalet"])
    assert {PIECES[n]: times for n, times in counts.items()} == {"▁avtal": 2, "et": 2, "▁gäller": 1}
    letters = {"▁", "a", "v", "t", "l", ":"}
    assert {PIECES[n] for n in kept(PIECES, counts, 12)} == {*SPECIAL, *letters, "▁avtal", "et"}
    assert "蜘" not in {PIECES[n] for n in kept(PIECES, counts, 14)}


def _folders(tmp_path: Path) -> StatesRecipe:
    _written(tmp_path / "liten.bin", layers=2)
    packed = read_packed(tmp_path / "liten.bin")
    recipe = read_states_recipe()
    pruning = replace(recipe.pruning, positions=POSITIONS, max_tokens=POSITIONS - 2)
    config: dict[str, object] = {
        "model_type": "bert",
        "hidden_act": "gelu",
        "hidden_size": WIDTH,
        "intermediate_size": WIDE,
        "num_attention_heads": 4,
        "layer_norm_eps": 1e-12,
    }
    tokenizer = tokenizer_of(PIECES, SCORES)
    for name, layers in ((TEACHER_FOLDER, [0, 1]), (START_FOLDER, [1])):
        weights = packed.weights(range(len(PIECES)), layers)
        told = config | {"num_hidden_layers": len(layers)}
        write_folder(tmp_path / name, weights, told, tokenizer, Export(POSITIONS, POSITIONS - 2))
    training = replace(recipe.training, middle={}, steps=40, batch_tokens=60, layer_rate=3e-3)
    texts = replace(recipe.texts, shares={"clause": 0.7, "asked": 0.3})
    return replace(recipe, pruning=pruning, training=training, texts=texts)


def test_a_run_learns_the_teachers_states_and_goes_on_from_its_checkpoint(tmp_path: Path) -> None:
    recipe = _folders(tmp_path)
    tokenizer = Tokenizer.from_file(str(tmp_path / TEACHER_FOLDER / "tokenizer.json"))
    texts = Texts(
        {"clause": ["avtalet gäller", "avtal", "gäller avtalet"], "asked": ["gäller avtal"]},
        tokenizer,
        recipe,
    )
    trainer = StatesTrainer(tmp_path, None, texts, recipe)
    losses = []
    for _ in range(30):
        loss, _ids = trainer.matched(trainer.step)
        losses.append(float(loss.detach()))
        trainer.learn(loss)
    assert np.mean(losses[-5:]) < 0.7 * np.mean(losses[:5])
    trainer.save()
    again = StatesTrainer(tmp_path, None, texts, recipe)
    assert again.step == 30
    same, _ids = again.matched(7)
    assert float(same.detach()) == pytest.approx(float(trainer.matched(7)[0].detach()), abs=1e-5)
    encoder = open_encoder(str(tmp_path / "step-00030"))
    assert encoder.encode_queries(["avtalet gäller"]).shape == (1, WIDTH)


def test_the_two_folders_share_their_tokenizer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _written(tmp_path / "liten.bin", layers=2)
    packed: Packed = read_packed(tmp_path / "liten.bin")
    recipe = read_states_recipe()
    recipe = replace(
        recipe,
        pruning=replace(recipe.pruning, pieces=14, layers=[1], positions=POSITIONS, max_tokens=POSITIONS - 2),
    )
    monkeypatch.setattr(
        "indexer.training.pruned.swedish_and_english", lambda _data, _told: ["avtalet gäller"] * 3
    )
    said = prune(packed, tmp_path, tmp_path, recipe)
    assert said == {"pieces": 13, "lost": 0.0}
    both = [(tmp_path / name / "tokenizer.json").read_bytes() for name in (TEACHER_FOLDER, START_FOLDER)]
    assert both[0] == both[1]
    teacher = open_encoder(str(tmp_path / TEACHER_FOLDER))
    assert teacher.count_tokens(["avtalet gäller"]) == [5]
