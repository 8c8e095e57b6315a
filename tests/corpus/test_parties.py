"""Organisations: their names in text, their names through time, and which of them are parties."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import corpus.parties
from corpus.parties import canonical_name, former_and_short_names, mentions_of, parties_of

BODIES = tomllib.loads(Path(corpus.parties.__file__).with_name("bodies.toml").read_text("utf-8"))["body"]


def mentions(text: str) -> list[tuple[str, str]]:
    """Canonical name and wording of each mention."""
    return [(m.name, text[m.start : m.end]) for m in mentions_of(text)]


def parties(text: str, title_end: int = 0) -> tuple[str, ...]:
    return parties_of(text, title_end, [])


def test_every_name_of_the_registry_resolves_to_its_own_body_and_to_no_other() -> None:
    names = [alias for row in BODIES for alias in (row["name"], *row["also"])]
    assert [name for name, count in Counter(name.casefold() for name in names).items() if count > 1] == []
    assert all(
        canonical_name(alias) == row["name"] for row in BODIES for alias in (row["name"], *row["also"])
    )


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("  Mälardalens \n högskola", "Mälardalens universitet"),
        ("MDH", "Mälardalens universitet"),
        ("mdh", "Mälardalens universitet"),
        ("Landstinget Dalarna", "Region Dalarna"),
        ("Landstinget i Dalarna", "Region Dalarna"),
        ("Region Dalarna", "Region Dalarna"),
        ("Länsstyrelsen i Örebro län", "Länsstyrelsen Örebro"),
        ("Länsstyrelsen i Stockholms län", "Länsstyrelsen Stockholm"),
        ("Länsstyrelsen Skåne", "Länsstyrelsen Skåne"),
        ("Trosa Stad", "Trosa stad"),
        ("Trosa kommun", "Trosa kommun"),
        ("Exempelby  Hamn AB", "Exempelby Hamn AB"),
    ],
)
def test_former_names_and_forms_resolve_to_the_name_of_today(written: str, name: str) -> None:
    assert canonical_name(written) == name


places = st.builds(
    str.__add__,
    st.sampled_from("ABDEGHKLMNOSTUVÅÄÖ"),
    st.text("abdeghiklmnorstuvyåäö", min_size=2, max_size=8),
)
FORMS = [
    "Landstinget {}",
    "Landstinget i {}",
    "Länsstyrelsen {}",
    "Länsstyrelsen i {}s län",
    "Länsstyrelsen i {} län",
    "Region {}",
    "{} Stad",
    "{} kommun",
    "{} AB",
    "Högskolan i {}",
    "{}",
    "  {}   universitet ",
]


@settings(max_examples=120, deadline=None)
@given(places, st.sampled_from(FORMS))
def test_canonical_name_is_idempotent(place: str, form: str) -> None:
    name = canonical_name(form.format(place))
    assert canonical_name(name) == name


@settings(max_examples=60, deadline=None)
@given(places, st.sampled_from(["Region {}", "Länsstyrelsen {}"]))
def test_a_former_name_leads_back_to_the_name_of_today(place: str, form: str) -> None:
    name = form.format(place)
    assert former_and_short_names(name)
    assert all(canonical_name(former) == name for former in former_and_short_names(name))


def test_short_and_former_names_of_a_body() -> None:
    assert former_and_short_names("Region Dalarna") == ("Landstinget Dalarna",)
    assert former_and_short_names("Trosa stad") == ("Trosa kommun",)
    assert former_and_short_names("Exempelby Hamn AB") == ("Exempelby Hamn",)
    assert former_and_short_names("Trosa kommun") == ()


@pytest.mark.parametrize(
    "name",
    [
        "Region Dalarna",
        "Trosa kommun",
        "Trosa stad",
        "Högskolan i Skövde",
        "Karlstads universitet",
        "Linnéuniversitetet",
        "Exempelby Hamn AB",
        "Stiftelsen Solgården",
        "Trafikverket",
        "Myndigheten för civilt försvar",
        "Norra Räddningstjänstförbund",
    ],
)
def test_the_forms_of_organisations_names_are_found_with_their_exact_span(name: str) -> None:
    assert mentions(f"I dag deltar {name}.") == [(name, name)]


def test_a_short_form_that_the_text_defines_is_the_same_body() -> None:
    text = "Exempelby Hamn AB (nedan kallad Hamnen) äger kajen. Hamnen betalar. Enligt Hamnen:s plan."
    name = "Exempelby Hamn AB"
    assert mentions(text) == [(name, name), (name, "Hamnen"), (name, "Hamnen"), (name, "Hamnen")]


def test_a_known_short_form_counts_only_where_the_body_is_named() -> None:
    assert mentions("Malmö universitet och MAU lånar ut.") == [
        ("Malmö universitet", "Malmö universitet"),
        ("Malmö universitet", "MAU"),
    ]
    assert mentions("Pennan är av märket MAU.") == []


def test_a_genitive_is_the_same_body_where_the_plain_name_occurs() -> None:
    text = "Region Dalarnas skolor drivs väl. Region Dalarna äger dem."
    assert mentions(text) == [("Region Dalarna", "Region Dalarna")] * 2


def test_one_place_spelled_with_and_without_genitive_is_one_body() -> None:
    assert {name for name, _ in mentions("Trosa kommun, alltså Trosas kommun.")} == {"Trosas kommun"}


@pytest.mark.parametrize(
    "text",
    [
        "Denna kommun betalar.",
        "Vår kommun växer.",
        "Styrelsen möts.",
        "Länsstyrelsen yttrar sig.",
        "en kommun",
    ],
)
def test_words_for_a_kind_of_body_name_none(text: str) -> None:
    assert mentions(text) == []


def test_words_before_a_name_are_no_part_of_it() -> None:
    assert mentions("Mellan Trosa kommun och andra. Samt Solna stad.") == [
        ("Trosa kommun", "Trosa kommun"),
        ("Solna stad", "Solna stad"),
    ]


NAMES = [
    "Trosa kommun",
    "Region Dalarnas",
    "Region Dalarna",
    "MDH",
    "Mälardalens högskola (MDH)",
    "Trosas kommun",
    "(HIS)",
    "och",
]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(NAMES), st.text(max_size=6)), max_size=10).map(" ".join))
def test_mentions_are_ordered_disjoint_and_inside_the_text(text: str) -> None:
    position = 0
    for mention in mentions_of(text):
        assert position <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end].strip() and mention.name
        position = mention.end


def test_the_two_bodies_of_an_agreement_between_are_parties_and_a_third_is_not() -> None:
    text = "Detta är ett avtal mellan Trosa kommun och Högskolan i Skövde. Kartan kommer från Region Dalarna."
    assert parties(text) == ("Trosa kommun", "Högskolan i Skövde")


def test_a_body_in_the_title_is_a_party() -> None:
    text = "Bad för Trosa kommun\n\nBassängen är öppen."
    assert parties(text) == ()
    assert parties(text, title_end=20) == ("Trosa kommun",)


def test_a_body_named_three_times_is_a_party_and_one_named_twice_is_not() -> None:
    assert parties("Trosa kommun badar. Trosa kommun ror. Trosa kommun går.") == ("Trosa kommun",)
    assert parties("Trosa kommun badar. Trosa kommun ror.") == ()


def test_a_body_in_a_contact_block_is_a_party() -> None:
    text = "Hamnen lånas ut.\n\nKontakt på Trosa kommun"
    assert parties_of(text, 0, [(18, len(text))]) == ("Trosa kommun",)


def test_parties_come_once_each_under_the_name_of_today() -> None:
    text = (
        "Avtalet ingår Mälardalens högskola och Landstinget Dalarna i. MDH ritar och Region Dalarna bygger."
    )
    assert sorted(parties(text)) == ["Mälardalens universitet", "Region Dalarna"]


def test_vardera_kommun_is_no_party() -> None:
    text = "Avtalet gäller badet. Vardera kommun betalar hälften. Vardera kommun väljer en ledamot. Vardera kommun svarar för sitt."
    assert parties(text) == ()


def test_a_verb_is_no_part_of_an_agencys_name() -> None:
    assert mentions("Myndigheten för civilt försvar betalar.")[0][0] == "Myndigheten för civilt försvar"


def test_a_municipalitys_genitive_is_the_same_body() -> None:
    names = [name for name, _ in mentions("Umeå kommun bygger. Umeå kommuns hamn är ny.")]
    assert names == ["Umeå kommun"] * 2


def test_a_countys_landsting_is_its_region() -> None:
    assert canonical_name("Stockholms läns landsting") == "Region Stockholm"
