"""An agreement's id follows its content when the file moves, and its path when the file is edited."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.folder import SourceFile
from corpus.identity import Identity, Known, identities, without_extension


def ids(files: dict[str, str], known: dict[str, tuple[str, str]] | None = None) -> dict[str, str]:
    """Path -> id of files given as path -> content; `known` is path -> (id, content)."""
    return {path: own.agreement_id for path, own in found(files, known).items()}


def found(
    files: dict[str, str], known: dict[str, tuple[str, str]] | None = None, **given_ids: str
) -> dict[str, Identity]:
    sources = [
        SourceFile(path, content, given_id=given_ids.get(without_extension(path)))
        for path, content in files.items()
    ]
    return identities(sources, {path: Known(*entry) for path, entry in (known or {}).items()})


def test_a_new_file_is_named_by_its_path_without_extension() -> None:
    assert ids({"2021/hamnen.v2.txt": "A"}) == {"2021/hamnen.v2.txt": "2021/hamnen.v2"}


def test_files_that_differ_only_in_extension_keep_it() -> None:
    files = {"hamnen.pdf": "A", "hamnen.docx": "B", "kajen.txt": "C", "2021/hamnen.pdf": "D"}
    assert ids(files) == {
        "2021/hamnen.pdf": "2021/hamnen",
        "hamnen.docx": "hamnen.docx",
        "hamnen.pdf": "hamnen.pdf",
        "kajen.txt": "kajen",
    }


def test_an_id_that_keeps_its_extension_meets_no_other() -> None:
    assert len(set(ids({"hamnen.pdf": "A", "hamnen.docx": "B", "hamnen.pdf.txt": "C"}).values())) == 3


def test_a_dot_in_a_folders_name_or_first_in_a_files_is_no_extension() -> None:
    assert ids({".dold": "A", "v1.2/LICENS": "B"}) == {".dold": ".dold", "v1.2/LICENS": "v1.2/LICENS"}


def test_a_moved_file_keeps_its_id_and_says_where_it_was() -> None:
    assert found({"ny/b.txt": "A"}, {"a.txt": ("a", "A")}) == {"ny/b.txt": Identity("a", "a.txt")}


def test_a_new_file_at_the_old_path_of_a_moved_one_gets_an_id_of_its_own() -> None:
    files = {"a.txt": "NY", "b.txt": "A"}
    assert ids(files, {"a.txt": ("a", "A")}) == {"a.txt": "a.txt", "b.txt": "a"}
    later = {"a.txt": "NY", "b.txt": "A", "c.txt": "C"}
    known = {"a.txt": ("a.txt", "NY"), "b.txt": ("a", "A")}
    assert ids(later, known) == {"a.txt": "a.txt", "b.txt": "a", "c.txt": "c"}


def test_an_id_taken_twice_over_is_numbered() -> None:
    known = {"x.txt": ("a", "A"), "y.txt": ("a.txt", "B")}
    assert ids({"a.txt": "NY", "x.txt": "A", "y.txt": "B"}, known)["a.txt"] == "a.txt~2"


def test_an_edited_file_keeps_its_id() -> None:
    assert ids({"b.txt": "A2"}, {"b.txt": ("a", "A")}) == {"b.txt": "a"}


def test_a_swapped_pair_keeps_each_id_with_its_content() -> None:
    known = {"a.txt": ("a", "A"), "b.txt": ("b", "B")}
    assert found({"a.txt": "B", "b.txt": "A"}, known) == {
        "a.txt": Identity("b", "b.txt"),
        "b.txt": Identity("a", "a.txt"),
    }


def test_an_id_is_free_again_when_its_agreement_is_gone() -> None:
    assert ids({"a.txt": "NY"}, {"b.txt": ("b", "B")}) == {"a.txt": "a"}


def test_a_new_neighbour_does_not_rename_an_agreement() -> None:
    assert ids({"a.md": "NY", "a.txt": "A"}, {"a.txt": ("a", "A")}) == {"a.md": "a.md", "a.txt": "a"}


def test_a_given_id_goes_before_every_other() -> None:
    assert found({"a.txt": "A", "b.txt": "B"}, {"a.txt": ("a", "A")}, b="a") == {
        "a.txt": Identity("a.txt"),
        "b.txt": Identity("a"),
    }


_PATHS = st.sampled_from(["a.txt", "a.md", "a", "b.txt", "ny/a.txt", "a.txt~2"])
_CONTENT = st.sampled_from("ABCDEF")


@settings(max_examples=200)
@given(
    st.lists(st.dictionaries(_PATHS, _CONTENT, min_size=1), min_size=1, max_size=4).map(
        lambda steps: [
            {path: content for content, path in {c: p for p, c in s.items()}.items()} for s in steps
        ]
    )
)
def test_whatever_happens_in_a_folder_every_agreement_has_an_id_of_its_own(
    steps: list[dict[str, str]],
) -> None:
    known: dict[str, tuple[str, str]] = {}
    for files in steps:
        now = ids(files, known)
        assert set(now) == set(files)
        assert len(set(now.values())) == len(files)
        before = {content: agreement_id for agreement_id, content in known.values()}
        assert all(now[path] == before[content] for path, content in files.items() if content in before)
        known = {path: (now[path], content) for path, content in files.items()}
