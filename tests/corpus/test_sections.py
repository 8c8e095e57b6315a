"""Sections tile the text, nest by number and by level, and know contact blocks and signatures."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.sections import sections_of
from corpus.types import Document, FileFormat, Heading, Section, SectionRole, Span

PROSE = "Parterna ska arbeta tillsammans."


def sections(text: str, *marked: tuple[str, int]) -> tuple[Section, ...]:
    """Sections of a text whose named lines the format marks as headings of the given levels."""
    headings = tuple(Heading(text.index(line), text.index(line) + len(line), level) for line, level in marked)
    return sections_of(Document("prov.txt", FileFormat.TXT, text, headings=headings))


def paths(text: str, *marked: tuple[str, int]) -> list[tuple[str, ...]]:
    return [s.path for s in sections(text, *marked)]


def under(*headings: str) -> str:
    """A text where each heading stands over the same prose."""
    return "\n\n".join(f"{heading}\n\n{PROSE}" for heading in headings) + "\n"


LINES = [
    "§ 1 Syfte",
    "§ 2 Ansvar",
    "2.1 Möten",
    "2.1.1 Kallelser hålls av parterna i tur och ordning varje år.",
    "Kapitel 2 Tvister",
    "Bilaga 1 Priser",
    "Kontakt",
    "Karin Ek",
    "Underskrifter",
    "_________________",
    "Datum      Datum",
    "Dela",
    "Sidan är uppdaterad",
    PROSE,
    "",
    " ",
]


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Agreement-like and arbitrary text, with headings marked at some lines and at some nonsense offsets."""
    text = "\n".join(draw(st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=15)), max_size=16)))
    starts = [0, *(i + 1 for i, letter in enumerate(text) if letter == "\n"), len(text) // 2]
    marks = draw(st.lists(st.tuples(st.sampled_from(starts), st.integers(1, 6)), max_size=4))
    headings = tuple(
        Heading(start, min(len(text), start + 5), level) for start, level in marks if start < len(text)
    )
    return Document("prov.txt", FileFormat.TXT, text or "x", headings=headings)


@settings(max_examples=150)
@given(documents())
def test_sections_tile_any_text(document: Document) -> None:
    found = sections_of(document)
    assert "".join(document.text[s.start : s.end] for s in found) == document.text
    position = 0
    for section in found:
        assert section.start == position <= section.body <= section.end
        assert section.end > section.start
        assert section.level >= 1
        position = section.end
    assert position == len(document.text)


def test_a_text_with_no_heading_is_one_section_without_label() -> None:
    (only,) = sections(f"{PROSE}\n")
    assert (only.path, only.label, only.body, only.role) == ((), "", 0, SectionRole.CONTENT)


def test_text_before_the_first_heading_is_a_section_without_label() -> None:
    found = sections(f"{PROSE}\n\n§ 1 Syfte\n\n{PROSE}\n")
    assert [(s.path, s.label) for s in found] == [((), ""), (("§ 1",), "§ 1 Syfte")]


def test_blank_lines_before_the_first_heading_belong_to_it() -> None:
    text = f"\n \n§ 1 Syfte\n\n{PROSE}\n"
    (only,) = sections(text)
    assert (only.start, text[only.body :].strip()) == (0, PROSE)


def test_decimals_nest_under_the_paragraph_they_continue() -> None:
    text = under("§ 3 Ansvar", "3.1 Möten", "3.1.1 Kallelse", "3.2 Rapport", "§ 4 Tvist")
    assert paths(text) == [
        ("§ 3",),
        ("§ 3", "3.1"),
        ("§ 3", "3.1", "3.1.1"),
        ("§ 3", "3.2"),
        ("§ 4",),
    ]


def test_a_bare_heading_below_a_number_nests_under_it_and_a_chapter_closes_all() -> None:
    text = under("§ 3 Ansvar", "Möten", "2 kap. Tvist", "§ 4 Domstol", "Bilaga 1 Priser")
    assert paths(text) == [("§ 3",), ("§ 3", "Möten"), ("2 kap",), ("2 kap", "§ 4"), ("Bilaga 1",)]


def test_a_single_marked_top_heading_names_no_path_of_the_others() -> None:
    text = under("Avtal om hamnen", "Bakgrund", "Historia", "Ansvar")
    marks = (("Avtal om hamnen", 1), ("Bakgrund", 2), ("Historia", 3), ("Ansvar", 2))
    found = sections(text, *marks)
    assert [(s.path, s.level) for s in found[1:]] == [
        (("Bakgrund",), 1),
        (("Bakgrund", "Historia"), 2),
        (("Ansvar",), 1),
    ]


def test_label_heading_and_body_of_a_section() -> None:
    text = f"§ 3 Ansvar\n\n{PROSE}\n\n3.1 Möten hålls varje år.\n"
    first, second = sections(text)
    assert (first.label, first.heading, text[first.start : first.body]) == (
        "§ 3 Ansvar",
        "Ansvar",
        "§ 3 Ansvar",
    )
    assert (second.label, second.heading) == ("3.1", "")
    assert text[second.body : second.end] == "Möten hålls varje år.\n"


def test_a_cross_reference_on_a_wrapped_line_opens_no_section() -> None:
    """ "4.3, 4.4 samt 4.5" once split the clause that refers to them."""
    text = (
        "§ 6 Giltighet\n\nNya insatser beskrivs för sig och beslutas så som framgår av\n"
        "4.3, 4.4 samt 4.5\n\nDärefter följs de upp.\n\n§ 7 Tvist\n\nTvister löses i samråd.\n"
    )
    assert paths(text) == [("§ 6",), ("§ 7",)]


def test_names_and_roles_in_a_contact_block_are_no_headings() -> None:
    """Each name under "Kontakt" was once a section of its own."""
    text = f"Syfte\n\n{PROSE}\n\nKontaktpersoner\n\nKarin Ek\n\nEnhetschef för hamnen\n\nBo Ask\n\nTelefon: 08-12 34 56\n"
    assert [(s.label, s.role) for s in sections(text)] == [
        ("Syfte", SectionRole.CONTENT),
        ("Kontaktpersoner", SectionRole.CONTACT),
    ]


def test_a_heading_over_prose_ends_the_contact_block() -> None:
    long = "Hamnen ägs av staden och drivs av bolaget, som också svarar för underhåll och för säkerhet."
    text = f"Kontakt\n\nKarin Ek\n\nOm hamnen\n\n{long}\n"
    assert [(s.label, s.role) for s in sections(text)] == [
        ("Kontakt", SectionRole.CONTACT),
        ("Om hamnen", SectionRole.CONTENT),
    ]


def test_names_under_the_signatures_are_no_headings_and_an_appendix_ends_them() -> None:
    text = (
        f"§ 1 Syfte\n\n{PROSE}\n\n{PROSE}\n\n§ 2 Ansvar\n\n{PROSE}\n\nUnderskrifter\n\nKarin Ek\n\nRektor\n\n"
        f"Bilaga 1 Priser\n\n{PROSE}\n"
    )
    assert [(s.path, s.role) for s in sections(text)] == [
        (("§ 1",), SectionRole.CONTENT),
        (("§ 2",), SectionRole.CONTENT),
        (("Underskrifter",), SectionRole.SIGNATURES),
        (("Bilaga 1",), SectionRole.CONTENT),
    ]


def test_furniture_is_no_heading() -> None:
    text = f"Dela\n\nFacebook Mail\n\nSyfte\n\n{PROSE}\n\nLäs mer om hamnen\n\nSidan är uppdaterad\n\n2023-02-01\n"
    assert [s.label for s in sections(text)] == ["", "Syfte"]


def test_a_document_of_no_characters_has_no_section() -> None:
    assert sections("") == ()


def test_a_paragraph_nests_under_its_chapter() -> None:
    assert paths(under("Kapitel 2 Tvist", "§ 4 Domstol")) == [("Kapitel 2",), ("Kapitel 2", "§ 4")]


def test_moments_nest_under_their_paragraph() -> None:
    assert paths(under("§ 3 Ansvar", "Mom. 1 Möten", "Mom. 2 Rapport", "§ 4 Tvist")) == [
        ("§ 3",),
        ("§ 3", "Mom. 1"),
        ("§ 3", "Mom. 2"),
        ("§ 4",),
    ]


def test_a_bare_heading_nests_under_capitals() -> None:
    assert paths(under("SYFTE", "ANSVAR", "Former", "TID")) == [
        ("SYFTE",),
        ("ANSVAR",),
        ("ANSVAR", "Former"),
        ("TID",),
    ]


def test_signatures_before_a_long_appendix_hold_no_headings() -> None:
    """Signatures were once looked for in the second half of the text only."""
    text = (
        f"§ 1 Syfte\n\n{PROSE}\n\n§ 2 Ansvar\n\n{PROSE}\n\nUnderskrifter\n\nSagolund den 3 maj 2023\n\n"
        "Sagolunds kommun\n\nKommundirektör\n\nBilaga 1 Priser\n\n" + f"{PROSE}\n\n" * 20
    )
    assert [s.label for s in sections(text)] == [
        "§ 1 Syfte",
        "§ 2 Ansvar",
        "Underskrifter",
        "Bilaga 1 Priser",
    ]


def test_a_repeated_page_header_is_no_heading_and_one_that_the_page_marks_is() -> None:
    text = f"Sagolunds kansli\n\nSyfte\n\n{PROSE}\n\nKontakt\n\n{PROSE}\n"
    furniture = (Span(0, 16), Span(text.index("Kontakt"), len(text)))
    at = text.index("Kontakt")
    plain = Document("prov.txt", FileFormat.TXT, text, furniture=furniture)
    marked = Document(
        "prov.txt", FileFormat.TXT, text, headings=(Heading(at, at + 7, 2),), furniture=furniture
    )
    assert [s.label for s in sections_of(plain)] == ["", "Syfte"]
    assert [s.label for s in sections_of(marked)] == ["", "Syfte", "Kontakt"]
