"""Vilka avtal med … saknar …? What tells the agreements, what is lacking, and the many ways to say that it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from retriever.answer import ask
from retriever.engine import Engine
from retriever.forms import ABSENT, LIST
from retriever.types import Coverage


def lacking(engine: Engine, text: str) -> list[str]:
    return [a.agreement_id for a in ask(engine, text).agreements if a.coverage is Coverage.EXPLICIT]


def test_only_the_agreements_with_the_kind_of_party_are_asked(engine: Engine) -> None:
    assert lacking(engine, "Vilka avtal med företag saknar snöröjning?") == ["badet", "hyra/ladan"]
    assert lacking(engine, "Vilka företagsavtal saknar snöröjning?") == ["badet", "hyra/ladan"]
    answer = ask(engine, "Vilka avtal med företag saknar häst?")
    assert answer.completeness.searched == 3
    assert answer.interpreted.notes == ("Bara avtal med ett företag som part prövades",)


def test_what_stands_before_saknar_tells_the_agreements(engine: Engine) -> None:
    answer = ask(engine, "Vilka avtal om kompetensförsörjning saknar snöröjning?")
    assert answer.completeness.searched == 2
    assert answer.interpreted.terms == ("snöröjning",)


def test_the_agreements_may_be_named_one_by_one(engine: Engine) -> None:
    answer = ask(engine, "Av hyresavtalet, driftavtalet och snöröjningen – vilka avtal saknar häst?")
    assert answer.completeness.searched == 3
    assert answer.interpreted.notes == ("Bara 3 avtal som frågan räknar upp prövades",)
    assert lacking(engine, "Vilka av avtalen (hyresavtalet, driftavtalet) saknar snöröjning?") == [
        "badet",
        "hyra/ladan",
    ]


SCHOOLS = {
    "gymnasieavtal 2021.txt": "Avtal om gymnasieutbildning i Lurö\n\nModersmål ordnas av Lurö kommun.\n",
    "gymnasiesamverkan 2025.txt": "Avtal om gymnasieutbildning i Lurö\n\nSkolskjuts ordnas av Lurö kommun.\n",
    "kulturskola.txt": "Avtal om utbildning i musik\n\nInstrument lånas ut av Lurö kommun.\n",
}


def test_as_many_as_the_question_counts_are_asked(
    engine_of: Callable[[Mapping[str, str]], Engine],
) -> None:
    schools = engine_of(SCHOOLS)
    answer = ask(schools, "Vilket av de två gymnasieavtalen saknar modersmål?")
    assert answer.completeness.searched == 2
    assert [a.agreement_id for a in answer.agreements] == ["gymnasiesamverkan 2025"]
    uncounted = ask(schools, "Vilket av de tre gymnasieavtalen saknar modersmål?")
    assert "räknar upp" not in " ".join(uncounted.interpreted.notes)


def test_one_of_those_of_a_sort_is_told_by_their_titles(
    engine_of: Callable[[Mapping[str, str]], Engine],
) -> None:
    answer = ask(engine_of(SCHOOLS), "Vilket av gymnasieavtalen saknar modersmål?")
    assert [a.agreement_id for a in answer.agreements] == ["gymnasiesamverkan 2025"]
    music = ask(engine_of(SCHOOLS), "Vilket av kulturskoleavtalen saknar modersmål?")
    assert music.completeness.searched == len(SCHOOLS)


def test_every_agreement_is_asked_where_nothing_tells_them_apart(engine: Engine) -> None:
    assert ask(engine, "Vilka avtal om bärnsten saknar häst?").completeness.searched == 4


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Var har vi inte skrivit ett ord om häst?", "häst"),
        ("I vilka avtal har man glömt att reglera häst?", "häst"),
        ("Vilka avtal är helt tysta om häst?", "häst"),
        ("Vilka avtal säger inte ett ord om häst?", "häst"),
        ("I vilka avtal finns det ingen regel om häst?", "häst"),
        ("Vilka avtal saknar krav på häst?", "häst"),
    ],
)
def test_absence_is_asked_for_in_many_ways(engine: Engine, text: str, said: str) -> None:
    question = engine.understand(text)
    assert question.absent
    assert [term.word for term in question.terms] == [said]


@pytest.mark.parametrize("text", ["Vilka avtal har vi inte sagt upp?", "Vilka avtal får inte överlåtas?"])
def test_a_verb_of_the_agreement_itself_is_no_absence(text: str) -> None:
    assert LIST.search(text)
    assert ABSENT.search(text) is None


def test_a_clause_word_at_the_end_of_a_compound_is_left_out(engine: Engine) -> None:
    (term,) = engine.understand("Vilka avtal saknar tvistlösningsklausul?").terms
    assert term.atoms == engine.understand("Vilka avtal saknar tvistlösning?").terms[0].atoms
