"""Which agreements replace, amend or belong to one another, and when the evidence is too weak to say so."""

from __future__ import annotations

from corpus.references import meant_by
from corpus.types import Agreement, Declared, Document, Fact, FactName, FileFormat
from corpus.versions import Link, Relation, links_between, title_stem

PARTIES = ("Granboda kommun", "Tallviks AB")


def agreement(
    name: str,
    text: str = "",
    *,
    title: str = "Driftavtal om badhuset",
    parties: tuple[str, ...] = PARTIES,
    kind: str | None = "driftavtal",
    declared: tuple[Declared, ...] = (),
    **facts: str,
) -> Agreement:
    """An agreement whose card holds `facts`, each found where the text has its words: "wording = value"."""
    whole = text + "".join(f"\n{wording}" for wording in facts.values())
    found = []
    for key, given in facts.items():
        wording, _, value = given.partition(" = ")
        whole = whole.replace(given, wording)
        start = whole.rindex(wording)
        found.append(Fact(FactName(key), value or wording, start, start + len(wording)))
    found = [
        Fact(f.name, f.value, at := whole.index(_words(facts, f)), at + len(_words(facts, f))) for f in found
    ]
    document = Document(f"{name}.txt", FileFormat.TXT, whole)
    return Agreement(name, document, title, kind, parties, tuple(found), (), (), declared)


def _words(facts: dict[str, str], fact: Fact) -> str:
    return facts[fact.name.value].partition(" = ")[0]


def pairs(*agreements: Agreement) -> list[tuple[str, str, str]]:
    return [(link.agreement_id, link.relation.value, link.to) for link in links_between(agreements)]


OLD = agreement(
    "gammal", registry_number="RP 2019-77", valid_from="den 1 januari 2020 = 2020-01-01", kind="hyresavtal"
)


def test_a_registry_number_links_and_the_evidence_is_the_wording() -> None:
    new = agreement("ny", title="Nytt avtal om simhallen", replaces="avtalet med dnr RP 2019-77")
    (link,) = links_between([OLD, new])
    assert link == Link(
        Relation.REPLACES, "ny", "gammal", "diarienumret står i båda avtalen", link.start, link.end
    )
    assert new.text[link.start : link.end] == "avtalet med dnr RP 2019-77"


def test_a_registry_number_is_compared_without_spaces_and_kinds_of_dashes() -> None:
    for wording in ("avtal, Dnr: RP 2019–77, mellan parterna", "avtal med diarienummer RP 2019-77"):
        assert pairs(OLD, agreement("ny", title="Annat", amends=wording)) == [("ny", "amends", "gammal")]


def test_a_contracts_number_may_follow_its_kind_without_any_label() -> None:
    main = agreement("lokal", registry_number="30417-06", title="Hyresavtal för lokal", kind="hyresavtal")
    more = agreement(
        "tillägg", title="Tilläggsavtal nr 2", amends="hyreskontrakt 30417-06", kind="tilläggsavtal"
    )
    assert pairs(main, more) == [("tillägg", "amends", "lokal")]


def test_a_number_inside_a_longer_one_is_another_number() -> None:
    for wording in ("avtal med dnr RP 2019-771", "avtal med dnr XRP 2019-77"):
        assert pairs(OLD, agreement("ny", title="Annat", replaces=wording)) == []


def test_a_number_that_nobody_has_means_an_agreement_that_is_not_here() -> None:
    new = agreement("ny", title="Annat", replaces="Driftavtal om badhuset, dnr RP 2001-5")
    assert pairs(OLD, new) == []


def test_a_title_links_where_one_agreement_has_it() -> None:
    new = agreement("ny", title="Annat", appendix_to="bilaga till ”Driftavtal om badhuset”")
    assert pairs(OLD, new) == [("ny", "appendix_to", "gammal")]
    assert pairs(OLD, agreement("tvilling"), new) == []


def test_a_bare_kind_names_no_agreement() -> None:
    old = agreement("gammal", title="Hyresavtal", parties=("Åkerby kommun", "Plogens AB"))
    assert pairs(old, agreement("ny", title="Annat", replaces="tidigare Hyresavtal")) == []


def test_parties_and_a_date_link() -> None:
    old = agreement("gammal", title="Avtal om hamnen", signed="den 3 maj 2019 = 2019-05-03")
    stranger = agreement(
        "annan",
        title="Avtal om vägen",
        parties=("Åkerby kommun", "Plogens AB"),
        signed="den 3 maj 2019 = 2019-05-03",
    )
    new = agreement("ny", title="Annat", replaces="det avtal som parterna undertecknade den 3 maj 2019")
    assert pairs(old, stranger, new) == [("ny", "replaces", "gammal")]
    assert pairs(stranger, new) == []


