"""Organisations: their names in text, their names through time, and which of them are parties."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.bodies import bodies, group, municipalities, names
from corpus.parties import Places, canonical_name, former_and_short_names, mentions_of, parties_of
from corpus.types import Span


def mentions(text: str) -> list[tuple[str, str]]:
    """Canonical name and wording of each mention."""
    return [(m.name, text[m.start : m.end]) for m in mentions_of(text)]


def parties(text: str, title_end: int = 0) -> tuple[str, ...]:
    return parties_of(text, Places(title_end=title_end))


def test_every_name_of_the_registry_resolves_to_its_own_body_and_to_no_other() -> None:
    rows = [(name, alias) for name, others in bodies().items() for alias in (name, *others)]
    counted = Counter(alias.casefold() for _, alias in rows)
    assert [alias for alias, count in counted.items() if count > 1] == []
    assert [(alias, canonical_name(alias)) for name, alias in rows if canonical_name(alias) != name] == []


def test_the_registry_has_every_municipality_region_and_county_board() -> None:
    assert (len(municipalities()), len(group("regions")), len(group("county_boards"))) == (290, 21, 21)
    assert len(set(municipalities().values())) == 290
    assert [name for name in municipalities() if not name.endswith((" kommun", " stad"))] == [
        "Region Gotland"
    ]


def test_every_form_of_a_municipalitys_name_is_that_municipality() -> None:
    forms = [(form, name) for name in municipalities() for form in former_and_short_names(name)]
    assert [(form, name) for form, name in forms if canonical_name(form) != name] == []
    assert len(forms) > 290
    assert len(names()) > 290 * 2


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Västerås kommun", "Västerås stad"),
        ("Göteborgs Stad", "Göteborgs stad"),
        ("Trollhättan stad", "Trollhättans stad"),
        ("Trollhättans kommuns", "Trollhättans stad"),
        ("Huddinge kommuns", "Huddinge kommun"),
        ("Lund kommun", "Lunds kommun"),
        ("Gotlands kommun", "Region Gotland"),
        ("Länsstyrelsen i Västmanlands län", "Länsstyrelsen Västmanland"),
        ("Länsstyrelsen i Jönköpings län", "Länsstyrelsen Jönköping"),
        ("Landstinget i Jönköpings län", "Region Jönköpings län"),
        ("Västmanlands läns landsting", "Region Västmanland"),
        ("Växjö universitet", "Linnéuniversitetet"),
        ("MSB", "Myndigheten för civilt försvar"),
        ("DIGG", "Myndigheten för digital förvaltning"),
        ("Statens skolverk", "Skolverket"),
        ("SKL", "Sveriges Kommuner och Regioner"),
    ],
)
def test_listed_bodies_are_known_by_all_their_names(written: str, name: str) -> None:
    assert canonical_name(written) == name


@pytest.mark.parametrize(
    "text",
    [
        "Avtalet gäller i Lund och på mark som kommunen äger.",
        "Det kan vara en sala. Kil åker tåg mellan Kil och Sala.",
        "Mora anställs. Orsa bor i Åre. Boden i Boden är öppen. Ale dricks i Habo.",
        "Eda, Tibro och Hjo är orter. Vara och Mark likaså.",
    ],
)
def test_a_bare_place_is_no_party_outside_a_clear_context(text: str) -> None:
    assert mentions(text) == []


def test_a_bare_place_is_the_municipality_where_the_text_says_so() -> None:
    assert mentions("Kommunerna Ale, Mark och Lilla Edet deltar.") == [
        ("Ale kommun", "Ale"),
        ("Marks kommun", "Mark"),
        ("Lilla Edets kommun", "Lilla Edet"),
    ]
    assert mentions("Detta är ett avtal mellan Huddinge och Södertörns högskola.") == [
        ("Huddinge kommun", "Huddinge"),
        ("Södertörns högskola", "Södertörns högskola"),
    ]


def test_a_listed_body_without_a_form_of_its_own_is_found() -> None:
    text = "Riksarkivet, Vinnova och Arbetsförmedlingens kontor deltar."
    assert [name for name, _ in mentions(text)] == ["Riksarkivet", "Vinnova", "Arbetsförmedlingen"]


def test_a_listed_name_is_found_whole_where_its_form_would_end_sooner() -> None:
    """Myndigheten för samhällsskydd och beredskap was once cut at "och"."""
    text = "Myndigheten för samhällsskydd och beredskap (MSB) leder. MSB betalar."
    name = "Myndigheten för civilt försvar"
    assert mentions(text) == [
        (name, "Myndigheten för samhällsskydd och beredskap"),
        (name, "MSB"),
        (name, "MSB"),
    ]


@pytest.mark.parametrize("place", [name for name in group("regions") if name.startswith("Region ")])
def test_every_region_is_known_as_the_landsting_that_it_was(place: str) -> None:
    name = place.removeprefix("Region ")
    for former in (
        f"Landstinget {name}",
        f"Landstinget i {name}",
        f"{name.removesuffix(' län')} läns landsting",
    ):
        assert canonical_name(former) == place


@pytest.mark.parametrize(
    ("former", "name"),
    [
        ("Gotlands kommun", "Region Gotland"),
        ("Skaraborgs läns landsting", "Västra Götalandsregionen"),
        ("Högskolan i Eskilstuna/Västerås", "Mälardalens universitet"),
        ("Arbetarskyddsstyrelsen", "Arbetsmiljöverket"),
        ("Riksgäldskontoret", "Riksgälden"),
    ],
)
def test_renamed_bodies_are_the_body_of_today(former: str, name: str) -> None:
    assert canonical_name(former) == name


def test_a_name_that_is_a_common_word_counts_only_inside_a_sentence() -> None:
    text = "Formas en grupp? Projektet får medel från Formas och Sida. Sida 2"
    assert [name for name, _ in mentions(text)] == ["Formas", "Sida"]


def test_a_name_with_its_organisation_number_ends_at_the_joining_word() -> None:
    """The name once ran from the line's start: "Överenskommelse mellan … och föreningen Hamnljuset"."""
    text = "Avtal mellan Trosa kommun och Vikens Ryttare, org.nr 802999-4321. Anställd född 19811224-1234."
    assert [name for name, _ in mentions(text)] == ["Trosa kommun", "Vikens Ryttare"]


