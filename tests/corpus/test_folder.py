"""A folder's files: which ones, in what order, under what ids."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.folder import FileReport, SourceFile, files_in, identify
from corpus.types import AvtalError, ReadStatus


def fill(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"innehåll i {name}", encoding="utf-8")


def relative(folder: Path, index: str = ".avtal") -> list[str]:
    return [path.relative_to(folder).as_posix() for path in files_in(folder, folder / index)]


def identified(folder: Path) -> list[SourceFile]:
    return identify(folder, list(files_in(folder, folder / ".avtal")))


def ids(folder: Path) -> dict[str, str]:
    return {file.path: file.agreement_id for file in identified(folder)}


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


def test_a_file_is_named_by_its_path_without_extension_and_its_bytes(tmp_path: Path) -> None:
    fill(tmp_path, "2021/hamnen.v2.txt")
    (file,) = identified(tmp_path)
    assert (file.path, file.agreement_id) == ("2021/hamnen.v2.txt", "2021/hamnen.v2")
    assert file.sha256 == hashlib.sha256("innehåll i 2021/hamnen.v2.txt".encode()).hexdigest()


def test_files_that_differ_only_in_extension_keep_it(tmp_path: Path) -> None:
    fill(tmp_path, "hamnen.pdf", "hamnen.docx", "kajen.txt", "2021/hamnen.pdf")
    assert ids(tmp_path) == {
        "2021/hamnen.pdf": "2021/hamnen",
        "hamnen.docx": "hamnen.docx",
        "hamnen.pdf": "hamnen.pdf",
        "kajen.txt": "kajen",
    }


def test_a_dot_in_a_folders_name_or_first_in_a_files_is_no_extension(tmp_path: Path) -> None:
    fill(tmp_path, "v1.2/LICENS", ".dold")
    assert ids(tmp_path) == {".dold": ".dold", "v1.2/LICENS": "v1.2/LICENS"}


def test_what_is_no_plain_file_gets_no_hash(tmp_path: Path) -> None:
    (tmp_path / "bruten.txt").symlink_to(tmp_path / "saknas.txt")
    (file,) = identified(tmp_path)
    assert (file.path, file.sha256) == ("bruten.txt", "")


@settings(max_examples=60, deadline=None)
@given(
    st.sets(
        st.builds(
            "{}{}{}".format,
            st.sampled_from(["", "a/", "b.c/"]),
            st.sampled_from(["x", "y", "avtal"]),
            st.sampled_from(["", ".txt", ".pdf", ".docx"]),
        ),
        min_size=1,
    )
)
def test_every_file_gets_an_id_of_its_own(names: set[str]) -> None:
    folder = Path("mapp")
    found = identify(folder, [folder / name for name in sorted(names)])
    assert [file.path for file in found] == sorted(names)
    assert len({file.agreement_id for file in found}) == len(names)


def test_a_report_row_starts_empty() -> None:
    row = FileReport("a.txt", ReadStatus.REFUSED, "trasig")
    assert (row.agreement_id, row.characters, row.pages, row.sections, row.passages) == (None, 0, 0, 0, 0)
    assert row.warnings == ()


def test_an_id_that_keeps_its_extension_meets_no_other(tmp_path: Path) -> None:
    fill(tmp_path, "hamnen.pdf", "hamnen.docx", "hamnen.pdf.txt")
    assert len(set(ids(tmp_path).values())) == 3
