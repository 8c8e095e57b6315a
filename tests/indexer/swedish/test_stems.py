"""Stems join the forms of a word and keep different words apart."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.swedish.stems import stem


@pytest.mark.parametrize(
    ("forms", "shared"),
    [
        ("hyra hyran hyror", "hyr"),
        ("dag dagar dagarna dagen", "dag"),
        ("kompetens kompetensen kompetenser", "kompet"),
        ("skola skolan skolor skolorna", "skol"),
        ("högskola högskolan högskolor", "högskol"),
        ("bilaga bilagan bilagor bilagorna", "bilag"),
        ("samverka samverkan samverkar", "samverk"),
        ("giltig giltigt giltighet gäller gälla", "gäll"),
        ("hållbar hållbara hållbart", "hållb"),
        ("rektor rektorn rektorer", "rekt"),
        ("universitet universitetet", "universitet"),
        ("avtal avtalet avtalen avtals avtalets", "avtal"),
        ("kommun kommunen kommuner kommunernas", "kommun"),
        ("avgift avgiften avgifter", "avgift"),
        ("stad städer städerna", "stad"),
        ("säga säger sägas sade sagt", "säg"),
        ("uppsägning uppsägningen uppsagt", "uppsäg"),
        ("forska forskning forskningen", "forsk"),
        ("får fick få", "få"),
    ],
)
def test_the_forms_of_a_word_share_its_stem(forms: str, shared: str) -> None:
    assert {form: stem(form) for form in forms.split()} == dict.fromkeys(forms.split(), shared)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("parkering", "park"),
        ("organ", "organisation"),
        ("plan", "plats"),
        ("avtal", "avgift"),
        ("hyra", "hylla"),
        ("dag", "dagg"),
        ("rätt", "ratt"),
        ("får", "far"),
    ],
)
def test_different_words_keep_different_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_parkering_keeps_the_er_of_its_verb() -> None:
    """parkering once stemmed to park, so that a question about parking found every green."""
    assert stem("parkering") == stem("parkeringen") == stem("parkera") == "parker"
    assert stem("park") == stem("parken") == "park"


@pytest.mark.parametrize("word", ["sedan", "utan", "innan", "redan", "någon", "plan", "kan", "man"])
def test_function_words_that_look_inflected_stay_whole(word: str) -> None:
    assert stem(word) == word


words = st.builds(
    "{}{}{}".format,
    st.sampled_from("dkmr"),
    st.text("abdeghiklmnoprstuvyåäö", min_size=3, max_size=8),
    st.sampled_from(
        ["", "a", "an", "ar", "or", "orna", "et", "ets", "ning", "ningar", "s", "het", "bart", "igt"]
    ),
)


@settings(max_examples=150)
@given(words)
def test_a_stem_of_a_regular_word_is_its_beginning_of_three_letters_or_more(word: str) -> None:
    """No irregular form begins with d, k, m or r."""
    assert word.startswith(stem(word))
    assert len(stem(word)) >= 3


def test_threads_do_not_spoil_each_others_stems() -> None:
    """A stemmer of Snowball's holds its word in itself: shared, it stems one word by another's endings."""
    written = [f"{front}{ending}" for front in _fronts() for ending in ("ningarna", "heterna", "are", "erna")]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(stem, written))
    finally:
        sys.setswitchinterval(before)
    stem.cache_clear()
    assert found == [stem(word) for word in written]


def _fronts() -> list[str]:
    """Beginnings that no other test stems, so that nothing is remembered."""
    return ["".join(letters) for letters in product("zxqw", "yåäö", "bdfghjkl", "aeiou", "mnprt")]
