"""Headings become questions for a list: whole, the same for the same seed, long headings and questions left out."""

from __future__ import annotations

from indexer.training.listed import FORMS, listed

HEADINGS = [
    "Uppsägning av avtalet.",
    "EU:s strukturfonder",
    "Vem betalar?",
    "En rubrik som är så lång att den inte längre kan vara ett ämne",
    "Vissa kupongskattefrågor, m.m.",
]


def test_short_headings_are_asked_for_as_they_stand_inside_a_sentence() -> None:
    questions = listed(HEADINGS, seed=3)
    subjects = ("uppsägning av avtalet", "EU:s strukturfonder", "vissa kupongskattefrågor, m.m")
    assert len(questions) == len(subjects)
    for question, subject in zip(questions, subjects, strict=True):
        assert question in {form.format(subject) for form in FORMS}


def test_the_seed_decides_the_form() -> None:
    many = HEADINGS[:1] * 40
    assert listed(many, seed=3) == listed(many, seed=3) != listed(many, seed=4)
    assert len(set(listed(many, seed=3))) > len(FORMS) // 2