def test_a_year_alone_links_only_with_the_kind_named() -> None:
    old = agreement("gammal", title="Avtal om hamnen", signed="den 3 maj 2019 = 2019-05-03")
    assert pairs(old, agreement("ny", title="Annat", replaces="driftavtalet från 2019")) == [
        ("ny", "replaces", "gammal")
    ]
    assert pairs(old, agreement("ny", title="Annat", replaces="överenskommelsen från 2019")) == []


def test_two_that_fit_alike_link_to_neither() -> None:
    one = agreement("ett", title="Avtal om hamnen", signed="den 3 maj 2019 = 2019-05-03")
    two = agreement("två", title="Avtal om vägen", signed="den 3 maj 2019 = 2019-05-03")
    new = agreement("ny", title="Annat", replaces="avtalet mellan parterna av den 3 maj 2019")
    assert pairs(one, two, new) == []
    assert meant_by("avtalet av den 3 maj 2019", new, [one]) is not None


def test_a_supplement_with_the_same_number_does_not_hide_its_agreement() -> None:
    supplement = agreement(
        "tillägg", title="Tilläggsavtal ett", kind="tilläggsavtal", registry_number="RP 2019-77"
    )
    new = agreement("ny", title="Annat", replaces="avtal med dnr RP 2019-77")
    assert pairs(OLD, supplement, new) == [("ny", "replaces", "gammal")]


def test_what_begins_later_is_not_what_was_replaced() -> None:
    new = agreement(
        "ny", title="Annat", replaces="avtal med dnr RP 2019-77", valid_from="den 1 mars 2018 = 2018-03-01"
    )
    assert pairs(OLD, new) == []


def test_the_same_parties_and_title_with_a_later_date_is_a_new_version() -> None:
    old = agreement(
        "gammal", valid_from="den 1 januari 2020 = 2020-01-01", valid_to="den 31 december 2022 = 2022-12-31"
    )
    new = agreement("ny", valid_from="den 1 januari 2023 = 2023-01-01")
    (link,) = links_between([new, old])
    assert (link.agreement_id, link.to, link.relation) == ("ny", "gammal", Relation.REPLACES)
    assert new.text[link.start : link.end] == "den 1 januari 2023"


def test_three_in_a_row_are_a_chain() -> None:
    row = [agreement(f"v{year}", valid_from=f"år {year} = {year}-01-01") for year in (2016, 2020, 2024)]
    assert pairs(*row) == [("v2020", "replaces", "v2016"), ("v2024", "replaces", "v2020")]


def test_agreements_in_force_at_the_same_time_are_two_agreements() -> None:
    old = agreement(
        "gammal", valid_from="den 1 januari 2020 = 2020-01-01", valid_to="den 31 december 2026 = 2026-12-31"
    )
    assert pairs(old, agreement("ny", valid_from="den 1 januari 2023 = 2023-01-01")) == []


def test_a_version_in_the_opening_links_without_dates() -> None:
    old = agreement("gammal", "Driftavtal om badhuset\n")
    new = agreement("ny", "Driftavtal om badhuset\nVersion 2\n", title="Driftavtal om badhuset, version 2")
    (link,) = links_between([old, new])
    assert (link.agreement_id, link.to) == ("ny", "gammal")
    assert new.text[link.start : link.end] == "Version 2"
    revised = agreement("rev", "Driftavtal om badhuset (reviderat)\n")
    assert pairs(old, revised) == [("rev", "replaces", "gammal")]


def test_other_parties_another_subject_or_no_date_is_no_version() -> None:
    old = agreement("gammal", valid_from="år 2020 = 2020-01-01")
    late = "år 2023 = 2023-01-01"
    assert pairs(old, agreement("ny", parties=("Åkerby kommun", "Tallviks AB"), valid_from=late)) == []
    assert pairs(old, agreement("ny", title="Driftavtal om kajen", valid_from=late)) == []
    assert pairs(old, agreement("ny")) == []


def test_a_title_of_kind_and_parties_alone_is_no_evidence() -> None:
    title = "Hyresavtal mellan Granboda kommun och Tallviks AB"
    old = agreement("gammal", title=title, valid_from="år 2020 = 2020-01-01")
    assert title_stem(old) == ""
    assert pairs(old, agreement("ny", title=title, valid_from="år 2023 = 2023-01-01")) == []


def test_a_manifest_may_name_the_other_by_id_or_number() -> None:
    for value in ("gammal", "RP 2019-77"):
        new = agreement("ny", title="Annat", declared=(Declared(FactName.REPLACES, value, "avtal.csv"),))
        assert links_between([OLD, new]) == (Link(Relation.REPLACES, "ny", "gammal", "står i avtal.csv"),)


def test_an_agreement_never_links_to_itself() -> None:
    own = agreement("ny", registry_number="RP 2020-123", replaces="avtal med dnr RP 2020-123")
    assert pairs(own, OLD) == []
