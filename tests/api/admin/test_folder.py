"""The folder changed by the registrator: names, files in and out, and what the manifests say of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.admin.folder import SourceFolder
from api.admin.names import MOST_BYTES, clean_folder, clean_name
from api.errors import InvalidFieldsError, NotFoundError
from corpus.folder import files_in
from corpus.manifest import read_manifests
from corpus.reading.document import read_document
from corpus.types import AvtalError
from indexer.build import build_index
from indexer.store import open_index
from indexer.types import Encoder

NEW = "Avtal om sjöboden\n\n§ 1 Boden\n\nBoden får målas röd.\n"


@pytest.fixture
def source(folder: Path, tmp_path: Path) -> SourceFolder:
    """The four agreements, to change."""
    made = SourceFolder(folder, tmp_path / "index")
    made.inbox.mkdir()
    return made


def staged(source: SourceFolder, name: str = "ny.txt", text: str = NEW) -> Path:
    path = source.inbox / name
    path.write_text(text, encoding="utf-8")
    return path


def said(source: SourceFolder) -> dict[str, dict[str, str]]:
    entries = read_manifests(source.root, list(files_in(source.root, source.index)))
    return {path: {each.name.value: each.value for each in entry.declared} for path, entry in entries.items()}


@pytest.mark.parametrize(
    ("given", "cleaned"),
    [
        ("avtal.pdf", "avtal.pdf"),
        ("C:\\Users\\reg\\Avtal om hyra.PDF", "Avtal om hyra.pdf"),
        ("../../etc/avtal.txt", "avtal.txt"),
        ("o\u0308rnbo.docx", "örnbo.docx"),
        ("avtal\x00\x1b[31m\u202e.txt", "avtal[31m.txt"),
        ("rad\nbryt.txt", "radbryt.txt"),
        ("con.txt", "_con.txt"),
        ("LPT1.avtal.md", "_LPT1.avtal.md"),
        ("vad <är> det?.html", "vad _är_ det_.html"),
        (".dolt.txt", "dolt.txt"),
        ("~$hyra.docx", "hyra.docx"),
        ("å" * 200 + ".txt", "å" * ((MOST_BYTES - 4) // 2) + ".txt"),
    ],
)
def test_a_name_is_made_fit_for_every_system(given: str, cleaned: str) -> None:
    assert clean_name(given) == cleaned


@pytest.mark.parametrize(
    "given", ["", ".", "..", ".txt", "avtal", "avtal.exe", "avtal.toml", "avtal.txt/", "a.txt\\.."]
)
def test_a_name_that_is_none_or_of_another_format_is_refused(given: str) -> None:
    with pytest.raises(AvtalError, match="kan inte tas emot"):
        clean_name(given)


def test_a_folder_stays_inside() -> None:
    assert clean_folder(" hyra / lokaler\\2024 ") == "hyra/lokaler/2024"
    assert clean_folder("/") == ""
    for bad in ("..", "hyra/../..", ".avtal-papperskorg", "hyra/.dold", "/".join("abcdefghi")):
        with pytest.raises(AvtalError, match="kan inte användas"):
            clean_folder(bad)


def test_a_file_comes_in_once_and_is_not_written_over(source: SourceFolder) -> None:
    source.add(staged(source), "båtar/boden.txt")
    assert (source.root / "båtar/boden.txt").read_text(encoding="utf-8") == NEW
    assert "båtar/boden.txt" in source.paths()
    with pytest.raises(AvtalError, match="redan en fil"):
        source.add(staged(source), "hyra/ladan.txt")
    assert "gamla ladan" in (source.root / "hyra/ladan.txt").read_text(encoding="utf-8")


def test_what_waits_and_what_is_thrown_is_not_indexed(source: SourceFolder, encoder: Encoder) -> None:
    staged(source)
    source.remove("badet.html")
    result = build_index(source.root, source.index, encoder, read_document)
    assert {row.path for row in result.report} == {
        "hyra/ladan.txt",
        "skola/åkerby.md",
        "vägar/snö och is.txt",
    }
    above = build_index(source.root.parent, source.root.parent / "ovanför", encoder, read_document)
    assert not any("badet" in row.path or "ny.txt" in row.path for row in above.report)


def test_a_removed_file_comes_back_with_its_card(source: SourceFolder) -> None:
    source.correct("badet.html", {"title": ("Badets avtal",), "parties": ("Granboda kommun", "Simlaget AB")})
    content = (source.root / "badet.html").read_bytes()
    source.remove("badet.html")
    assert "badet.html" not in source.paths()
    assert said(source) == {}
    (thrown,) = source.thrown()
    assert thrown.path == "badet.html"
    assert source.restore(thrown.name) == "badet.html"
    assert (source.root / "badet.html").read_bytes() == content
    assert said(source)["badet.html"]["title"] == "Badets avtal"
    assert source.thrown() == []


def test_a_file_removed_for_good_is_nowhere(source: SourceFolder) -> None:
    source.remove("badet.html", for_good=True)
    assert source.thrown() == []
    assert not [
        path for path in source.root.rglob("*") if path.is_file() and b"badhuset" in path.read_bytes()
    ]


def test_a_replaced_agreement_keeps_its_id_and_card_in_another_format(
    source: SourceFolder, encoder: Encoder
) -> None:
    build_index(source.root, source.index, encoder, read_document)
    source.correct("hyra/ladan.txt", {"title": ("Ladan",)})
    assert source.replace(staged(source, "nytt namn.md"), "hyra/ladan.txt", "hyra/ladan") == "hyra/ladan.md"
    assert (
        source.replace(staged(source, "badet.txt", NEW + "\nTvå.\n"), "badet.html", "bad/annat id")
        == "badet.txt"
    )
    build_index(source.root, source.index, encoder, read_document)
    index = open_index(source.index)
    assert index.manifest.read_from["hyra/ladan"] == "hyra/ladan.md"
    assert index.agreements["hyra/ladan"].title == "Ladan"
    assert index.manifest.read_from["bad/annat id"] == "badet.txt"
    assert {each.path for each in source.thrown()} == {"hyra/ladan.txt", "badet.html"}


def test_a_correction_leaves_comments_and_the_rest_as_they_are(source: SourceFolder) -> None:
    manifest = source.root / "hyra" / "avtal.toml"
    manifest.write_text(
        '# Kom ihåg ladan\n["ladan.txt"]\ntitel = "Ladan"  # kort\n"gäller till" = 2031-05-31\n',
        encoding="utf-8",
    )
    source.correct(
        "hyra/ladan.txt", {"title": ("Gamla ladan",), "valid_to": (), "notice_period": ("6 månader",)}
    )
    text = manifest.read_text(encoding="utf-8")
    assert text.startswith("# Kom ihåg ladan\n")
    assert 'titel = "Gamla ladan" # kort' in text.replace("  #", " #")
    assert "gäller till" not in text
    assert said(source)["hyra/ladan.txt"] == {"title": "Gamla ladan", "notice_period": "P6M"}
    source.correct("badet.html", {"kind": ("driftavtal",)})
    assert said(source)["badet.html"] == {"kind": "driftavtal"}
    source.correct("badet.html", {"kind": ()})
    assert "badet.html" not in said(source)


def test_wrong_values_are_told_by_field_and_change_nothing(source: SourceFolder) -> None:
    with pytest.raises(InvalidFieldsError) as told:
        source.correct("badet.html", {"valid_to": ("snart",), "title": ("Bad",), "färg": ("röd",)})
    assert told.value.errors["valid_to"] == "en dag, till exempel 2026-12-31"
    assert "title" in told.value.errors["färg"]
    assert said(source) == {}


def test_a_row_in_csv_moves_to_toml_when_it_is_corrected(source: SourceFolder) -> None:
    csv = source.root / "avtal.csv"
    csv.write_bytes(
        "fil;titel;parter\r\nbadet.html;Bäd;Ån AB | Sjön AB\r\nhyra/ladan.txt;Ladan;\r\n".encode("cp1252")
    )
    source.correct("badet.html", {"title": ("Badet",)})
    assert csv.read_bytes() == "fil;titel;parter\r\nhyra/ladan.txt;Ladan;\r\n".encode("cp1252")
    assert source.manifests.said_of("badet.html") == {"title": ("Badet",), "parties": ("Ån AB", "Sjön AB")}
    assert said(source)["badet.html"]["title"] == "Badet"


def test_a_closed_file_stays_closed_when_it_comes_back(source: SourceFolder) -> None:
    (source.root / "avtal.toml").write_text('["./"]\nreaders = ["alla"]\n\n["badet.html"]\nreaders = []\n')
    source.remove("badet.html")
    source.restore(source.thrown()[0].name)
    entries = read_manifests(source.root, list(files_in(source.root, source.index)))
    assert entries["badet.html"].readers == ()
    assert entries["hyra/ladan.txt"].readers == ("alla",)


def test_nothing_outside_the_folder_is_touched(source: SourceFolder, tmp_path: Path) -> None:
    outside = tmp_path / "utanför.txt"
    outside.write_text(NEW, encoding="utf-8")
    (source.root / "länk.txt").symlink_to(outside)
    (source.root / "mapp").symlink_to(tmp_path)
    for path in (
        "../utanför.txt",
        "länk.txt",
        str(outside),
        "avtal.toml",
        ".avtal-inkorg/lock",
        "finns inte.txt",
    ):
        with pytest.raises(NotFoundError):
            source.remove(path)
    with pytest.raises(AvtalError, match="leder ut"):
        source.add(staged(source), "mapp/ny.txt")
    assert outside.is_file()
