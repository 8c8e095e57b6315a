"""Search results: every passage finds itself, groups, facets, pages of hits."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from corpus.types import AvtalError
from indexer.former import embedding_text
from retriever.engine import Engine
from retriever.results import facets, search
from retriever.types import Filters


def test_every_passage_finds_itself_first(engine: Engine) -> None:
    for passage in engine.index.passages:
        assert search(engine, passage.text).hits[0].passage_id == passage.passage_id


def test_every_sample_passage_is_its_own_nearest_vector(samples: Engine) -> None:
    index = samples.index
    vectors = index.vectors.vectors()
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(vectors)), abs=1e-4)
    texts = [embedding_text(passage) for passage in index.passages]
    for row, vector in enumerate(vectors):
        best = int(np.argmax(index.vectors.scores(vector)))
        assert texts[best] == texts[row]


def test_ranks_are_one_up_and_scores_fall(samples: Engine) -> None:
    found = search(samples, "uppsägning av avtalet", limit=25)
    assert [hit.rank for hit in found.hits] == list(range(1, 26))
    assert all(0.0 <= hit.score <= 1.0 for hit in found.hits)
    for hit in found.hits:
        assert hit.citation.quote == hit.text
        assert all(0 <= start < end <= len(hit.text) for start, end in hit.highlights)


def test_every_passage_is_ranked_once_without_a_limit(engine: Engine) -> None:
    found = search(engine, "bolaget", limit=500)
    assert sorted(hit.passage_id for hit in found.hits) == sorted(p.passage_id for p in engine.index.passages)


def test_a_shorter_list_is_the_head_of_the_longer(samples: Engine) -> None:
    long, short = (search(samples, "kompetensförsörjning i regionen", limit=n).hits for n in (20, 5))
    assert long[:5] == short


def test_groups_count_the_hits_of_each_agreement(engine: Engine) -> None:
    found = search(engine, "bolaget betalar", limit=6)
    assert sum(group.hits for group in found.agreements) == 6
    first = found.agreements[0]
    assert (first.agreement_id, first.best_passage_id) == (
        found.hits[0].agreement_id,
        found.hits[0].passage_id,
    )


def test_the_same_query_gives_the_same_result(engine: Engine) -> None:
    first, second = (search(engine, "försörjning av kompetens") for _ in range(2))
    assert first.hits == second.hits
    assert first.agreements == second.agreements


def test_filters_hold_together_and_are_shown(engine: Engine) -> None:
    both = search(engine, "bolaget", Filters(parties=("Granboda kommun",), kinds=("driftavtal",)), limit=50)
    assert (both.searched, {hit.agreement_id for hit in both.hits}) == (1, {"badet"})
    assert both.interpreted.filters == {"party": "Granboda kommun", "type": "driftavtal"}
    assert search(engine, "bolaget", Filters(kinds=("finns inte",))).hits == ()


@pytest.mark.parametrize(
    ("day", "valid"),
    [
        (date(2024, 5, 31), False),
        (date(2024, 6, 1), True),
        (date(2031, 5, 31), True),
        (date(2031, 6, 1), False),
    ],
)
def test_validity_is_a_question_of_the_day(engine: Engine, day: date, valid: bool) -> None:
    ids = [a.agreement_id for a in engine.agreements_in_scope(Filters(valid_on=day))]
    assert ("hyra/ladan" in ids) == valid
    assert {"badet", "skola/åkerby", "vägar/snö och is"} < {*ids, "hyra/ladan"}


def test_each_facet_leaves_its_own_filter_aside(engine: Engine) -> None:
    everywhere = facets(engine, Filters())
    assert {(v.value, v.count) for v in everywhere.party} == {
        ("Granboda kommun", 2), ("Åkerby kommun", 2), ("Tallviks AB", 1), ("Simlaget AB", 1), ("Plogens AB", 1),
        ("Högskolan Dalarna", 1),
    }  # fmt: skip
    narrowed = facets(engine, Filters(parties=("Granboda kommun",)))
    assert narrowed.party == everywhere.party
    assert {(v.value, v.count) for v in narrowed.type} == {("hyresavtal", 1), ("driftavtal", 1)}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "frågan är tom"),
        (" \n", "frågan är tom"),
        ("x" * 1001, "1001 tecken"),
        ("a b " * 200, "korta den"),
    ],
)
def test_an_empty_or_too_long_query_is_refused(engine: Engine, text: str, words: str) -> None:
    with pytest.raises(AvtalError, match=words):
        search(engine, text)
