"""From a folder to a generation: only what changed is read and embedded, what is gone is gone, all is reported."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from corpus.reading.document import read_document
from corpus.sandbox import Reader
from corpus.types import AvtalError, Document, ReadStatus
from indexer.build import BuildResult, build_index
from indexer.former import embedding_text
from indexer.generation import rollback, writing
from indexer.manifest import POINTER, IndexDamagedError
from indexer.store import open_index
from indexer.types import Encoder, EncoderInfo, FloatMatrix
from retriever.answer import ask
from retriever.engine import Engine, open_engine
from retriever.results import search
from retriever.suggestions import Suggester

ONLY = """Nyttjandeavtal mellan Åkerby kommun och Kvarnlaget AB

§ 1 Kvarnen

Laget får mala i den gamla kvarnen under hösten.
"""


class CountingEncoder:
    """Another encoder that remembers which passages it was given."""

    def __init__(self, inner: Encoder) -> None:
        self._inner = inner
        self.seen: list[str] = []

    @property
    def info(self) -> EncoderInfo:
        return self._inner.info

    def encode_queries(self, texts: Sequence[str]) -> FloatMatrix:
        return self._inner.encode_queries(texts)

    def encode_passages(self, texts: Sequence[str]) -> FloatMatrix:
        self.seen.extend(texts)
        return self._inner.encode_passages(texts)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return self._inner.count_tokens(texts)


@pytest.fixture
def counting(encoder: Encoder) -> CountingEncoder:
    return CountingEncoder(encoder)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "index"


def statuses(result: BuildResult) -> dict[str, ReadStatus]:
    return {row.path: row.status for row in result.report}


def mentioned(engine: Engine, agreement_id: str) -> list[str]:
    """The routes by which an agreement can still be met."""
    index, title = engine.index, "Tallvik"
    found = {
        "agreements": agreement_id in index.agreements,
        "passages": any(p.agreement_id == agreement_id for p in index.passages),
        "manifest": agreement_id in index.manifest.read_from,
        "sources": any("ladan" in path for path in index.manifest.sources),
        "report": any(row.agreement_id == agreement_id for row in index.report),
        "search": any(
            h.agreement_id == agreement_id for h in search(engine, "hyran för ladan", limit=500).hits
        ),
        "facets": any(f.value == "Tallviks AB" for f in search(engine, "hyra").facets.party),
        "ask": agreement_id in str(ask(engine, "vilka avtal omfattar hyra?", limit=500)),
        "suggest": bool(Suggester(index).suggest(title) or Suggester(index).suggest("ladan")),
    }
    return [route for route, still in found.items() if still]


def test_every_file_has_one_row_and_every_row_counts(folder: Path, root: Path, encoder: Encoder) -> None:
    result = build_index(folder, root, encoder, read_document)
    index = open_index(root)
    assert list(statuses(result).items()) == [
        (path, ReadStatus.INDEXED)
        for path in ("badet.html", "hyra/ladan.txt", "skola/åkerby.md", "vägar/snö och is.txt")
    ]
    assert [row.agreement_id for row in result.report] == [
        "badet",
        "hyra/ladan",
        "skola/åkerby",
        "vägar/snö och is",
    ]
    for row in result.report:
        agreement = index.agreements[str(row.agreement_id)]
        assert row.characters == len(agreement.text)
        assert row.sections == len(agreement.sections)
        assert row.passages == sum(p.agreement_id == row.agreement_id for p in index.passages)
    assert (result.published, result.agreements) == (True, 4)
    assert result.embedded == result.passages == len(index.passages)
    assert tuple(index.report) == result.report


def test_passages_are_slices_and_rows_are_their_vectors(engine: Engine) -> None:
    index = engine.index
    texts = [embedding_text(passage) for passage in index.passages]
    assert np.allclose(index.vectors.vectors(), engine.encoder.encode_passages(texts), atol=1e-6)
    for passage in index.passages:
        assert index.agreements[passage.agreement_id].text[passage.start : passage.end] == passage.text
        assert passage.passage_id == f"{passage.agreement_id}#{passage.start}-{passage.end}"
    assert len({passage.passage_id for passage in index.passages}) == len(index.passages)


def test_two_builds_of_one_folder_are_the_same_bytes(folder: Path, tmp_path: Path, encoder: Encoder) -> None:
    day = datetime(2026, 3, 14, tzinfo=UTC)
    first = build_index(folder, tmp_path / "a", encoder, read_document, now=day)
    second = build_index(folder, tmp_path / "b", encoder, read_document, now=day)
    assert first == second
    assert open_index(tmp_path / "a").manifest == open_index(tmp_path / "b").manifest
    assert (tmp_path / "a" / POINTER).read_bytes() == (tmp_path / "b" / POINTER).read_bytes()


def test_an_unchanged_folder_embeds_nothing_and_keeps_the_generation(
    folder: Path, root: Path, counting: CountingEncoder
) -> None:
    first = build_index(folder, root, counting, read_document)
    pointer = (root / POINTER).read_bytes()
    counting.seen.clear()

    def unread(path: Path, relative: str) -> Document:
        raise AssertionError(f"{relative} was read again: {path}")

    second = build_index(folder, root, counting, unread)
    assert counting.seen == []
    assert (second.generation, second.published, second.embedded) == (first.generation, False, 0)
    assert set(statuses(second).values()) == {ReadStatus.UNCHANGED}
    assert (root / POINTER).read_bytes() == pointer


def test_an_edited_passage_alone_is_embedded_again(
    folder: Path, root: Path, counting: CountingEncoder
) -> None:
    first = build_index(folder, root, counting, read_document)
    before = open_index(root)
    path = folder / "hyra" / "ladan.txt"
    path.write_text(path.read_text("utf-8").replace("12 500", "13 750"), encoding="utf-8")
    counting.seen.clear()
    second = build_index(folder, root, counting, read_document)
    after = open_index(root)
    edited = [embedding_text(p) for p in after.passages if "13 750" in p.text]
    assert counting.seen == edited
    assert (second.published, second.embedded) == (True, len(edited)) == (True, 1)
    assert second.generation > first.generation
    assert statuses(second)["hyra/ladan.txt"] is ReadStatus.INDEXED
    assert list(statuses(second).values()).count(ReadStatus.UNCHANGED) == 3
    for name in ("badet", "skola/åkerby", "vägar/snö och is"):
        assert after.agreements[name] == before.agreements[name]
    kept = [row for row, p in enumerate(before.passages) if p.agreement_id != "hyra/ladan"]
    moved = [row for row, p in enumerate(after.passages) if p.agreement_id != "hyra/ladan"]
    assert np.array_equal(after.vectors.vectors()[moved], before.vectors.vectors()[kept])
    engine = open_engine(root, counting)
    assert "13 750" in search(engine, "hyran kronor per månad").hits[0].text
    assert all("12 500" not in passage.text for passage in after.passages)


def test_an_incremental_index_is_the_index_built_from_nothing(
    folder: Path, tmp_path: Path, encoder: Encoder
) -> None:
    build_index(folder, tmp_path / "a", encoder, read_document)
    (folder / "badet.html").unlink()
    (folder / "kvarnen.txt").write_text(ONLY, encoding="utf-8")
    build_index(folder, tmp_path / "a", encoder, read_document)
    build_index(folder, tmp_path / "b", encoder, read_document)
    grown, fresh = open_index(tmp_path / "a").manifest, open_index(tmp_path / "b").manifest
    reported = {"report.json"}
    assert {n: s for n, s in grown.files.items() if n not in reported} == {
        n: s for n, s in fresh.files.items() if n not in reported
    }
    assert grown.corpus_fingerprint == fresh.corpus_fingerprint


def test_a_removed_agreement_is_found_by_no_route(
    folder: Path, root: Path, counting: CountingEncoder
) -> None:
    build_index(folder, root, counting, read_document)
    assert len(mentioned(open_engine(root, counting), "hyra/ladan")) == 9
    (folder / "hyra" / "ladan.txt").unlink()
    counting.seen.clear()
    result = build_index(folder, root, counting, read_document)
    assert counting.seen == []
    assert (result.published, result.agreements) == (True, 3)
    assert mentioned(open_engine(root, counting), "hyra/ladan") == []


def test_the_same_content_twice_is_a_duplicate_that_names_its_twin(
    folder: Path, root: Path, encoder: Encoder
) -> None:
    (folder / "kopia.txt").write_bytes((folder / "hyra" / "ladan.txt").read_bytes())
    result = build_index(folder, root, encoder, read_document)
    row = next(row for row in result.report if row.path == "kopia.txt")
    assert (row.status, row.reason, row.agreement_id) == (
        ReadStatus.DUPLICATE,
        "samma innehåll som hyra/ladan.txt",
        None,
    )
    assert result.agreements == 4


def test_files_that_differ_in_extension_only_keep_it_in_their_ids(
    tmp_path: Path, root: Path, encoder: Encoder
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "kvarn.txt").write_text(ONLY, encoding="utf-8")
    (tmp_path / "in" / "kvarn.md").write_text("# " + ONLY, encoding="utf-8")
    result = build_index(tmp_path / "in", root, encoder, read_document)
    assert [row.agreement_id for row in result.report] == ["kvarn.md", "kvarn.txt"]


def test_files_that_cannot_be_read_say_why_and_stop_nothing(
    folder: Path, root: Path, encoder: Encoder
) -> None:
    (folder / "tom.txt").write_bytes(b"")
    (folder / "bild.xyz").write_bytes(bytes(range(256)))
    (folder / "trasig.pdf").write_bytes(b"%PDF-1.7\n1 0 obj << /Type")
    with Reader() as reader:
        result = build_index(folder, root, encoder, reader.read)
        again = build_index(folder, root, encoder, reader.read)
    refused = {row.path: row for row in result.report if row.agreement_id is None}
    assert set(refused) == {"tom.txt", "bild.xyz", "trasig.pdf"}
    assert all(row.reason and row.status is ReadStatus.REFUSED for row in refused.values())
    assert len({row.reason for row in refused.values()}) == 3
    assert result.agreements == 4
    assert (again.published, again.generation) == (False, result.generation)


def test_what_is_no_file_has_its_row_too(folder: Path, root: Path, encoder: Encoder) -> None:
    (folder / "död länk.txt").symlink_to(folder / "finns inte.txt")
    os.mkfifo(folder / "rör.txt")
    result = build_index(folder, root, encoder, read_document)
    rows = {row.path: row for row in result.report if row.agreement_id is None}
    assert set(rows) == {"död länk.txt", "rör.txt"}
    assert all(row.status is ReadStatus.REFUSED and row.reason for row in rows.values())
    assert result.agreements == 4


def test_a_file_that_becomes_unreadable_leaves_the_index(folder: Path, root: Path, encoder: Encoder) -> None:
    build_index(folder, root, encoder, read_document)
    (folder / "badet.html").write_bytes(b"")
    result = build_index(folder, root, encoder, read_document)
    assert statuses(result)["badet.html"] is ReadStatus.REFUSED
    assert "badet" not in open_index(root).agreements


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        ("missing", "finns inte"),
        ("empty", "är tom"),
        ("file", "är en fil, inte en mapp"),
        ("unreadable", "ingen fil i .* kunde läsas"),
    ],
)
def test_a_folder_that_gives_nothing_is_refused_and_the_former_index_stays(
    make: str, sentence: str, folder: Path, root: Path, encoder: Encoder, tmp_path: Path
) -> None:
    before = build_index(folder, root, encoder, read_document)
    given = tmp_path / make
    if make == "file":
        given.write_text(ONLY, encoding="utf-8")
    elif make != "missing":
        given.mkdir()
    if make == "unreadable":
        (given / "tom.txt").write_bytes(b"")
    with pytest.raises(AvtalError, match=sentence):
        build_index(given, root, encoder, read_document)
    assert open_index(root).generation == before.generation


def test_a_second_builder_gets_a_sentence(folder: Path, root: Path, encoder: Encoder) -> None:
    with writing(root), pytest.raises(AvtalError, match="skrivs redan av ett annat kommando"):
        build_index(folder, root, encoder, read_document)


@pytest.mark.parametrize("inside", [".avtal", "index", ".avtal/prov"])
def test_an_index_inside_the_folder_is_no_source(folder: Path, encoder: Encoder, inside: str) -> None:
    first = build_index(folder, folder / inside, encoder, read_document)
    second = build_index(folder, folder / inside, encoder, read_document)
    assert (len(first.report), first.agreements) == (4, 4)
    assert (len(second.report), second.published) == (4, False)
    elsewhere = build_index(folder, folder.parent / "annat", encoder, read_document)
    assert [row.path for row in elsewhere.report] == [row.path for row in first.report]


def test_a_damaged_former_index_is_built_anew_and_said(
    folder: Path, root: Path, counting: CountingEncoder
) -> None:
    first = build_index(folder, root, counting, read_document)
    (open_index(root).folder / "vectors.faiss").write_bytes(b"trasig")
    counting.seen.clear()
    second = build_index(folder, root, counting, read_document)
    assert second.former_damage is not None
    assert "vectors.faiss" in second.former_damage
    assert (second.published, second.embedded, len(counting.seen)) == (True, first.passages, first.passages)
    assert open_index(root).generation == second.generation


def test_a_damaged_pointer_is_built_anew(folder: Path, root: Path, encoder: Encoder) -> None:
    first = build_index(folder, root, encoder, read_document)
    (root / POINTER).write_bytes(b"\x00\xff")
    second = build_index(folder, root, encoder, read_document)
    assert second.former_damage is not None
    assert POINTER in second.former_damage
    assert open_index(root).generation == second.generation > first.generation


def test_rollback_brings_the_former_answer_back(folder: Path, root: Path, encoder: Encoder) -> None:
    first = build_index(folder, root, encoder, read_document)
    (folder / "hyra" / "ladan.txt").unlink()
    build_index(folder, root, encoder, read_document)
    assert rollback(root) == first.generation
    assert "hyra/ladan" in open_engine(root, encoder).index.agreements
    again = build_index(folder, root, encoder, read_document)
    assert again.published
    assert "hyra/ladan" not in open_index(root).agreements


def test_an_encoder_other_than_the_index_is_refused(built: Path, shipped: Encoder) -> None:
    with pytest.raises(AvtalError, match=rf"ord-64.*{shipped.info.name}.*avtal index"):
        open_engine(built, shipped)


def test_progress_tells_every_stage_to_its_end(folder: Path, root: Path, encoder: Encoder) -> None:
    told: list[tuple[str, int, int]] = []
    result = build_index(folder, root, encoder, read_document, lambda *step: told.append(step))
    assert ("Läser", 4, 4) in told
    assert ("Bäddar in", result.passages, result.passages) in told
    assert all(0 <= done <= total for _, done, total in told)


def test_a_file_name_that_is_not_utf8_stops_nothing(folder: Path, root: Path, encoder: Encoder) -> None:
    name = os.fsdecode(os.fsencode(folder) + b"/l\xe5da.txt")
    Path(name).write_text("Avtal om lador\n\n§ 1 Lada\n\nLadan hyrs ut.\n", encoding="utf-8")
    result = build_index(folder, root, encoder, read_document)
    row = next(row for row in result.report if row.agreement_id is None)
    assert (result.agreements, len(result.report)) == (4, 5)
    assert row.reason is not None
    assert "UTF-8" in row.reason


@pytest.mark.parametrize("edit", ["unlink", "rewrite"])
def test_a_file_that_changes_while_the_index_is_built_is_said_by_name(
    edit: str, folder: Path, root: Path, encoder: Encoder
) -> None:
    build_index(folder, root, encoder, read_document)
    before = open_index(root).generation
    (folder / "badet.html").write_text("<h1>Avtal om badet</h1><p>Badet är öppet.</p>", encoding="utf-8")

    def read(path: Path, relative: str) -> Document:
        document = read_document(path, relative)
        if edit == "unlink":
            path.unlink()
        else:
            path.write_text("<p>annat</p>", encoding="utf-8")
        return document

    with pytest.raises(AvtalError, match=r"badet\.html .*medan indexet byggdes"):
        build_index(folder, root, encoder, read)
    assert open_index(root).generation == before


def test_the_folder_itself_is_no_place_for_its_index(folder: Path, encoder: Encoder) -> None:
    with pytest.raises(AvtalError, match="--to"):
        build_index(folder, folder, encoder, read_document)


def test_a_folder_named_generations_is_read(folder: Path, root: Path, encoder: Encoder) -> None:
    (folder / "skola" / "generations").mkdir(parents=True)
    assert build_index(folder, root, encoder, read_document).agreements == 4


def test_an_index_that_is_a_file_is_one_sentence(folder: Path, root: Path, encoder: Encoder) -> None:
    root.write_text("x", encoding="utf-8")
    with pytest.raises(AvtalError, match="kan inte skapas"):
        build_index(folder, root, encoder, read_document)


def test_rollback_refuses_a_generation_that_would_not_open(
    folder: Path, root: Path, encoder: Encoder
) -> None:
    build_index(folder, root, encoder, read_document)
    vectors = open_index(root).folder / "vectors.faiss"
    (folder / "badet.html").unlink()
    second = build_index(folder, root, encoder, read_document)
    vectors.write_bytes(vectors.read_bytes()[:-1])
    with pytest.raises(IndexDamagedError, match=r"vectors\.faiss"):
        rollback(root)
    assert open_index(root).generation == second.generation


def test_new_readers_publish_a_generation_and_embed_nothing(
    folder: Path, root: Path, counting: CountingEncoder
) -> None:
    first = build_index(folder, root, counting, read_document)
    dates = open_index(root).manifest.dates
    counting.seen.clear()
    (folder / "avtal.toml").write_text('["hyra/"]\nreaders = ["Ekonomi"]\n', encoding="utf-8")
    second = build_index(folder, root, counting, read_document)
    assert (second.published, second.embedded, counting.seen) == (True, 0, [])
    index = open_index(root)
    assert {name: each.readers for name, each in index.agreements.items() if each.readers} == {
        "hyra/ladan": ("ekonomi",)
    }
    assert index.manifest.dates == dates
    assert first.passages == second.passages
    (folder / "avtal.toml").unlink()
    build_index(folder, root, counting, read_document)
    assert not any(each.readers for each in open_index(root).agreements.values())


def test_a_copy_for_other_readers_is_an_agreement_of_its_own(
    folder: Path, root: Path, encoder: Encoder
) -> None:
    """Else a reader of the one copy would lose it to the other, or learn of it from the report."""
    for copy in ("a.html", "b.html"):
        (folder / copy).write_bytes((folder / "badet.html").read_bytes())
    (folder / "avtal.toml").write_text('["a.html"]\nreaders = ["hr"]\n', encoding="utf-8")
    report = build_index(folder, root, encoder, read_document).report
    told = {row.path: row.duplicate_of for row in report if row.path in ("a.html", "b.html", "badet.html")}
    assert told == {"a.html": None, "b.html": None, "badet.html": "b.html"}
