"""Which lines are headings: numbered, marked by the format, or bare; and which only look like one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.heading_numbers import HeadingKind
from corpus.heading_words import HeadingLine
from corpus.headings import headings_of, is_bare_heading
from corpus.lines import lines_of
from corpus.types import Heading

PROSE = "Parterna ska arbeta tillsammans."


def found(text: str, marked: tuple[Heading, ...] = ()) -> list[HeadingLine]:
    return headings_of(lines_of(text), marked, set(), set())


def only(line: str) -> HeadingLine:
    """The single heading of a text where `line` stands alone over prose."""
    (heading,) = found(f"{line}\n\n{PROSE}\n")
    return heading


@pytest.mark.parametrize(
    ("line", "kind", "number", "numbers", "words"),
    [
        ("§ 4 Avgifter", HeadingKind.PARAGRAPH, "§ 4", (4,), "Avgifter"),
        ("4 § Avgifter", HeadingKind.PARAGRAPH, "4 §", (4,), "Avgifter"),
        ("§ 4.2 Moms", HeadingKind.PARAGRAPH, "§ 4.2", (4, 2), "Moms"),
        ("§7", HeadingKind.PARAGRAPH, "§7", (7,), ""),
        ("4.2 Moms", HeadingKind.DECIMAL, "4.2", (4, 2), "Moms"),
        ("1.2.3. Priser", HeadingKind.DECIMAL, "1.2.3", (1, 2, 3), "Priser"),
        ("1. Syfte", HeadingKind.DECIMAL, "1", (1,), "Syfte"),
        ("1 Syfte", HeadingKind.DECIMAL, "1", (1,), "Syfte"),
        ("Kapitel 2 Ansvar", HeadingKind.CHAPTER, "Kapitel 2", (2,), "Ansvar"),
        ("Artikel IV: Tvister", HeadingKind.CHAPTER, "Artikel IV", (4,), "Tvister"),
        ("AVSNITT XI", HeadingKind.CHAPTER, "AVSNITT XI", (11,), ""),
        ("2 kap. Ansvar", HeadingKind.CHAPTER, "2 kap", (2,), "Ansvar"),
        ("Bilaga 1 – Prislista", HeadingKind.APPENDIX, "Bilaga 1", (1,), "Prislista"),
        ("Bilaga", HeadingKind.APPENDIX, "Bilaga", (), ""),
        ("Parternas ansvar", HeadingKind.BARE, "", (), "Parternas ansvar"),
    ],
)
def test_a_heading_line_gives_kind_number_and_words(
    line: str, kind: HeadingKind, number: str, numbers: tuple[int, ...], words: str
) -> None:
    heading = only(line)
    assert (heading.line, heading.kind) == (0, kind)
    assert (heading.number, heading.numbers, heading.heading) == (number, numbers, words)
    assert heading.body == len(line)


def test_a_numbered_clause_opens_a_section_whose_body_starts_after_the_number() -> None:
    text = "4.1  Styrgruppen möts två gånger varje år.\n\n4.2  Protokoll skrivs.\n"
    first, second = found(text)
    assert (first.number, first.heading, text[first.body :][:11]) == ("4.1", "", "Styrgruppen")
    assert (second.number, second.heading, text[second.body :][:9]) == ("4.2", "", "Protokoll")


def test_a_cross_reference_after_a_wrapped_line_is_no_heading() -> None:
    """ "4.3, 4.4 samt 4.5" at the start of a line once opened a section 4.3."""
    text = "Nya insatser beskrivs för sig och beslutas så som framgår av\n4.3, 4.4 samt 4.5\n\nDärefter följs de upp.\n"
    assert found(text) == []


@pytest.mark.parametrize(
    "line",
    ["§ 3 i detta avtal", "§ 3 ska gälla", "2.1 – 2.3", "4.3, 4.4", "§ 4, § 5 eller § 6"],
)
def test_a_cross_reference_alone_on_its_line_is_no_heading(line: str) -> None:
    assert found(f"{PROSE}\n\n{line}\n\n{PROSE}\n") == []


@pytest.mark.parametrize("number", ["4.3", "§ 4", "4 §", "Bilaga 2"])
def test_a_number_that_continues_the_line_before_is_no_heading(number: str) -> None:
    text = f"Hur kostnaderna fördelas mellan parterna beskrivs närmare i\n{number} Kostnader\n\n{PROSE}\n"
    assert found(text) == []


@pytest.mark.parametrize(
    "line",
    [
        "Detta är en hel mening.",
        "avgifter och moms",
        "Följande gäller:",
        "• Avgifter",
        "2023-02-01",
        "3 mars 2021",
        "Dnr KS 2021/12",
        "karin@exempel.se",
        "www.exempel.se",
        "Telefon 08-12 34 56",
        "___________",
        "Datum      Datum",
        "1 500",
        "Syfte ........ 3",
        "A" + "b" * 120,
        "Ett två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton",
    ],
)
def test_lines_that_are_no_headings(line: str) -> None:
    assert found(f"{line}\n\n{PROSE}\n") == []


def test_a_bare_heading_stands_alone_or_right_over_prose() -> None:
    long = "Lokalerna hålls öppna alla vardagar och stängs klockan fem om inget annat sägs."
    assert [h.heading for h in found(f"Öppettider\n{long}\n")] == ["Öppettider"]
    assert found(f"Öppettider\noch stängning\n\n{PROSE}\n") == []
    assert found(f"{PROSE}\nÖppettider\n\n{PROSE}\n") == []


def test_a_line_with_nothing_under_it_heads_nothing() -> None:
    assert found(f"{PROSE}\n\nÖppettider\n") == []


def test_a_name_over_an_address_for_mail_is_no_heading() -> None:
    lines = lines_of("Karin Ek\n\n@karin\n")
    assert not is_bare_heading(lines, 0, set())


def test_integers_count_upwards_or_are_no_headings() -> None:
    text = "1. Syfte\n\nText.\n\n2. Ansvar\n\nText.\n\n12 Månader\n\nText.\n\n3. Tvist\n\nText.\n"
    numbers = [(h.number, h.kind) for h in found(text) if h.kind is HeadingKind.DECIMAL]
    assert numbers == [(n, HeadingKind.DECIMAL) for n in ("1", "2", "3")]


def test_marked_headings_carry_their_level_and_silence_bare_ones() -> None:
    text = "Avtal om hamnen\n\nText.\n\nBakgrund\n\nText.\n\n2 Ansvar\n\nText.\n"
    marked = (Heading(0, 15, 1), Heading(text.index("2 Ansvar"), text.index("2 Ansvar") + 8, 2))
    assert [(h.kind, h.number, h.heading, h.level) for h in found(text, marked)] == [
        (HeadingKind.MARKED, "", "Avtal om hamnen", 1),
        (HeadingKind.DECIMAL, "2", "Ansvar", 2),
    ]


def test_the_marks_of_markdown_are_no_part_of_the_heading() -> None:
    text = f"## **§ 2 Ansvar**\n\n{PROSE}\n"
    (heading,) = found(text, (Heading(0, 17, 2),))
    assert (heading.number, heading.heading, heading.level) == ("§ 2", "Ansvar", 2)


def test_furniture_and_closing_lines_hold_no_heading() -> None:
    lines = lines_of(f"Syfte\n\n{PROSE}\n\nAnsvar\n\n{PROSE}\n\nKarin Ek\n\nRektor\n")
    assert [h.heading for h in headings_of(lines, (), {0}, {8, 10})] == ["Ansvar"]


LINES = [
    "§ 1 Syfte",
    "4.2 Moms",
    "4.3, 4.4 samt 4.5",
    "Ansvar",
    "Bilaga 1",
    "Kapitel II Tvister",
    "1. Ett",
    PROSE,
    "",
    "Del i",
    "2 §",
]


@settings(max_examples=100)
@given(st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=20)), max_size=14).map("\n".join))
def test_headings_come_in_order_and_begin_their_body_on_their_own_line(text: str) -> None:
    lines = lines_of(text)
    headings = headings_of(lines, (), set(), set())
    assert [h.line for h in headings] == sorted({h.line for h in headings})
    for heading in headings:
        own = lines[heading.line : heading.last_line + 1]
        assert own[-1].first <= heading.body <= own[-1].end
        assert heading.heading in " ".join(line.words for line in own if line.words)
        assert heading.number in own[0].words


@pytest.mark.parametrize("line", ["4.3, 4.4 samt 4.5", "4.3 och 4.4 ovan", "4.3 enligt ovan"])
def test_a_decimal_reference_alone_is_no_heading(line: str) -> None:
    assert found(f"{PROSE}\n\n{line}\n\n{PROSE}\n") == []


def labels(text: str, marked: tuple[Heading, ...] = ()) -> list[str]:
    return [f"{h.number} {h.heading}".strip() for h in found(text, marked)]


@pytest.mark.parametrize(
    "items",
    [
        "1. Lokaler\n2. Handledning\n3. Arbetskläder",
        "1. Lokaler\n\n2. Handledning\n\n3. Arbetskläder",
        "4.1 Lokaler\n4.2 Handledning",
        "Bilaga 1 Prislista\nBilaga 2 Karta",
        "a) Lokaler\n\nb) Handledning",
        "1 Grundavgift    12 000\n3.1 Utbildning    900",
        "1 Grundavgift | 12 000\n3.1 Utbildning | 900",
    ],
)
def test_items_of_a_list_and_rows_of_a_table_are_no_headings(items: str) -> None:
    text = f"§ 4 Ansvar\n\n{PROSE}\n\nParten svarar för:\n\n{items}\n\n{PROSE}\n\n§ 5 Tid\n\n{PROSE}\n"
    assert labels(text) == ["§ 4 Ansvar", "§ 5 Tid"]


def test_a_list_does_not_end_the_count_of_the_headings_around_it() -> None:
    """A list 1, 2 inside "4." once hid the headings from "5." on."""
    text = "".join(f"{n}. Rubrik {n}\n\n{PROSE}\n\n" for n in range(1, 5))
    text += f"Följande gäller:\n\n1. Lokaler\n\n{PROSE}\n\n5. Tid\n\n{PROSE}\n"
    assert labels(text)[-1] == "5 Tid"


@pytest.mark.parametrize("leader", [" .......... ", " …… ", "\t", " "])
def test_the_rows_of_a_contents_page_are_no_headings(leader: str) -> None:
    names = ("1 Syfte", "2 Ansvar", "3 Tid")
    rows = "\n".join(f"{name}{leader}{page}" for page, name in enumerate(names, 2))
    text = f"Innehåll\n\n{rows}\n\n" + "\n\n".join(f"{name}\n\n{PROSE}" for name in names)
    assert labels(text) == ["Innehåll", *names]


def test_an_announced_appendix_is_a_heading_once() -> None:
    text = f"§ 1 Syfte\n\n{PROSE}\n\nBilagor\n\nBilaga 1: Karta\n\nBilaga 1 Karta\n\n{PROSE}\n"
    assert labels(text) == ["§ 1 Syfte", "Bilagor", "Bilaga 1 Karta"]


def test_a_number_above_its_words_is_one_heading() -> None:
    text = f"Artikel 4\nUppsägning\n\n{PROSE}\n\nArtikel 5\n\nTvist\n\n{PROSE}\n"
    assert labels(text) == ["Artikel 4 Uppsägning", "Artikel 5 Tvist"]


def test_a_reference_after_the_clause_that_it_belongs_to_is_no_heading() -> None:
    """ "… i" + "bilaga 1." under a clause number was once taken for the appendix."""
    text = f"3.1 Parten följer kommunens instruktioner, så som de är givna i\nbilaga 1.\n\n3.2 {PROSE}\n"
    assert labels(text) == ["3.1", "3.2"]


def test_a_decimal_under_another_number_is_a_reference() -> None:
    text = f"§ 4 Ansvar\n\n4.1 {PROSE}\n\n4.2 {PROSE}\n\n7.3 Kostnader\n\n{PROSE}\n\n4.3 {PROSE}\n\n4.4 {PROSE}\n"
    assert labels(text) == ["§ 4 Ansvar", "4.1", "4.2", "4.3", "4.4"]


@pytest.mark.parametrize(
    "line",
    [
        "Kommun: Sagolunds kommun",
        "Sagolunds kommun och Region Påhittsmark",
        "Påhittsmark den 3 maj 2023",
        "Avtal nr FK 2021-9",
        "Region Påhittsmark, nedan Regionen",
        "Parten ansvarar för att",
    ],
)
def test_a_line_that_states_a_fact_is_no_bare_heading(line: str) -> None:
    assert labels(f"{PROSE}\n\n{line}\n\n{PROSE}\n") == []


def test_a_sentence_that_a_list_goes_on_with_is_no_heading() -> None:
    assert labels(f"{PROSE}\n\nKommunen ska bidra med\n\n– lokaler\n\n– tid\n\n{PROSE}\n") == []


def test_among_numbered_headings_a_bare_line_needs_running_text_below_it() -> None:
    numbered = "".join(f"§ {n} Rubrik\n\n{PROSE}\n\n" for n in range(1, 4))
    text = f"{numbered}Regionen\n\n{PROSE}\n\nSagolunds hamn\n\nHamngatan\n\nKajen\n"
    assert labels(text) == [*["§ 1 Rubrik", "§ 2 Rubrik", "§ 3 Rubrik"], "Regionen"]


def test_a_title_over_two_lines_is_one_heading() -> None:
    text = f"Samverkansavtal mellan Sagolunds kommun och\nRegion Påhittsmark\n\n§ 1 Syfte\n\n{PROSE}\n"
    assert labels(text) == ["Samverkansavtal mellan Sagolunds kommun och Region Påhittsmark", "§ 1 Syfte"]


def test_capitals_head_what_stands_below_them() -> None:
    text = "".join(f"{name}\n\n{PROSE}\n\n" for name in ("SYFTE", "ANSVAR", "Former", "TID"))
    kinds = [(h.heading, h.kind) for h in found(text)]
    assert kinds == [
        ("SYFTE", HeadingKind.CAPITALS),
        ("ANSVAR", HeadingKind.CAPITALS),
        ("Former", HeadingKind.BARE),
        ("TID", HeadingKind.CAPITALS),
    ]


def test_capitals_are_headings_although_the_format_marks_title_and_contents() -> None:
    """A bold title and a bold "Innehåll" once hid every heading in capitals."""
    heads = ("BAKGRUND", "SYFTE", "ANSVAR")
    text = "Samverkansavtal\n\nInnehåll\n\n" + "\n\n".join(f"{head}\n\n{PROSE}" for head in heads) + "\n"
    contents = text.index("Innehåll")
    marked = (Heading(0, 15, 1), Heading(contents, contents + 8, 2))
    assert [h.heading for h in found(text, marked)] == ["Samverkansavtal", "Innehåll", *heads]


def test_bare_lines_are_headings_where_only_title_appendix_and_signatures_are_marked() -> None:
    text = f"Avtal\n\nBakgrund\n\n{PROSE}\n\nUnderskrifter\n\n{PROSE}\n\nBilaga 1\n\n{PROSE}\n"
    marked = tuple(
        Heading(text.index(w), text.index(w) + len(w), 1) for w in ("Avtal", "Underskrifter", "Bilaga 1")
    )
    assert "Bakgrund" in [h.heading for h in found(text, marked)]


def test_a_subject_with_its_verb_heads_nothing_although_a_list_without_marks_follows() -> None:
    text = f"§ 1 Ansvar\n\nParterna ska särskilt\n\nSamordna utbildning och praktik i länets alla kommuner och bolag.\n\n{PROSE}\n"
    assert [h.heading for h in found(text)] == ["Ansvar"]


def test_a_bare_heading_over_a_sentence_that_opens_a_list_is_believed_beside_headings_in_capitals() -> None:
    text = "".join(
        f"{head}\n\nÅtagande\n\nKommunen svarar för:\n\na) lokaler\n\nb) larm\n\n"
        for head in ("DEL ETT", "DEL TVÅ", "DEL TRE")
    )
    assert [h.heading for h in found(text)].count("Åtagande") == 3
