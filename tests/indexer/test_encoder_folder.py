"""What a model folder may hold, how other folders are opened, and what is refused with which words."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from corpus.types import AvtalError
from indexer.encoder import WEIGHTS_FOLDER, open_encoder
from indexer.encoder_bert import BertEncoder
from indexer.encoder_folder import fingerprint
from indexer.encoder_hub import SentenceEncoder
from indexer.encoder_table import KNOWN_ENCODERS, SHIPPED_DEFAULT, known_encoder

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped folder, to damage."""
    return Path(shutil.copytree(WEIGHTS_FOLDER / SHIPPED_DEFAULT, tmp_path / "modell"))


def change(file: Path, **values: object) -> None:
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | values), encoding="utf-8")


def test_a_local_folder_opens_with_the_same_vectors_and_hash(folder: Path) -> None:
    local, shipped = open_encoder(str(folder)), open_encoder()
    assert isinstance(local, BertEncoder)
    assert local.info.name == str(folder)
    assert local.info.weights_sha256 == shipped.info.weights_sha256
    assert (local.encode_queries(["avtal"]) == shipped.encode_queries(["avtal"])).all()


def test_the_hash_covers_weights_tokenizer_and_configuration_but_not_the_card(folder: Path) -> None:
    before = fingerprint(folder)
    (folder / "README.md").write_text("annan text", encoding="utf-8")
    assert fingerprint(folder) == before
    seen = {before}
    for name in ("model.safetensors", "tokenizer.json", "config.json", "1_Pooling/config.json"):
        with (folder / name).open("ab") as file:
            file.write(b" ")
        seen.add(fingerprint(folder))
    assert len(seen) == 5


def test_any_other_pooling_goes_through_sentence_transformers(folder: Path) -> None:
    pooling = {"pooling_mode_mean_tokens": False, "pooling_mode_cls_token": True}
    change(folder / "1_Pooling" / "config.json", **pooling)
    encoder = open_encoder(str(folder))
    assert isinstance(encoder, SentenceEncoder)
    assert (encoder.info.dimension, encoder.info.max_tokens) == (384, 256)
    vectors = encoder.encode_passages(["Avtalet gäller i tre år.", ""])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert encoder.encode_queries([]).shape == (0, 384)
    assert encoder.count_tokens(["avtal", " ".join(["avtal"] * 1000)]) == [3, 1002]
    assert encoder.count_tokens([]) == []
    with pytest.raises(AvtalError, match="257 delord lång"):
        encoder.encode_passages([" ".join(["avtal"] * 255)])


def test_a_model_that_names_its_prompts_gets_them(folder: Path) -> None:
    prompts = {"prompts": {"query": "fråga: ", "document": "text: "}, "default_prompt_name": "query"}
    (folder / "config_sentence_transformers.json").write_text(json.dumps(prompts), encoding="utf-8")
    encoder = open_encoder(str(folder))
    assert (encoder.info.query_prefix, encoder.info.passage_prefix) == ("fråga: ", "text: ")
    shipped = open_encoder()
    np.testing.assert_allclose(
        encoder.encode_queries(["avtal"]), shipped.encode_queries(["fråga: avtal"]), atol=1e-3
    )
    assert encoder.count_tokens(["avtal"]) == shipped.count_tokens(["text: avtal"])


@pytest.mark.parametrize("name", ["pytorch_model.bin", "modeling_x.py", "1_Pooling/state.pkl", "x.PT"])
def test_files_that_run_code_are_refused(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"")
    with pytest.raises(AvtalError, match=r"kan köra kod.*safetensors"):
        open_encoder(str(folder))


def test_unknown_module_classes_are_refused(folder: Path) -> None:
    rows = json.loads((folder / "modules.json").read_text("utf-8"))
    rows[1]["type"] = "os.system"
    (folder / "modules.json").write_text(json.dumps(rows), encoding="utf-8")
    with pytest.raises(AvtalError, match=r"'os.system' tas inte emot"):
        open_encoder(str(folder))


def test_a_module_outside_the_folder_is_refused(folder: Path) -> None:
    rows = json.loads((folder / "modules.json").read_text("utf-8"))
    rows[1]["path"] = "../annan"
    (folder / "modules.json").write_text(json.dumps(rows), encoding="utf-8")
    with pytest.raises(AvtalError, match="pekar ut ur mappen"):
        open_encoder(str(folder))