def test_a_pages_count_is_no_agency() -> None:
    """ "Sida 1 (3)" at a page's foot once made the agency Sida a party."""
    assert mentions("Avtalet gäller. Sida 1 (3)") == []


def test_a_common_noun_is_no_name_even_where_it_opens_a_sentence() -> None:
    assert mentions("Värdmyndigheten betalar. En värdmyndigheten bär kostnaden.") == []


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
        ("Påhitta Stad", "Påhitta stad"),
        ("Trosa stad", "Trosa kommun"),
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


@settings(max_examples=120)
@given(places, st.sampled_from(FORMS))
def test_canonical_name_is_idempotent(place: str, form: str) -> None:
    name = canonical_name(form.format(place))
    assert canonical_name(name) == name


@settings(max_examples=60)
@given(places, st.sampled_from(["Region {}", "Länsstyrelsen {}"]))
def test_a_former_name_leads_back_to_the_name_of_today(place: str, form: str) -> None:
    name = form.format(place)
    assert former_and_short_names(name)
    assert all(canonical_name(former) == name for former in former_and_short_names(name))


def test_short_and_former_names_of_a_body() -> None:
    assert former_and_short_names("Region Skåne") == (
        "Malmöhus läns landsting",
        "Kristianstads läns landsting",
        "Landstinget Skåne",
        "Skånes läns landsting",
    )
    assert former_and_short_names("Region Dikt") == ("Landstinget Dikt",)
    assert former_and_short_names("Påhitta stad") == ("Påhitta kommun",)
    assert former_and_short_names("Trollhättans stad") == (
        "Trollhättans kommun",
        "Trollhättan kommun",
        "Trollhättan stad",
    )
    assert former_and_short_names("Länsstyrelsen Dalarna") == (
        "Länsstyrelsen i Dalarna",
        "Länsstyrelsen i Dalarnas län",
    )
    assert former_and_short_names("Exempelby Hamn AB") == ("Exempelby Hamn",)
    assert former_and_short_names("Påhitta kommun") == ()


