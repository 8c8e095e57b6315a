"""Loaders of public question sets, on invented files of each layout."""

from __future__ import annotations

import gzip
import importlib.util
import json
import lzma
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from evals.public_files import SetError
from evals.public_sets import SetKind, load_set
from evals.public_types import PublicSet

_TWO = [
    {"q": "När matas katten?", "pos": "Katten matas klockan fem.", "candidates": ["Hunden sover."]},
    {"q": "Var sover hunden?", "pos": "Hunden sover."},
]


def _lines(rows: Sequence[Any]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _asked(found: PublicSet) -> dict[str, list[str]]:
    """Each question's right texts, whatever ids they got."""
    return {
        text: [found.documents[document] for document in found.qrels[number]]
        for number, text in found.questions.items()
    }


@pytest.mark.parametrize(("packing", "pack"), [("", bytes), (".xz", lzma.compress), (".gz", gzip.compress)])
def test_short_lines_packed_or_not(tmp_path: Path, packing: str, pack: Callable[[bytes], bytes]) -> None:
    path = tmp_path / f"set.jsonl{packing}"
    path.write_bytes(pack(_lines(_TWO).encode()))
    found = load_set(SetKind.SWEFAQ, path)
    assert _asked(found) == {
        "När matas katten?": ["Katten matas klockan fem."],
        "Var sover hunden?": ["Hunden sover."],
    }
    assert len(found.documents) == 2


def test_swefaq_as_published_pools_every_candidate(tmp_path: Path) -> None:
    path = tmp_path / "swefaq.jsonl"
    path.write_text(
        _lines([{"question": "Vem?", "candidate_answers": ["Alla.", "Ingen.", "Katten."], "label": 2}]),
        encoding="utf-8",
    )
    found = load_set(SetKind.SWEFAQ, path)
    assert _asked(found) == {"Vem?": ["Katten."]}
    assert set(found.documents.values()) == {"Alla.", "Ingen.", "Katten."}


@pytest.mark.parametrize("kind", [SetKind.SWEQUAD, SetKind.SQUAD_SV])
def test_squad_in_its_nested_form_keeps_passages_that_answer_nothing(tmp_path: Path, kind: SetKind) -> None:
    paragraphs = [
        {
            "context": "Bron byggdes 1999.",
            "qas": [{"question": "När byggdes bron?", "answers": [{"text": "1999"}]}],
        },
        {
            "context": "Bron är röd.",
            "qas": [{"question": "Är bron hög?", "is_impossible": True, "answers": []}],
        },
    ]
    path = tmp_path / "squad.json"
    path.write_text(json.dumps({"data": [{"title": "Bron", "paragraphs": paragraphs}]}), encoding="utf-8")
    found = load_set(kind, path)
    assert _asked(found) == {"När byggdes bron?": ["Bron byggdes 1999."]}
    assert set(found.documents.values()) == {"Bron byggdes 1999.", "Bron är röd."}


def test_squad_a_question_a_row(tmp_path: Path) -> None:
    rows = [
        {
            "context": "Bron är röd.",
            "question": "Vilken färg?",
            "answers": {"text": ["röd"], "answer_start": [7]},
        },
        {"context": "Ån är blå.", "question": "Hur djup?", "answers": {"text": [], "answer_start": []}},
    ]
    path = tmp_path / "squad.jsonl"
    path.write_text(_lines(rows), encoding="utf-8")
    found = load_set(SetKind.SQUAD_SV, path)
    assert _asked(found) == {"Vilken färg?": ["Bron är röd."]}
    assert len(found.documents) == 2


def test_a_question_asked_twice_has_both_answers(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(_lines([{"q": "Vad?", "pos": "Det."}, {"q": "Vad?", "pos": "Detta."}]), encoding="utf-8")
    assert _asked(load_set(SetKind.SWEQUAD, path)) == {"Vad?": ["Det.", "Detta."]}


def _beir(folder: Path) -> Path:
    (folder / "qrels").mkdir(parents=True)
    (folder / "corpus.jsonl").write_text(
        _lines([{"_id": "d1", "title": "Hyra", "text": "5 kr"}, {"_id": "d2", "text": "Vård hemma"}]),
        encoding="utf-8",
    )
    (folder / "queries.jsonl").write_text(
        _lines([{"_id": "q1", "text": "Vad är hyran?"}, {"_id": "q2", "text": "Utan facit?"}]),
        encoding="utf-8",
    )
    (folder / "qrels" / "test.tsv").write_text(
        "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t0\n", encoding="utf-8"
    )
    return folder


def test_a_beir_folder_joins_title_and_text_and_counts_what_has_no_judgement(tmp_path: Path) -> None:
    found = load_set(SetKind.BEIR, _beir(tmp_path / "liten"))
    assert found.documents == {"d1": "Hyra 5 kr", "d2": "Vård hemma"}
    assert found.questions == {"q1": "Vad är hyran?"}
    assert (found.qrels, found.unjudged, found.name) == ({"q1": {"d1": 2}}, 1, "liten")


def test_trec_s_four_columns_say_the_same(tmp_path: Path) -> None:
    folder = _beir(tmp_path / "liten")
    (folder / "qrels" / "test.tsv").unlink()
    (folder / "qrels" / "test.qrels").write_text("q1 0 d1 2\nq1 0 d2 0\n", encoding="utf-8")
    assert load_set(SetKind.BEIR, folder).qrels == {"q1": {"d1": 2}}


def test_mteb_s_folders_of_files(tmp_path: Path) -> None:
    folder = tmp_path / "mteb"
    for name in ("corpus", "queries", "data"):
        (folder / name).mkdir(parents=True)
    (folder / "corpus" / "part-0.jsonl").write_text(_lines([{"id": "d1", "text": "Hyra"}]), encoding="utf-8")
    (folder / "corpus" / "part-1.jsonl").write_text(_lines([{"id": "d2", "text": "Vård"}]), encoding="utf-8")
    (folder / "queries" / "part-0.jsonl").write_text(
        _lines([{"id": "q1", "text": "Hyran?"}]), encoding="utf-8"
    )
    judged = [{"query-id": "q1", "corpus-id": "d1", "score": 1}]
    (folder / "data" / "test-00000.jsonl").write_text(_lines(judged), encoding="utf-8")
    found = load_set(SetKind.BEIR, folder)
    assert (found.qrels, set(found.documents)) == ({"q1": {"d1": 1}}, {"d1", "d2"})


def test_a_dangling_judgement_and_a_missing_split_are_refused(tmp_path: Path) -> None:
    folder = _beir(tmp_path / "liten")
    with pytest.raises(SetError, match=r"saknar qrels/dev\.tsv; finns: test\.tsv"):
        load_set(SetKind.BEIR, folder, split="dev")
    with (folder / "qrels" / "test.tsv").open("a", encoding="utf-8") as judged:
        judged.write("q1\td9\t1\n")
    with pytest.raises(SetError, match=r"test\.tsv, rad 4: id d9 finns inte i corpus"):
        load_set(SetKind.BEIR, folder)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.jsonl", '{"q": "Vad?"}\n', r"a\.jsonl, rad 1: fältet pos ska vara text"),
        ("a.jsonl", "inte json\n", r"rad 1 är inte JSON"),
        ("a.jsonl", "[1]\n", r"rad 1 är inget objekt"),
        ("a.json", '{"data": 3}', r"ingen lista"),
        ("a.jsonl", "\n", r"inga frågor med facit"),
        ("a.docx", "", r"okänt filslag"),
        ("a.tsv", "q\tpos\nVad?\n", r"rad 2: 1 kolumner, rubriken har 2"),
        ("a.jsonl.xz", "inte packad", r"kan inte läsas"),
    ],
)
def test_what_is_wrong_is_one_sentence(tmp_path: Path, name: str, content: str, words: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SetError, match=words):
        load_set(SetKind.SWEFAQ, path)


def test_a_label_that_points_nowhere_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        _lines([{"question": "Vem?", "candidate_answers": ["Alla."], "label": 1}]), encoding="utf-8"
    )
    with pytest.raises(SetError, match="label 1 pekar inte ut något av 1 svar"):
        load_set(SetKind.SWEFAQ, path)


def test_a_file_is_no_folder_and_a_folder_no_file(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(_lines(_TWO), encoding="utf-8")
    with pytest.raises(SetError, match="beir ska vara en mapp"):
        load_set(SetKind.BEIR, path)
    with pytest.raises(SetError, match="swefaq ska vara en fil"):
        load_set(SetKind.SWEFAQ, tmp_path)
    with pytest.raises(SetError, match=r"borta\.jsonl finns inte"):
        load_set(SetKind.SWEFAQ, tmp_path / "borta.jsonl")


@pytest.mark.skipif(importlib.util.find_spec("pyarrow") is not None, reason="pyarrow är installerat")
def test_parquet_without_pyarrow_says_what_to_install(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1")
    with pytest.raises(SetError, match="pip install pyarrow"):
        load_set(SetKind.SWEFAQ, path)
