"""A restricted index is, to the bit, the one built of just the readable files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.reading.document import read_document
from corpus.types import ReadStatus, SectionRole
from indexer.build import build_index
from indexer.counted import Counted
from indexer.lexical import MATRICES, LexicalIndex
from indexer.restriction import Divisible, restrict
from indexer.store import Index, open_index
from indexer.types import Encoder, Passage
from tests.conftest import AGREEMENTS

DAY = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)
WORDS = ["hyran", "ladan", "kommunens", "kompetensförsörjning", "sägs", "upp", "är", "avtalet", "lada"]
texts = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)


def words_bytes(words: LexicalIndex, folder: Path) -> list[bytes]:
    """Everything that the word index writes."""
    folder.mkdir(parents=True)
    words.save(folder)
    return [path.read_bytes() for path in sorted(folder.iterdir())]


@settings(max_examples=80)
@given(st.lists(st.tuples(texts, texts, st.booleans()), max_size=7))
def test_counts_of_some_passages_are_what_counting_just_them_gives(rows: list[tuple[str, str, bool]]) -> None:
    passages = [Passage(str(n), "a", 0, 0, 1, SectionRole.CONTENT, h, t) for n, (t, h, _) in enumerate(rows)]
    kept = [number for number, (_, _, stays) in enumerate(rows) if stays]
    cut = LexicalIndex.of(Counted.of(passages).only(np.array(kept, dtype=np.int64)))
    built = LexicalIndex.build([passages[number] for number in kept])
    assert list(cut.words.items()) == list(built.words.items())
    for name in MATRICES:
        one, other = cut._matrices[name], built._matrices[name]
        for part in ("data", "indices", "indptr"):
            assert getattr(one, part).tobytes() == getattr(other, part).tobytes()
        assert one.shape == other.shape
    assert cut._columns == built._columns and list(cut.atoms()) == list(built.atoms())
    assert cut._keys.tobytes() == built._keys.tobytes()


def index_of(place: Path, names: Iterable[str], encoder: Encoder) -> Index:
    for name in names:
        path = place / "avtal" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(AGREEMENTS[name], encoding="utf-8")
    build_index(place / "avtal", place / "index", encoder, read_document, now=DAY)
    return open_index(place / "index")


def same(view: Index, built: Index, work: Path) -> None:
    """Every part but the name of the generation and where it lies."""
    assert list(view.agreements.items()) == list(built.agreements.items())
    assert list(view.passages) == list(built.passages)
    assert words_bytes(view.words, work / "vy") == words_bytes(built.words, work / "byggt")
    assert view.vectors.vectors().tobytes() == built.vectors.vectors().tobytes()
    assert len(view.sentences) == len(built.sentences)
    for part in ("first", "starts", "ends"):
        assert getattr(view.sentences, part).tobytes() == getattr(built.sentences, part).tobytes()
    assert view.sentences.coded.codes.tobytes() == built.sentences.coded.codes.tobytes()
    assert view.sentences.coded.scales.tobytes() == built.sentences.coded.scales.tobytes()
    assert tuple(view.links) == tuple(built.links)
    assert tuple(view.report) == tuple(built.report)
    for field in ("agreements", "passages", "sources", "read_from", "dates", "encoder"):
        assert getattr(view.manifest, field) == getattr(built.manifest, field)
    assert all(
        view.source_of(name).read_bytes() == built.source_of(name).read_bytes() for name in view.agreements
    )


def test_a_view_is_the_index_of_just_its_files_to_the_bit(tmp_path: Path, shipped: Encoder) -> None:
    """By the encoder in the box, whose vectors depend in their last bit on what is embedded together."""
    whole = index_of(tmp_path / "hela", AGREEMENTS, shipped)
    for number, names in enumerate(
        (["hyra/ladan.txt", "vägar/snö och is.txt"], ["badet.html", "skola/åkerby.md"])
    ):
        work = tmp_path / str(number)
        built = index_of(work, names, shipped)
        same(restrict(whole, set(built.agreements)), built, work)


def test_a_view_is_named_by_its_content_alone(tmp_path: Path, encoder: Encoder) -> None:
    whole = index_of(tmp_path / "a", AGREEMENTS, encoder)
    fewer = index_of(tmp_path / "b", ["badet.html", "hyra/ladan.txt"], encoder)
    seen = {"badet", "hyra/ladan"}
    assert restrict(whole, seen).generation == restrict(fewer, seen).generation
    assert restrict(whole, seen).generation != restrict(whole, {"badet"}).generation
    assert restrict(whole, seen | {"finns inte"}).generation == restrict(whole, seen).generation


def test_what_another_publishing_did_to_the_report_is_not_told(tmp_path: Path, encoder: Encoder) -> None:
    """A row says "unchanged", or where a file was before, only since something else was published in between."""
    first = restrict(index_of(tmp_path, ["badet.html", "hyra/ladan.txt"], encoder), {"badet"})
    again = index_of(tmp_path, ["skola/åkerby.md"], encoder)
    assert {row.status for row in again.report} == {ReadStatus.UNCHANGED, ReadStatus.INDEXED}
    view = restrict(again, {"badet"})
    assert view.report == first.report
    assert view.generation == first.generation


def test_a_reader_of_nothing_has_an_index_of_nothing(tmp_path: Path, encoder: Encoder) -> None:
    view = restrict(index_of(tmp_path, AGREEMENTS, encoder), set())
    assert (len(view.agreements), len(view.passages), view.words.rows, view.vectors.rows) == (0, 0, 0, 0)
    assert (list(view.words.atoms()), view.words.words) == ([], {})


def test_links_are_those_among_the_readable(tmp_path: Path, encoder: Encoder) -> None:
    """Two earlier agreements fit the words, so there is no link; a reader of one of them only has one."""
    folder = tmp_path / "avtal"
    folder.mkdir()
    text = "Hyresavtal om ladan mellan Granboda kommun och Tallviks AB\n\n§ 1 Tid\n\nAvtalet gäller från den 1 januari {}.{}\n"
    for year, rest in ((2018, ""), (2019, ""), (2024, " Det ersätter hyresavtalet om ladan.")):
        (folder / f"{year}.txt").write_text(text.format(year, rest), encoding="utf-8")
    build_index(folder, tmp_path / "index", encoder, read_document)
    divisible = Divisible.of(open_index(tmp_path / "index"))
    linked = {
        ids: [(link.agreement_id, link.to) for link in divisible.only(set(ids)).links]
        for ids in (("2018", "2019", "2024"), ("2018", "2024"), ("2024",))
    }
    assert linked["2018", "2024"] == [("2024", "2018")]
    assert linked["2024",] == []
    assert ("2024", "2018") not in linked["2018", "2019", "2024"]


def test_the_dates_follow_the_agreement_and_not_the_publishing(tmp_path: Path, encoder: Encoder) -> None:
    later, last = replace_day(1), replace_day(2)
    index_of(tmp_path, ["badet.html", "hyra/ladan.txt"], encoder)
    (tmp_path / "avtal" / "hyra" / "ladan.txt").write_text(
        AGREEMENTS["hyra/ladan.txt"] + "\n§ 6 Nytt\n\nLadan målas.\n", encoding="utf-8"
    )
    build_index(tmp_path / "avtal", tmp_path / "index", encoder, read_document, now=later)
    (tmp_path / "avtal" / "snö.txt").write_text(AGREEMENTS["vägar/snö och is.txt"], encoding="utf-8")
    build_index(tmp_path / "avtal", tmp_path / "index", encoder, read_document, now=last)
    dates = open_index(tmp_path / "index").manifest.dates
    told: Callable[[str], tuple[datetime, datetime]] = lambda name: (dates[name].added, dates[name].changed)  # noqa: E731
    assert (told("badet"), told("hyra/ladan"), told("snö")) == ((DAY, DAY), (DAY, later), (last, last))


def replace_day(days: int) -> datetime:
    return DAY.replace(day=DAY.day + days)
