"""The title below a letterhead, headings on their text's own line, numbers that stand alone, parties' roles."""

from __future__ import annotations

import pytest

from corpus.card import agreement_from
from corpus.sections import sections_of
from corpus.types import Document, FileFormat, Heading

PROSE = "Parterna ska arbeta tillsammans för att fler ska få plats i båtarna.\n"


def labels(text: str, *marked: tuple[str, int], form: FileFormat = FileFormat.TXT) -> list[str]:
    """The sections' labels; `marked` are lines that the format marks, with their level (0: bold and no more)."""
    headings = tuple(
        sorted(
            (Heading(text.index(line), text.index(line) + len(line), level) for line, level in marked),
            key=lambda heading: heading.start,
        )
    )
    document = Document("prov", form, text, headings=headings)
    return [section.label for section in sections_of(document) if section.label]


def test_a_bold_title_below_the_letterhead_is_a_heading_and_the_letterhead_is_none() -> None:
    text = f"Ale kommun\n\nDatum 2022-09-14\n\nSamverkansavtal om båtar\n\n1. Syfte\n\n{PROSE}\n2. Tid\n\n{PROSE}"
    assert labels(text, ("Samverkansavtal om båtar", 0)) == ["Samverkansavtal om båtar", "1 Syfte", "2 Tid"]
    large = ("Ale kommun", 2), ("Datum 2022-09-14", 3), ("Samverkansavtal om båtar", 1)
    assert labels(text, *large, form=FileFormat.PDF) == ["Samverkansavtal om båtar", "1 Syfte", "2 Tid"]


def test_a_menu_above_the_title_is_not_taken_for_it() -> None:
    text = f"Start\n\nAvtal och partnerskap\n\nSamverkansavtal mellan Ale och Lerum\n\nÄndamål\n\n{PROSE}"
    assert labels(text) == ["Samverkansavtal mellan Ale och Lerum", "Ändamål"]


def test_a_title_that_names_number_and_parties_is_one() -> None:
    title = "Tillägg till avtal om skolskjuts mellan Ale kommun och Vik AB, dnr BUN-2021-5"
    text = f"Ale kommun\n\n{title}\n\nBakgrund\n\n{PROSE}"
    assert labels(text, (title, 0), ("Bakgrund", 0)) == [title, "Bakgrund"]
    assert agreement_from(Document("prov", FileFormat.TXT, text), "prov").kind == "tilläggsavtal"


def test_bold_lines_are_headings_over_short_lines_too_where_bold_is_the_style() -> None:
    parts = [f"{name}\n\n{PROSE}" for name in ("Beslut", "Skäl", "Ärendet")]
    text = "Protokoll\n\n" + "\n".join(parts) + "\nBeslutet skickas till\n\nRäddningschefen\n"
    bold = [(name, 0) for name in ("Beslut\n", "Skäl", "Ärendet", "Beslutet skickas till")]
    marked = [(name.strip("\n"), level) for name, level in bold]
    assert labels(text, *marked)[-4:] == ["Beslut", "Skäl", "Ärendet", "Beslutet skickas till"]


def test_headings_that_stand_on_the_line_of_their_text() -> None:
    """A land agreement of seven run-in headings was once one section."""
    text = "Markavtal\n\n" + "\n".join(
        f"{number}. {name}. {PROSE}" for number, name in enumerate(("Bakgrund", "Pris", "Tid"), 1)
    )
    assert labels(text)[1:] == ["1 Bakgrund", "2 Pris", "3 Tid"]
    sections = sections_of(Document("prov", FileFormat.TXT, text))
    assert text[sections[-1].body :].strip() == PROSE.strip()


def test_numbered_sentences_are_no_run_in_headings() -> None:
    text = "Avtal\n\n" + "\n".join(
        f"{number}. {words}. {PROSE}"
        for number, words in enumerate(("Bolaget ska betala", "Kommunen äger marken", "Hyran är fast"), 1)
    )
    assert labels(text) == ["Avtal"]


def test_a_whole_number_above_words_in_capitals_is_their_number() -> None:
    text = "Avtal\n\n" + "\n".join(
        f"{number}\n\n{name}\n\n{PROSE}" for number, name in enumerate(("PARTER", "PRIS", "TID"), 1)
    )
    assert labels(text) == ["Avtal", "1 PARTER", "2 PRIS", "3 TID"]


def test_what_only_looks_like_a_heading_among_signatures_and_parties() -> None:
    """Names and roles set larger than the text were once sections."""
    text = (
        f"Avtal om båtar\n\nHyresgäst\nVik AB\norg.nr 556701-2241\n\n1. Syfte\n\n{PROSE}\n"
        "Ale 2022-09-14 | Vik 2022-09-16\n\nKommundirektör\n\nRektor\n"
    )
    marked = [("Avtal om båtar", 1), ("Hyresgäst", 2), ("1. Syfte", 2), ("Kommundirektör", 3), ("Rektor", 3)]
    assert labels(text, *marked, form=FileFormat.PDF) == ["Avtal om båtar", "1 Syfte"]


def test_a_contents_page_without_leaders_holds_no_sections() -> None:
    rows = "1 Parter 3\n2 Uppdraget 3\n3 Ekonomi 4\nBilaga 1 Skötsel 5\n"
    text = f"Driftavtal för badet\n\nInnehåll\n{rows}\n1 Parter\n\n{PROSE}\n2 Uppdraget\n\n{PROSE}"
    assert labels(text) == ["Driftavtal för badet", "Innehåll", "1 Parter", "2 Uppdraget"]


@pytest.mark.parametrize(
    "crumbs", ["Start / Om oss / Samverkan", "Hem > Nyheter > 2021", "Startsida » Avtal"]
)
def test_the_path_to_a_page_is_no_heading(crumbs: str) -> None:
    text = f"{crumbs}\n\nNytt samverkansavtal mellan Ale och Lerum\n\n{PROSE}"
    assert labels(text) == ["Nytt samverkansavtal mellan Ale och Lerum"]


def test_a_heading_right_above_a_short_sentence() -> None:
    text = f"Avtal om båtar\n\n{PROSE}\nAttraktiv stad\nKommunen ordnar 400 nya bryggor före 2025.\n"
    assert labels(text) == ["Avtal om båtar", "Attraktiv stad"]
