"""Which agreements cover a subject: all are judged, each by its best passage."""

from __future__ import annotations

import pytest

from retriever.asked import put
from retriever.coverage import EXPLICIT_SHARE, MOST_QUOTES, RELATED_SHARE, Judged, judge
from retriever.engine import Engine
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
