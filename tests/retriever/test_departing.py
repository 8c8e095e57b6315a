"""What is common in a type of clause, and who departs from it."""

from __future__ import annotations

from retriever.clause_types import clause_type
from retriever.departing import DepartingWording, departing_wording
from retriever.engine import Engine


def departing(engine: Engine, key: str) -> DepartingWording:
    return departing_wording(engine, list(engine.index.agreements.values()), clause_type(key))


def test_another_notice_period_departs_from_the_usual_one(clauses: Engine) -> None:
    found = departing(clauses, "notice")
    assert found.usual == ("uppsägningstid", "6 månader", 3)
    (only,) = found.departing
    assert (only.agreement_id, only.statement) == (
        "cederby",
        "uppsägningstid 12 månader; vanligast 6 månader",
    )
    assert only.values[0].citation.quote in clauses.index.agreements["cederby"].text
    assert set(found.as_usual) == {"alvik", "bergby", "dalby"}
    assert found.absent == ("ekeby",)


def test_a_figure_is_no_other_wording(clauses: Engine) -> None:
    """Sex, 6 and tolv månader stand in one and the same sentence."""
    (common,) = departing(clauses, "notice").common
    assert common.count == 4
    assert common.citation.quote.startswith("Vardera parten får säga upp avtalet")


def test_another_wording_and_an_addition_are_told_apart(clauses: Engine) -> None:
    found = departing(clauses, "disputes")
    assert [(d.agreement_id, d.statement) for d in found.departing] == [
        ("cederby", "egen lydelse"),
        ("bergby", "1 mening utöver den vanliga"),
    ]
    assert [c.quote for c in found.departing[0].own] == ["Tvist avgörs av skiljemän i Cederby."]


def test_few_clauses_have_nothing_common(clauses: Engine) -> None:
    found = departing(clauses, "insurance")
    assert (found.agreements, found.common, found.departing, found.as_usual) == (1, (), (), ())


def test_the_samples_depart_by_figures_that_stand_in_the_text(samples: Engine) -> None:
    for key in ("notice", "insurance", "finance"):
        for each in departing(samples, key).departing:
            for value in each.values:
                text = samples.index.agreements[each.agreement_id].text
                assert text[value.citation.start : value.citation.end] == value.citation.quote
                assert value.value != value.usual