def test_a_folder_without_safetensors_is_refused(folder: Path) -> None:
    (folder / "model.safetensors").unlink()
    with pytest.raises(AvtalError, match="safetensors saknas"):
        open_encoder(str(folder))


def test_damaged_weights_are_one_sentence(folder: Path) -> None:
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:100_000])
    with pytest.raises(AvtalError, match="skadade eller ofullständiga"):
        open_encoder(str(folder))


def test_a_damaged_tokenizer_is_one_sentence(folder: Path) -> None:
    (folder / "tokenizer.json").write_text("{", encoding="utf-8")
    with pytest.raises(AvtalError, match="skadade eller ofullständiga"):
        open_encoder(str(folder))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("config.json", "[]", "inga namngivna värden"),
        ("config.json", "{", "kan inte läsas som JSON"),
        ("tokenizer_config.json", "7", "inga namngivna värden"),
        ("modules.json", "{}", "ingen lista över moduler"),
        ("modules.json", "[]", "ingen lista över moduler"),
        ("modules.json", '["Transformer"]', "ingen lista över moduler"),
        ("modules.json", '[{"type": 7}]', "ingen lista över moduler"),
        ("modules.json", '[{"type": "x", "path": 7}]', "ingen lista över moduler"),
        ("tokenizer.json", "{}", r"skadade eller ofullständiga \(tokenizer\.json: "),
        ("tokenizer.json", "", r"skadade eller ofullständiga \(tokenizer\.json: "),
    ],
)
def test_a_file_that_holds_something_else_is_named(folder: Path, name: str, content: str, said: str) -> None:
    (folder / name).write_text(content, encoding="utf-8")
    with pytest.raises(AvtalError, match=said) as refused:
        open_encoder(str(folder))
    assert str(folder) in str(refused.value)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("num_hidden_layers", 99),
        ("num_hidden_layers", None),
        ("num_attention_heads", 7),
        ("layer_norm_eps", "x"),
    ],
)
def test_a_configuration_that_the_weights_do_not_fit_is_one_sentence(
    folder: Path, key: str, value: object
) -> None:
    change(folder / "config.json", **{key: value})
    with pytest.raises(AvtalError, match="skadade eller ofullständiga"):
        open_encoder(str(folder))


def test_prompts_that_are_none_are_left(folder: Path) -> None:
    (folder / "config_sentence_transformers.json").write_text('{"prompts": ["fråga"]}', encoding="utf-8")
    assert open_encoder(str(folder)).info.query_prefix == ""


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AvtalError, match=r"modules\.json saknas"):
        open_encoder(str(tmp_path))


def test_an_unknown_name_says_what_there_is() -> None:
    with pytest.raises(AvtalError, match=f"'finns-inte'.*{SHIPPED_DEFAULT}.*--encoder"):
        open_encoder("finns-inte")


def test_a_hub_name_without_internet_is_one_sentence(tmp_path: Path) -> None:
    code = (
        "from corpus.types import AvtalError; from indexer.encoder import open_encoder\n"
        "try: open_encoder('intfloat/multilingual-e5-small')\n"
        "except AvtalError as error: print(error)"
    )
    environment = os.environ | {"HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("Kodaren intfloat/multilingual-e5-small finns inte på datorn")
    assert done.stdout.count("\n") == 1


def test_the_table_of_prefixes_and_limits() -> None:
    told = {row.name: (row.query_prefix, row.passage_prefix, row.max_tokens) for row in KNOWN_ENCODERS}
    assert told == {
        "KBLab/sentence-bert-swedish-cased": ("", "", 384),
        "intfloat/multilingual-e5-small": ("query: ", "passage: ", 512),
        "intfloat/multilingual-e5-base": ("query: ", "passage: ", 512),
        "intfloat/multilingual-e5-large": ("query: ", "passage: ", 512),
        "BAAI/bge-m3": ("", "", 8192),
        "nicher92/saga-embed_v1": ("task: retrieval | query: ", "title: none | text: ", 1024),
    }


def test_names_are_matched_whole() -> None:
    assert known_encoder("intfloat/multilingual-e5-small") is not None
    assert known_encoder("intfloat/multilingual-e5-small-instruct") is None
