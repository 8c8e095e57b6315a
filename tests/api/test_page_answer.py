"""What the page makes of an answer's wording and of a citation's place."""

from __future__ import annotations

import pytest

from api.language import Language
from api.rendering.quotes import citation_text, page_of, place_of
from api.rendering.statements import beyond_short_answer, short_answer_parts, statement_parts
from api.rendering.wording import Words
from retriever.types import Citation

WORDS = Words(Language.SWEDISH)


def _citation(
    path: tuple[str, ...] = ("§ 1",),
    label: str = "§ 1 Syfte",
    pages: tuple[int | None, int | None] = (None, None),
) -> Citation:
    return Citation(
        "hyra", "Avtal om ladan", (), path, label, *pages, 5, 12, "Hyran är\n3 kr", "", "", "ab" * 32, "/x"
    )


@pytest.mark.parametrize(
    ("short", "verdict", "ground"),
    [
        ("Ja: Parten får säga upp avtalet.", "Ja", "Parten får säga upp avtalet."),
        ("Nej: inga åtaganden.", "Nej", "Inga åtaganden."),
        ("till och med 2017", "Till och med 2017", ""),
        ("Jarl Berg", "Jarl Berg", ""),
        ("Nej", "Nej", ""),
    ],
)
def test_yes_or_no_stands_apart_from_its_ground(short: str, verdict: str, ground: str) -> None:
    assert short_answer_parts(short) == (verdict, ground)


@pytest.mark.parametrize(
    ("statement", "short", "beyond"),
    [
        ("61 miljoner kronor (Avtalet, 4.1).", "61 miljoner kronor", ""),
        ("Till och med 2017 (Avtalet, 8.1).", "till och med 2017", ""),
        (
            "Nej: inga åtaganden. (Avtal A, § 5). Även andra avtal kan avses: Ja: (Avtal B).",
            "Nej: inga åtaganden.",
            "Även andra avtal kan avses: Ja: (Avtal B).",
        ),
        ("Högskolan Väst enligt två avtal.", "Lärosätet", "Högskolan Väst enligt två avtal."),
    ],
)
def test_the_lead_says_only_what_the_short_answer_does_not(statement: str, short: str, beyond: str) -> None:
    assert beyond_short_answer(statement, short) == beyond


def test_the_figures_stand_apart_from_the_statement() -> None:
    assert statement_parts("4 av 6 avtal omfattar hyra. Alla 6 är genomsökta.") == (
        "4 av 6",
        "avtal omfattar hyra.",
        "Alla 6 är genomsökta.",
    )
    assert statement_parts("Inget stöd funnet.") == ("", "Inget stöd funnet.", "")


@pytest.mark.parametrize(
    ("path", "label", "place"),
    [
        (("4", "4.1"), "4.1", "4.1"),
        (("§ 4", "4.2"), "4.2 Styrgrupp", "4.2 Styrgrupp"),
        (("§ 1", "§ 1.1"), "§ 1.1 Parterna", "§ 1.1 Parterna"),
        (("1", "12.1"), "12.1", "1 › 12.1"),
        (("§ 6", "Uppsägning"), "Uppsägning", "§ 6 › Uppsägning"),
        (("Bilaga 1", "2"), "2 Pris", "Bilaga 1 › 2 Pris"),
        ((), "", ""),
    ],
)
def test_a_number_that_the_next_one_holds_is_not_repeated(
    path: tuple[str, ...], label: str, place: str
) -> None:
    assert place_of(_citation(path, label)) == place


@pytest.mark.parametrize(
    ("pages", "words"), [((3, 3), "sida 3"), ((3, 4), "sida 3–4"), ((3, None), "sida 3"), ((None, None), "")]
)
def test_a_page_that_is_not_known_is_not_shown(pages: tuple[int | None, int | None], words: str) -> None:
    assert page_of(_citation(pages=pages), WORDS) == words


def test_a_copied_citation_has_the_words_the_place_and_what_checks_them() -> None:
    copied = citation_text(_citation(pages=(2, 2)), WORDS, "http://avtal.example/x")
    assert copied == (
        f"”Hyran är\n3 kr”\nAvtal om ladan, § 1 Syfte, sida 2\nTecken 5–12 i textversion sha256:{'ab' * 32}\n"
        "http://avtal.example/x\n"
    )
