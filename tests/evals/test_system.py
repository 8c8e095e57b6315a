"""A run against a real index: two small agreements, three cases, the shipped encoder."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from corpus.reading.document import read_document
from corpus.types import AvtalError
from evals.cases import CaseError, Split
from evals.execution import RunOptions, execute
from evals.record import load_run
from indexer.build import build_index
from indexer.encoder import open_encoder

_AGREEMENTS = {
    "hyra.txt": "Hyresavtal mellan Hittepå kommun och Sagobolaget AB\n\n§ 1 Hyra\n\nHyran är 5 000 kr.\n",
    "bad.txt": "Avtal mellan Låtsasåsa kommun och Badbolaget AB\n\n§ 1 Drift\n\nBolaget sköter simhallen.\n",
}
_CASES = (
    {
        "id": "h1",
        "type": "locate",
        "q": "Var står det om simhallen?",
        "expected": {"bad": "explicit"},
        "quotes": [{"agreement": "bad", "quote": "Bolaget sköter simhallen."}],
        "split": "tune",
    },
    {"id": "h2", "type": "unanswerable", "q": "Vilka avtal gäller vargjakt?", "split": "test"},
)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("värld")
    (folder / "avtal").mkdir()
    for name, text in _AGREEMENTS.items():
        (folder / "avtal" / name).write_text(text, encoding="utf-8")
    (folder / "fall.jsonl").write_text("".join(json.dumps(case) + "\n" for case in _CASES), encoding="utf-8")
    build_index(folder / "avtal", folder / "index", open_encoder(), read_document)
    return folder


def _options(world: Path, split: Split | None = None) -> RunOptions:
    return RunOptions(
        (world / "fall.jsonl",), world / "index", "prov", split=split, results=world / "resultat"
    )


def test_a_run_finds_the_passage_and_is_saved_with_its_manifest(world: Path) -> None:
    run, path = execute(_options(world), Console(file=io.StringIO()))
    assert path is not None
    assert load_run(path) == run
    assert [row.id for row in run.rows] == ["h1", "h2"]
    assert run.rows[0].scores["Success@1"] == 1.0
    assert run.rows[0].scores["citation_exact"] == 1.0
    assert (run.manifest.agreements, run.manifest.case_files) == (2, ("fall.jsonl",))
    assert str(world) not in path.read_text(encoding="utf-8")


def test_a_split_runs_its_half_only(world: Path) -> None:
    run, _ = execute(_options(world, Split.TEST), Console(file=io.StringIO()))
    assert [row.id for row in run.rows] == ["h2"]
    assert run.manifest.command.endswith("--split test")


def test_an_empty_selection_and_a_missing_index_are_refused(world: Path, tmp_path: Path) -> None:
    empty = tmp_path / "tom.jsonl"
    empty.write_text("\n", encoding="utf-8")
    with pytest.raises(CaseError, match=r"tom\.jsonl har inga fall"):
        execute(RunOptions((empty,), world / "index", "prov"), Console(file=io.StringIO()))
    with pytest.raises(AvtalError, match="inget index"):
        execute(RunOptions((world / "fall.jsonl",), tmp_path, "prov"), Console(file=io.StringIO()))