@pytest.mark.parametrize(
    "name",
    [
        "Region Dalarna",
        "Trosa kommun",
        "Påhitta stad",
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
    assert {name for name, _ in mentions("Påhitta kommun, alltså Påhittas kommun.")} == {"Påhittas kommun"}


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


@settings(max_examples=80)
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
    assert parties_of(text, Places(contacts=(Span(18, len(text)),))) == ("Trosa kommun",)


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


FRONT = "Avtal om hamnen\n\nBeställare: Trosa kommun\nLeverantör: Påhittets Städ & Service AB\n\n1 Syfte\n\n"


def test_the_parties_above_the_first_section_are_the_parties() -> None:
    text = FRONT + "Region Dalarna lånar ut. Region Dalarna ritar. Region Dalarna målar."
    places = Places(title_end=15, front_end=text.index("1 Syfte"))
    assert parties_of(text, places) == ("Trosa kommun", "Påhittets Städ & Service AB")


def test_those_who_sign_are_the_parties() -> None:
    text = "Hamnen byggs. Region Dalarna ritar.\n\nFör Trosa kommun\n\nFör Stiftelsen Solgården"
    signatures = (Span(text.index("För Trosa"), len(text)),)
    assert parties_of(text, Places(signatures=signatures)) == ("Trosa kommun", "Stiftelsen Solgården")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Avtal med Husläkarna i Sagolund AB gäller.", "Husläkarna i Sagolund AB"),
        ("Aktiebolaget Påhittet betalar.", "Aktiebolaget Påhittet"),
        ("Myndigheten för fabelfrågor och andra.", "Myndigheten för fabelfrågor"),
        ("Samverkansavtal Trosa kommun", "Trosa kommun"),
        ("Region Påhittsmark RP 2023-1204", "Region Påhittsmark"),
        ("Länsstyrelsen i Påhittsmarks län deltar.", "Länsstyrelsen Påhittsmark"),
        ("Tekniska högskolan i Dimma forskar.", "Tekniska högskolan i Dimma"),
    ],
)
def test_names_end_where_the_name_ends(text: str, name: str) -> None:
    assert [found for found, _ in mentions(text)] == [name]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Parter: Björkhult, Tallås, Ekfalls och Hasselby kommuner",
         ["Björkhult kommun", "Tallås kommun", "Ekfalls kommun", "Hasselby kommun"]),
        ("kommunerna Björkhult, Aspvik och Tallås.", ["Björkhults kommun", "Aspviks kommun", "Tallås kommun"]),
        ("kommunerna Ale och Kungälv", ["Ale kommun", "Kungälvs kommun"]),
        ("Lerums och Ale kommuner", ["Lerums kommun", "Ale kommun"]),
        ("Kommunerna betalar och Regionen svarar för driften.", []),
    ],
)  # fmt: skip
def test_municipalities_named_in_a_row_are_one_each(text: str, names: list[str]) -> None:
    assert [mention.name for mention in mentions_of(text)] == names


def test_the_short_form_of_a_party_is_no_party_beside_it() -> None:
    text = (
        "Parter: Trosa kommun, Gnesta kommun\n\nParterna använder samma system. Trosa är systemägare och tecknar avtal "
        "med leverantören.\n\nFör Trosa och Gnesta\n"
    )
    assert parties_of(text, Places()) == ("Trosa kommun", "Gnesta kommun")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("PLOGENS AB", "Plogens AB"),
        ("A AB", "A AB"),
        ("IF LJUSET", "IF Ljuset"),
        ("GRANBODA KOMMUN", "Granboda kommun"),
    ],
)
def test_a_name_set_in_capitals_keeps_those_of_its_form(written: str, name: str) -> None:
    assert canonical_name(written) == name
