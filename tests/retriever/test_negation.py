"""Negations that deny a subject, and those that do not."""

from __future__ import annotations

import pytest

from retriever.negation import denies, is_negated


@pytest.mark.parametrize(
    ("sentence", "negated"),
    [
        ("Avtalet förlängs inte.", True),
        ("Inga avgifter tas ut.", True),
        ("Den upphör i augusti utan uppsägning.", True),
        ("Hyran höjs utan dröjsmål.", False),
        ("Det utgör inget hinder att fler deltar.", False),
        ("Avtalet förlängs med ett år.", False),
        ("Avgiften höjs aldrig med mer än tre procent.", False),
        ("Ökningen får inte vara över 5 procent.", False),
        ("Uppgifter får inte föras över till ett annat land.", True),
        ("Avtalet gäller inte längre.", True),
    ],
)
def test_a_negation_counts_unless_it_is_taken_back(sentence: str, negated: bool) -> None:
    assert is_negated(sentence) is negated


@pytest.mark.parametrize(
    ("sentence", "subject", "denied"),
    [
        ("Avtalet förlängs inte automatiskt.", "förlängs", True),
        ("Det medför inga nya ekonomiska åtaganden.", "ekonomiska", True),
        ("Sägs det inte upp i god tid förlängs avtalet.", "förlängs", False),
        ("Hunden får inte följa med, men bryggan hyrs ut.", "bryggan", False),
    ],
)
def test_only_a_negation_beside_the_subject_denies_it(sentence: str, subject: str, denied: bool) -> None:
    start = sentence.index(subject)
    assert denies(sentence, [(start, start + len(subject))]) is denied
