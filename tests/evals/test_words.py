"""The ablation on a set of three documents: what is turned off is what goes missing."""

from __future__ import annotations

from evals.public_types import PublicSet
from evals.words import VARIANTS, figures, table

SET = PublicSet(
    name="tre",
    questions={"q0": "hyrorna", "q1": "vad gäller försörjning", "q2": "årlig avgift"},
    documents={
        "d0": "Lokalen kostar en hyra om året.",
        "d1": "Kompetensförsörjning är målet. Båten.",
        "d2": "En årlig avgift betalas.",
    },
    qrels={"q0": {"d0": 1}, "q1": {"d1": 1}, "q2": {"d2": 1}},
)


def test_each_variant_ranks_by_what_it_has() -> None:
    found = figures(SET)
    assert list(found) == [variant.name for variant in VARIANTS]
    assert found["+ grannord = allt"] == [1.0, 1.0, 1.0]
    assert found["ordens former, som de är skrivna"][2] == 1.0
    assert found["egna stammar"][0] == 1.0
    assert found["+ sammansättningars led"][1] == 1.0


def test_the_table_has_a_line_a_variant_and_no_change_for_the_whole() -> None:
    lines = table([SET])
    assert len(lines) == 2 + len(VARIANTS)
    whole = next(line for line in lines if "= allt" in line)
    assert whole == "| + grannord = allt | 1.000 | +0.000 (+0.000 – +0.000) |"
