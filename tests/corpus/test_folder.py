"""A folder's files: which ones, in what order, under what hash, and which are nobody's agreement."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from corpus.folder import SourceFile, files_in, sources_of
from corpus.types import AvtalError


def fill(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"innehåll i {name}", encoding="utf-8")


def relative(folder: Path, index: str = ".avtal") -> list[str]:
    return [path.relative_to(folder).as_posix() for path in files_in(folder, folder / index)]


def sources(folder: Path) -> list[SourceFile]:
    return sources_of(folder, list(files_in(folder, folder / ".avtal")))


def test_files_are_found_at_every_depth_and_sorted_by_relative_path(tmp_path: Path) -> None:
    fill(tmp_path, "b.txt", "a/z.pdf", "a/å/c.docx", "a.txt", ".dold.md")
    assert relative(tmp_path) == [".dold.md", "a.txt", "a/z.pdf", "a/å/c.docx", "b.txt"]


def test_an_index_inside_the_folder_is_no_source_whatever_its_name(tmp_path: Path) -> None:
    """An index beside the agreements, made with --to, was once read as agreements the next time."""
    fill(tmp_path, "a.txt", ".avtal/current", ".avtal/generations/1/manifest.json", ".anteckningar/b.txt")
    fill(tmp_path, "gammalt/generations/1/manifest.json", "gammalt/current", "nytt/halvfärdigt.txt")
    assert relative(tmp_path, index="nytt") == [".anteckningar/b.txt", "a.txt"]


def test_a_folder_that_lies_beside_generations_is_read(tmp_path: Path) -> None:
    fill(tmp_path, "generations/1/texts/a.txt", "avtal/a.txt")
    assert relative(tmp_path / "avtal") == ["a.txt"]


@pytest.mark.parametrize(
    ("name", "said"), [("saknas", "finns inte"), ("fil.txt", "är en fil, inte en mapp"), ("tom", "är tom")]
)
def test_no_folder_a_file_and_an_empty_folder_are_refused_with_their_name(
    tmp_path: Path, name: str, said: str
) -> None:
    fill(tmp_path, "fil.txt")
    (tmp_path / "tom").mkdir()
    with pytest.raises(AvtalError, match=said) as raised:
        list(files_in(tmp_path / name, tmp_path / ".avtal"))
    assert str(tmp_path / name) in str(raised.value)
    assert "avtal index" in str(raised.value)


def test_a_file_is_known_by_its_path_and_its_bytes_not_by_when_it_was_saved(tmp_path: Path) -> None:
    fill(tmp_path, "2021/hamnen.v2.txt")
    (file,) = sources(tmp_path)
    assert file.path == "2021/hamnen.v2.txt"
    assert file.sha256 == hashlib.sha256("innehåll i 2021/hamnen.v2.txt".encode()).hexdigest()
    os.utime(tmp_path / file.path, (1, 1))
    assert sources(tmp_path) == [file]


def test_what_is_no_plain_file_gets_no_hash(tmp_path: Path) -> None:
    (tmp_path / "bruten.txt").symlink_to(tmp_path / "saknas.txt")
    (file,) = sources(tmp_path)
    assert (file.path, file.sha256) == ("bruten.txt", "")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("~$mverkansavtal.docx", "ordbehandlaren"),
        (".~lock.avtal.odt#", "ordbehandlaren"),
        ("~WRL0003.tmp", "ordbehandlaren"),
        (".DS_Store", "filhanterare"),
        ("Thumbs.db", "filhanterare"),
        ("desktop.ini", "filhanterare"),
        ("._avtal.pdf", "filhanterare"),
        ("avtal.pdf.crdownload", "inte färdigskriven"),
        (".avtal.txt.swp", "inte färdigskriven"),
    ],
)
def test_a_file_that_a_program_left_is_named_and_not_opened(tmp_path: Path, name: str, said: str) -> None:
    fill(tmp_path, f"mapp/{name}")
    (file,) = sources(tmp_path)
    assert (file.path, file.sha256) == (f"mapp/{name}", "")
    assert file.problem is not None and said in file.problem


@pytest.mark.parametrize("name", [".dold.md", "~avtal.txt", "avtal.tmpl", "Thumbs.db.txt", "tmp"])
def test_a_hidden_file_that_no_program_left_is_a_file_like_others(tmp_path: Path, name: str) -> None:
    fill(tmp_path, name)
    (file,) = sources(tmp_path)
    assert file.problem is None and file.sha256
