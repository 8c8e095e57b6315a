"""The ingestion report behind its doors, and the agreements that an agreement is linked to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.language import Language
from api.printing import remark
from api.rendering.addresses import Addresses
from api.rendering.report import FIRST_FILES, LOOKS, report_view
from api.rendering.wording import Words
from api.settings import Settings
from corpus.reading.document import read_document
from corpus.report import FileReport
from corpus.types import ReadStatus
from indexer.build import build_index
from indexer.store import open_index
from indexer.types import Encoder
from retriever.asked import put
from retriever.engine import Engine, open_engine
from retriever.results import search
from retriever.set_answer import set_answer
from retriever.types import Coverage, Filters

OLDER = """Serviceavtal om gräsklippning mellan Granboda kommun och Tallviks AB

§ 1 Omfattning

Bolaget klipper gräset vid kyrkan varje vecka under sommaren.

§ 2 Avtalstid

Avtalet gäller från och med den 1 maj 2019 till och med den 30 april 2022.
"""
NEWER = OLDER.replace("2019", "2022").replace("30 april 2022", "30 april 2025")
GAP = """Avtal om bryggan mellan Granboda kommun och Simlaget AB

§ 1 Bryggan

Bolaget lägger ut bryggan i maj.

§ 3 Tillsyn

Parterna ser över bryggan varje höst.
"""


@pytest.fixture
def renewed(folder: Path, tmp_path: Path, shipped: Encoder) -> Path:
    """An index of the four agreements, one with a gap, two versions of one, and a spreadsheet."""
    (folder / "gräs").mkdir()
    (folder / "gräs" / "äldre.txt").write_text(OLDER, encoding="utf-8")
    (folder / "gräs" / "nyare.txt").write_text(NEWER, encoding="utf-8")
    (folder / "bryggan.txt").write_text(GAP, encoding="utf-8")
    (folder / "priser.xlsx").write_bytes(b"PK\x03\x04 inget kalkylblad")
    (folder / "Thumbs.db").write_bytes(b"\x00")
    build_index(folder, tmp_path / "index", shipped, read_document)
    return tmp_path / "index"


@pytest.fixture
def client(renewed: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(index=renewed))) as opened:
        yield opened


@pytest.fixture
def engine(renewed: Path, shipped: Encoder) -> Engine:
    return open_engine(renewed, shipped)


def test_the_report_has_one_row_a_file_with_its_status(client: TestClient, renewed: Path) -> None:
    report = client.get("/api/report").json()
    assert report["generation"] == open_index(renewed).generation
    assert {row["path"]: row["status"] for row in report["files"]} == {
        "Thumbs.db": "refused",
        "badet.html": "indexed",
        "bryggan.txt": "indexed_with_warnings",
        "gräs/nyare.txt": "indexed",
        "gräs/äldre.txt": "indexed",
        "hyra/ladan.txt": "indexed",
        "priser.xlsx": "refused",
        "skola/åkerby.md": "indexed",
        "vägar/snö och is.txt": "indexed",
    }
    rows = {row["path"]: row for row in report["files"]}
    assert rows["bryggan.txt"]["numbering_gaps"] == [["§ 1", "§ 3"]]
    assert rows["bryggan.txt"]["reason"] == "numreringen hoppar från § 1 till § 3"
    assert rows["priser.xlsx"]["reason"]
    assert "filhanterare" in rows["Thumbs.db"]["reason"]
    assert report["agreements"] == sum(row["agreement_id"] is not None for row in report["files"]) == 7


def test_the_report_page_shows_every_file_and_is_linked_from_the_start_page(client: TestClient) -> None:
    page = client.get("/rapport")
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    for row in client.get("/api/report").json()["files"]:
        assert row["path"] in page.text
    assert 'href="/rapport"' in client.get("/").text


def test_the_page_shows_every_status_and_those_first_that_need_somebody() -> None:
    assert set(LOOKS) == set(ReadStatus)
    rows = [
        FileReport("b.txt", ReadStatus.INDEXED, agreement_id="b", characters=5, sections=1, passages=2),
        FileReport("a.pdf", ReadStatus.REFUSED, "trasig"),
        FileReport("c.txt", ReadStatus.UNCHANGED, agreement_id="c", warnings=("hopp",), passages=1),
    ]
    view = report_view(rows, (2, 3), "", False, Addresses(), Words(Language.SWEDISH))
    assert [(file.path, file.words, file.look) for file in view.files] == [
        ("a.pdf", "kunde inte läsas", "left-out"),
        ("c.txt", "oförändrad", "warned"),
        ("b.txt", "indexerad", ""),
    ]
    assert view.summary == "2 avtal är sökbara, i 3 stycken. 1 fil kunde inte tas med."
    assert view.files[0].remarks == ("Trasig",)
    assert view.files[2].figures == "5 tecken · 1 avsnitt · 2 stycken"


def test_a_long_report_shows_the_first_files_and_all_when_asked() -> None:
    rows = [
        FileReport(f"{i:03}.txt", ReadStatus.INDEXED, agreement_id=str(i)) for i in range(FIRST_FILES + 7)
    ]
    words = Words(Language.SWEDISH)
    first = report_view(rows, (7, 7), "indexed", False, Addresses(), words)
    assert (len(first.files), first.left) == (FIRST_FILES, 7)
    assert first.all_href == "/rapport?status=indexed&alla=1"
    assert len(report_view(rows, (7, 7), "indexed", True, Addresses(), words).files) == FIRST_FILES + 7


def test_the_terminal_says_what_was_divided() -> None:
    row = FileReport("a.txt", ReadStatus.INDEXED, agreement_id="a", split_sentences=2)
    assert remark(row) == "2 meningar är längre än ett stycke får vara och har delats"
    assert remark(FileReport("a.txt", ReadStatus.REFUSED, "trasig")) == "trasig"
    assert remark(FileReport("a.txt", ReadStatus.INDEXED)) == ""


def test_an_agreement_names_its_versions_with_the_words_that_say_so(client: TestClient) -> None:
    (newer,) = client.get("/api/agreements/gräs/nyare").json()["related"]
    (older,) = client.get("/api/agreements/gräs/äldre").json()["related"]
    assert (newer["relation"], newer["words"], newer["agreement_id"]) == (
        "replaces",
        "ersätter",
        "gräs/äldre",
    )
    assert (older["relation"], older["words"], older["agreement_id"]) == (
        "replaced_by",
        "ersätts av",
        "gräs/nyare",
    )
    assert older["evidence"] == newer["evidence"]
    evidence = older["evidence"]
    assert (evidence["agreement_id"], evidence["quote"]) == ("gräs/nyare", "den 1 maj 2022")
    assert client.post("/api/verify", json=evidence).json()["verdict"] == "exact"
    assert client.get("/api/agreements/badet").json()["related"] == []
    cards = {card["agreement_id"]: card for card in client.get("/api/agreements").json()["agreements"]}
    assert cards["gräs/äldre"]["replaced_by"] == ["gräs/nyare"]
    assert cards["gräs/nyare"]["replaced_by"] == []


def test_of_two_versions_that_say_the_same_the_newer_comes_first(engine: Engine) -> None:
    found = [hit.agreement_id for hit in search(engine, "klippa gräset vid kyrkan").hits[:2]]
    assert found == ["gräs/nyare", "gräs/äldre"]
    groups = {group.agreement_id: group.replaced_by for group in search(engine, "gräset").agreements}
    assert groups["gräs/äldre"] == ("gräs/nyare",)


def test_the_older_version_comes_first_where_the_newer_is_out_of_scope(engine: Engine) -> None:
    then = Filters(valid_on=date(2020, 6, 1))
    found = [hit.agreement_id for hit in search(engine, "klippa gräset vid kyrkan", then).hits]
    assert found[0] == "gräs/äldre"
    assert "gräs/nyare" not in found


def test_a_replaced_agreement_still_counts_and_is_marked(engine: Engine) -> None:
    answer = set_answer(put(engine, "vilka avtal omfattar gräsklippning?", Filters(), 10))
    assert {row.agreement_id: (row.coverage, row.replaced_by) for row in answer.agreements} == {
        "gräs/nyare": (Coverage.EXPLICIT, ()),
        "gräs/äldre": (Coverage.EXPLICIT, ("gräs/nyare",)),
        "badet": (Coverage.RELATED, ()),
    }
    assert answer.completeness.covering == 2


def test_a_reader_in_a_terminal_sees_that_an_agreement_is_replaced(
    avtal: Callable[..., CompletedProcess[str]], renewed: Path
) -> None:
    shown = avtal("ask", "vilka avtal omfattar gräsklippning?", "--index", renewed)
    assert "Ersätts av gräs/nyare" in shown.stdout


def test_the_reading_view_shows_what_an_agreement_is_linked_to(client: TestClient) -> None:
    """A rewrite of the card once dropped the row that says that an agreement is replaced."""
    older_page = client.get("/avtal/gräs/äldre").text
    assert "Ersätts av" in older_page and "Det finns ett nyare avtal" in older_page
    assert "Det finns ett nyare avtal" not in client.get("/avtal/gräs/nyare").text
