"""Canonical text as the pages show it: what flows, what breaks, what is marked, what is left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.rendering.flow import Point, Run, RunKind, flow, flowed, inline, window
from api.rendering.lines import unshown
from api.rendering.marks import Mark, MarkKind, disjoint, moved, term_marks


def test_wrapped_lines_flow_and_short_lines_break() -> None:
    text = (
        "Parterna vill med denna avsiktsförklaring arbeta för att stärka sin\n"
        "samverkan.\n\nOmråden:\n • Skola\n\uf0d8 Vård och\nomsorg\nDatum\nRektor"
    )
    assert flowed(text) == (
        "Parterna vill med denna avsiktsförklaring arbeta för att stärka sin samverkan.\n"
        "Områden:\n• Skola\n• Vård och omsorg\nDatum\nRektor"
    )


def test_numbered_line_is_never_joined_to_the_one_before() -> None:
    text = "En rad som är så lång att den säkert har brutits av sidans bredd\n2.1 Nästa punkt"
    assert len(flowed(text).split("\n")) == 2


def test_marks_that_overlap_become_disjoint_and_the_first_wins() -> None:
    marks = (Mark(4, 8, MarkKind.ANSWER), Mark(0, 6), Mark(7, 12))
    assert disjoint(marks) == (Mark(0, 4), Mark(4, 8, MarkKind.ANSWER), Mark(8, 12))


def test_marks_are_moved_and_cut_to_the_text() -> None:
    assert moved((Mark(10, 20), Mark(0, 3)), -12, 5) == [Mark(0, 5)]


@pytest.mark.parametrize(
    ("text", "term", "marked"),
    [
        ("Samverkan om kompetensförsörjningen.", "kompetensförsörjning", ["kompetensförsörjningen"]),
        ("kompetensförsörjning", "kompetensforsorjning", ["kompetensförsörjning"]),
        ("Målen i Agenda 2030, inte 20301.", "agenda 2030", ["Agenda", "2030"]),
        ("rätt ratt", "rätt", ["rätt"]),
        ("en ed", "ed", ["ed"]),
    ],
)
def test_words_of_the_question_are_marked(text: str, term: str, marked: list[str]) -> None:
    assert [text[mark.start : mark.end] for mark in term_marks(text, [term])] == marked


def test_window_keeps_the_first_mark_and_cuts_at_spaces() -> None:
    text = " ".join(f"ord{i}" for i in range(400))
    at = text.index("ord200 ")
    start, end = window(text, [Mark(at, at + 6)], 300)
    assert start <= at < at + 6 <= end <= start + 300
    assert text[start - 1] == " " == text[end]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2. **Växa i Västmanland**, den", "2. Växa i Västmanland, den"),
        ("nedan *regionen*.", "nedan regionen."),
        ("Lokal* och mark*", "Lokal* och mark*"),
        ("3 * 4 * 5", "3 * 4 * 5"),
        ("**** ____", "**** ____"),
        ("** tomt **", "** tomt **"),
    ],
)
def test_signs_around_words_are_not_shown_and_other_stars_are(text: str, shown: str) -> None:
    hidden = unshown(text, 0, len(text))
    kept = (sign for i, sign in enumerate(text) if not any(first <= i < last for first, last in hidden))
    assert "".join(kept) == shown


def test_hashes_before_a_heading_are_not_shown() -> None:
    assert flowed("## § 2 Syfte\n\n#1 av fem") == "§ 2 Syfte\n#1 av fem"


def test_a_mark_over_a_wrapped_line_is_one_mark() -> None:
    text = "Den här raden är så lång att den har brutits av sidans bredd\nmitt i en mening. Slut."
    (group,) = flow(text, 0, len(text), (Mark(40, 70, MarkKind.CITED),))
    (runs,) = group.paragraphs
    assert [run.kind for run in runs] == ["text", "cited-text", "text"]
    assert runs[1].text == text[40:70].replace("\n", " ")


def test_a_page_that_begins_between_lines_stands_before_the_next_one() -> None:
    (group,) = flow("Första\n\nAndra", 0, 13, (), (Point(7, "Sida 2"),))
    assert group.paragraphs == (
        (Run("text", "Första"),),
        (Run(RunKind.PAGE, "Sida 2"), Run("text", "Andra")),
    )


def test_an_inline_heading_loses_its_signs_and_keeps_its_marks() -> None:
    assert inline("## Syfte", 0, 8, (Mark(3, 8),)) == (Run("word", "Syfte"),)


@given(st.text(alphabet="abåä 12.§•*#\n\t", max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_no_letter_is_lost_or_moved_whatever_is_marked(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    marks = (Mark(start, end, MarkKind.CITED),) if start < end else ()
    shown = "".join(
        run.text for group in flow(text, 0, len(text), marks) for runs in group.paragraphs for run in runs
    )
    assert [sign for sign in shown if sign.isalnum()] == [sign for sign in text if sign.isalnum()]
