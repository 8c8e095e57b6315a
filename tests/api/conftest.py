"""The tiny world behind the doors: an index by the encoder in the box, a client, and the command line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.cli import main
from api.settings import Settings
from corpus.reading.document import read_document
from indexer.build import build_index
from indexer.store import open_index
from indexer.types import Encoder


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory, built: Path, shipped: Encoder) -> Path:
    """An index of the four agreements by the encoder in the box, to read only."""
    root = tmp_path_factory.mktemp("dörrar") / "index"
    build_index(Path(open_index(built).manifest.source_folder), root, shipped, read_document)
    return root


@pytest.fixture
def root(index: Path, folder: Path, shipped: Encoder) -> Path:
    """An index of `folder`, to renew and damage."""
    own = Path(shutil.copytree(index, folder.parent / "index"))
    build_index(folder, own, shipped, read_document)
    return own


@pytest.fixture(scope="session")
def client(index: Path) -> Iterator[TestClient]:
    """A client of an application over `index`."""
    with TestClient(create_app(Settings(index=index))) as opened:
        yield opened


@pytest.fixture
def avtal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs `avtal` with the given words in an empty working directory, no setting of this machine in sight."""
    for name in [name for name in os.environ if name.startswith("AVTAL_")]:
        monkeypatch.delenv(name)
    work = tmp_path / "arbete"
    work.mkdir()
    monkeypatch.chdir(work)

    def run(*words: object) -> subprocess.CompletedProcess[str]:
        monkeypatch.setattr(sys, "argv", ["avtal", *map(str, words)])
        capsys.readouterr()
        code: object = 0
        try:
            main()
        except SystemExit as ended:
            code = ended.code or 0
        written = capsys.readouterr()
        assert isinstance(code, int)
        return subprocess.CompletedProcess(sys.argv, code, written.out, written.err)

    return run
