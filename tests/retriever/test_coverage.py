"""Which agreements cover a subject: all are judged, each by its best passage."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.reading.document import read_document
from indexer.build import build_index
from indexer.types import Encoder
from retriever.answer import ask
from retriever.asked import put
from retriever.coverage import EXPLICIT_SHARE, MOST_QUOTES, RELATED_SHARE, Judged, judge
from retriever.engine import Engine, open_engine
from retriever.types import Coverage, Filters


def judged(engine: Engine, text: str, filters: Filters | None = None) -> list[Judged]:
    asked = put(engine, text, filters or Filters(), 10)
    return judge(engine, asked.question.terms, asked.scope, asked.fused, asked.cosines)


def named(found: list[Judged], coverage: Coverage) -> list[str]:
    return [j.agreement.agreement_id for j in found if j.coverage is coverage]


def test_the_word_and_its_parts_apart_are_explicit_and_a_part_is_near(engine: Engine) -> None:
    found = judged(engine, "vilka avtal omfattar kompetensförsörjning?")
    assert named(found, Coverage.EXPLICIT) == ["skola/åkerby", "badet"]
    assert named(found, Coverage.RELATED) == ["vägar/snö och is"]
    assert [j.coverage for j in found] == [Coverage.EXPLICIT, Coverage.EXPLICIT, Coverage.RELATED]


def test_scores_are_worked_from_share_and_rank(engine: Engine) -> None:
    asked = put(engine, "vilka avtal omfattar kompetensförsörjning?", Filters(), 10)
    found = judge(engine, asked.question.terms, asked.scope, asked.fused, asked.cosines)
    row = next(i for i, p in enumerate(engine.index.passages) if "ortens kompetensförsörjning" in p.text)
    assert found[0].score == pytest.approx(min(1.0, 0.7 * 1.0 + 0.3 * float(asked.fused[row])))
    assert [j.score for j in found] == sorted((j.score for j in found), reverse=True)
    assert all(0.0 <= j.score <= 1.0 for j in found)
    assert RELATED_SHARE < EXPLICIT_SHARE


def test_places_are_sentences_that_hold_the_subject(engine: Engine) -> None:
    for j in judged(engine, "vilka avtal omfattar kompetensförsörjning?"):
        assert 1 <= len(j.places) <= MOST_QUOTES
        assert "kompetens" in j.agreement.text[j.places[0].start : j.places[0].end]


def test_a_number_must_be_there_too(engine: Engine) -> None:
    assert named(judged(engine, "Vilka avtal nämner 27 grader?"), Coverage.EXPLICIT) == ["badet"]
    assert named(judged(engine, "Vilka avtal nämner 28 grader?"), Coverage.EXPLICIT) == []


def test_nothing_covers_a_subject_that_no_text_speaks_of(engine: Engine) -> None:
    assert named(judged(engine, "vilka avtal omfattar parkeringsplatser?"), Coverage.EXPLICIT) == []


def test_only_agreements_in_scope_are_judged(engine: Engine) -> None:
    found = judged(
        engine, "vilka avtal omfattar kompetensförsörjning?", Filters(parties=("Granboda kommun",))
    )
    assert [j.agreement.agreement_id for j in found] == ["badet"]


def test_no_agreement_is_judged_twice(samples: Engine) -> None:
    for subject in ("kompetensförsörjning", "uppsägning", "sekretess", "forskning", "hyra"):
        ids = [j.agreement.agreement_id for j in judged(samples, f"vilka avtal omfattar {subject}?")]
        assert len(ids) == len(set(ids))


def test_the_title_is_quoted_only_where_no_clause_says_it(tmp_path: Path, encoder: Encoder) -> None:
    folder = tmp_path / "avtal"
    folder.mkdir()
    opening = "Avtal om kvarndrift\n\nmellan Åkerby kommun och Kvarnlaget AB\n\n"
    (folder / "a.txt").write_text(
        opening + "§ 1 Syfte\nParterna vill trygga kvarndrift i byn.", encoding="utf-8"
    )
    (folder / "b.txt").write_text(opening + "§ 1 Syfte\nParterna vill att rågen mals.", encoding="utf-8")
    build_index(folder, tmp_path / "index", encoder, read_document)
    answer = ask(open_engine(tmp_path / "index", encoder), "Vilka avtal omfattar kvarndrift?")
    quotes = {found.agreement_id: found.citations[0].quote for found in answer.agreements}
    assert quotes["a"] == "Parterna vill trygga kvarndrift i byn."
    assert quotes["b"].startswith("Avtal om kvarndrift")
