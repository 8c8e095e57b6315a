from __future__ import annotations

from collections.abc import Callable

from corpus.types import Document

Read = Callable[[bytes | str, str], Document]


def headings(document: Document) -> list[tuple[str, int]]:
    return [(document.text[at.start : at.end], at.level) for at in document.headings]


def test_atx_and_setext_headings_are_marked_and_the_text_is_untouched(read: Read) -> None:
    source = (
        "# Avtal om vatten\n\nIngress.\n\n## § 1 Syfte ##\nText.\n\nParter\n======\n\nTider\n---\n\n"
        "### \n#hashtag\n    # kod\n"
    )
    document = read(source, "a.md")
    assert document.text == source
    assert headings(document) == [
        ("# Avtal om vatten", 1),
        ("## § 1 Syfte ##", 2),
        ("Parter", 1),
        ("Tider", 2),
    ]


def test_no_heading_inside_a_code_fence(read: Read) -> None:
    source = "```sh\n# kommentar\n~~~\n# kvar i koden\n````\n# Rubrik\n~~~\n# nej\n"
    assert headings(read(source, "a.md")) == [("# Rubrik", 1)]


def test_a_rule_under_a_list_a_table_or_a_paragraph_of_two_lines_makes_no_heading(read: Read) -> None:
    source = "- punkt\n---\n\n| a | b |\n|---|---|\n\nrad ett\nrad två\n---\n\n---\n"
    assert headings(read(source, "a.md")) == []


def test_front_matter_gives_the_title_and_is_furniture(read: Read) -> None:
    document = read('---\ntitle: "Avtal om bad"\ndatum: 2024-01-01\n---\n# Ett\n', "a.md")
    assert document.title == "Avtal om bad"
    assert [document.text[span.start : span.end] for span in document.furniture] == [
        '---\ntitle: "Avtal om bad"\ndatum: 2024-01-01\n---\n'
    ]
    assert headings(document) == [("# Ett", 1)]
