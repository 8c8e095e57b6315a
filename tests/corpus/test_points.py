"""Points inside a section: letters, Roman numbers inside them, and quotes over several."""

from __future__ import annotations

import pytest

from corpus.points import point_at, points_of, stycke_at, stycke_in, stycke_span
from corpus.sections import sections_of
from corpus.types import Document, FileFormat, Section, Span

TEXT = """§ 5 Ansvar

Kommunen ska

a) hålla lokaler,

b) stå för
1) larm och
2) bevakning, samt

c) betala.

Regionen svarar för resten.
"""


def only_section(text: str) -> Section:
    (section,) = sections_of(Document("prov.txt", FileFormat.TXT, text))
    return section


def test_points_nest_by_their_kind_of_mark_and_stay_inside_the_section() -> None:
    section = only_section(TEXT)
    found = points_of(TEXT, section)
    assert [(point.marks, TEXT[point.start : point.end]) for point in found] == [
        (("a)",), "a) hålla lokaler,"),
        (("b)",), "b) stå för"),
        (("b)", "1)"), "1) larm och"),
        (("b)", "2)"), "2) bevakning, samt"),
        (("c)",), "c) betala."),
    ]
    assert all(section.body <= point.start < point.end <= section.end for point in found)


@pytest.mark.parametrize(
    ("words", "marks"),
    [
        ("lokaler", ("a)",)),
        ("bevakning", ("b)", "2)")),
        ("Regionen svarar", ()),
        ("c) betala.\n\nRegionen", ()),
    ],
)
def test_a_quote_has_the_point_that_holds_all_of_it(words: str, marks: tuple[str, ...]) -> None:
    start = TEXT.index(words)
    assert point_at(TEXT, only_section(TEXT), start, start + len(words)) == marks


@pytest.mark.parametrize(
    ("lines", "marks"),
    [
        (["(i) ett", "(ii) två", "(iii) tre"], [("i)",), ("ii)",), ("iii)",)]),
        (["h) ett", "i) två", "j) tre"], [("h)",), ("i)",), ("j)",)]),
        (["a) ett", "i) två", "ii) tre", "b) fyra"], [("a)",), ("a)", "i)"), ("a)", "ii)"), ("b)",)]),
    ],
)
def test_an_i_is_a_letter_after_h_and_else_a_number(lines: list[str], marks: list[tuple[str, ...]]) -> None:
    text = "§ 1 Prov\n\n" + "\n".join(lines) + "\n"
    assert [point.marks for point in points_of(text, only_section(text))] == marks


STYCKEN = """§ 7 Uppsägning

Avtalet kan sägas upp.

Dnr KS 2023/0142, sida 2.

Uppsägningen ska vara

a) skriftlig och

b) undertecknad.

[1] Se bilaga 2.

Den gäller från mottagandet.
"""


def styckes(quote: str) -> str:
    header = STYCKEN.index("Dnr KS 2023/0142, sida 2.")
    start = STYCKEN.index(quote)
    furniture = [Span(header, header + len("Dnr KS 2023/0142, sida 2."))]
    return stycke_at(STYCKEN, only_section(STYCKEN), start, start + len(quote), furniture)


def test_a_quote_is_placed_in_its_stycke_and_a_list_belongs_to_the_one_before() -> None:
    assert styckes("kan sägas upp") == "första stycket"
    assert styckes("Uppsägningen ska") == "andra stycket"
    assert styckes("b) undertecknad.") == "andra stycket"
    assert styckes("Den gäller från") == "tredje stycket"


def test_nothing_is_said_of_a_quote_over_two_stycken_or_of_a_section_with_one_or_without_a_number() -> None:
    assert styckes(STYCKEN[STYCKEN.index("undertecknad") : STYCKEN.index(" från")]) == ""
    for text in (
        "§ 1 Syfte\n\nAvtalet gäller kurser.\n",
        "Syfte\n\nAvtalet gäller kurser.\n\nDet löper ett år.\n",
    ):
        section = only_section(text)
        assert stycke_at(text, section, text.index("gäller"), text.index("gäller") + 6, ()) == ""


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("Vad säger § 4 andra stycket i avtalet?", 2),
        ("4 § 2 st.", 2),
        ("§ 4 stycke 3", 3),
        ("4 § tredje st", 3),
        ("paragraf 4, 1:a stycket", 1),
        ("Vad säger § 4?", None),
    ],
)
def test_a_reference_names_a_stycke(words: str, number: int | None) -> None:
    assert stycke_in(words) == number


def test_a_stycke_is_found_by_its_number_with_the_list_that_belongs_to_it() -> None:
    section = only_section(STYCKEN)
    furniture = [Span(STYCKEN.index("Dnr"), STYCKEN.index(", sida 2."))]
    second = stycke_span(STYCKEN, section, 2, furniture)
    assert second is not None
    assert STYCKEN[second.start : second.end].split() == [
        "Uppsägningen",
        "ska",
        "vara",
        "a)",
        "skriftlig",
        "och",
        "b)",
        "undertecknad.",
    ]
    assert stycke_span(STYCKEN, section, 4, furniture) is None
