"""Which clauses an agreement has, where and why; and the matrix of them."""

from __future__ import annotations

import pytest

from corpus.reading.document import read_document
from corpus.types import AvtalError, FactName
from indexer.build import build_index
from indexer.types import Encoder
from retriever.clause_labels import Ground
from retriever.clause_types import clause_type, clause_types
from retriever.engine import Engine, open_engine
from retriever.matrix import Presence, matrix_of


def found(engine: Engine, name: str) -> dict[str, Ground]:
    return {key: label.ground for key, label in engine.clauses.main(name).items() if label.certain}


def quoted(engine: Engine, name: str, key: str) -> str:
    quote = engine.clauses.main(name)[key].quote
    return engine.index.agreements[name].text[quote.start : quote.end]


def test_headings_and_wording_say_which_clauses_there_are(clauses: Engine) -> None:
    assert {"notice", "changes", "disputes"} <= set(found(clauses, "alvik"))
    assert {"staff", "ending", "notice", "disputes"} <= set(found(clauses, "bergby"))
    assert {"organisation", "notice", "disputes"} <= set(found(clauses, "dalby"))
    assert {"purpose", "insurance"} <= set(found(clauses, "ekeby"))


def test_a_text_without_headings_is_labelled_by_its_wording(clauses: Engine) -> None:
    labels = found(clauses, "cederby")
    assert (labels["disputes"], labels["notice"]) == (Ground.CONTENT, Ground.CONTENT)
    assert quoted(clauses, "cederby", "disputes") == "Tvist avgörs av skiljemän i Cederby."


@pytest.mark.parametrize(
    ("name", "key"),
    [("alvik", "liability"), ("bergby", "environment"), ("dalby", "changes"), ("ekeby", "disputes")],
)
def test_words_that_only_look_like_the_type_give_no_label(clauses: Engine, name: str, key: str) -> None:
    """Ansvarsfördelning is no liability, arbetsmiljö no environment, and Övrigt no changes without a word of them."""
    assert key not in found(clauses, name)


def test_a_heading_of_two_types_gives_each_its_own_sentences(clauses: Engine) -> None:
    text = clauses.index.agreements["alvik"].text
    spans = {key: label.clause for key, label in clauses.clauses.main("alvik").items()}
    assert (
        text[spans["changes"].start : spans["changes"].end] == "Ändringar av avtalet ska göras skriftligen."
    )
    assert text[spans["disputes"].start : spans["disputes"].end].startswith("Tvist om avtalet")


def test_a_label_says_why(clauses: Engine) -> None:
    assert clauses.clauses.main("dalby")["disputes"].why == "rubriken '3 Tvister'"
    assert clauses.clauses.main("cederby")["disputes"].why == "innehållet: 'Tvist'"


def test_a_parent_heading_holds_the_points_below_it(samples: Engine) -> None:
    """'11 Hävning' has no text of its own: the point 11.1 below it is the clause."""
    assert quoted(samples, "kommunalt/ramavtal-it-konsulter", "breach").startswith("Part får häva ramavtalet")


def test_lansstyrelsen_is_no_steering(samples: Engine) -> None:
    """A heading with the name Länsstyrelsen was read as one of styrning."""
    for label in samples.clauses.of("larosaten/lansstyrelsen-vastmanland-mdh"):
        assert not (label.key == "organisation" and "Länsstyrelsen" in label.why)


def test_a_message_that_carries_an_agreement_has_no_appendix_for_that(samples: Engine) -> None:
    assert "appendices" not in found(samples, "naringsliv/sponsring-fabelarenan")


def test_every_label_of_the_samples_can_be_cited(samples: Engine) -> None:
    agreements = [agreement for _, agreement in sorted(samples.index.agreements.items())]
    matrix = matrix_of(samples, agreements, list(clause_types().values()))
    for row in matrix.rows:
        text = samples.index.agreements[row.agreement_id].text
        for cell in row.cells:
            if cell.citation is None:
                assert cell.presence is Presence.ABSENT
                continue
            assert cell.start is not None and cell.end is not None and cell.why
            assert text[cell.citation.start : cell.citation.end] == cell.citation.quote
            assert cell.start <= cell.citation.start < cell.citation.end <= cell.end


def test_the_matrix_counts_its_columns(clauses: Engine) -> None:
    types = [clause_type("disputes"), clause_type("insurance")]
    matrix = matrix_of(clauses, list(clauses.index.agreements.values()), types)
    counts = {column.type: (column.present, column.absent) for column in matrix.columns}
    assert counts == {"disputes": (4, 1), "insurance": (1, 4)}
    assert (matrix.searched, len(matrix.rows)) == (5, 5)


def test_an_unknown_type_is_refused_with_those_there_are() -> None:
    with pytest.raises(AvtalError, match="klausultypen semester finns inte; välj bland parties"):
        clause_type("semester")


def test_the_table_of_types_is_whole() -> None:
    for key, each in clause_types().items():
        assert each.sv and each.en and each.asked, key
        assert each.headings or each.cues, key
        assert all(isinstance(fact, FactName) for fact in each.facts)


ENGLISH = """MEMORANDUM OF UNDERSTANDING

between Alviks kommun and the University of Lower Marven

1. Aim

Students shall visit the other institution.

2. Personal data

Applications are sent through the portal.

3. Insurance

Students must hold health insurance.

4. Duration

This Memorandum takes effect on 1 May 2023 and remains in force for four years. Either party may withdraw by giving
three months' written notice.

5. Disagreements

Any disagreement shall be settled amicably.
"""


def test_an_english_agreement_is_labelled_by_its_own_words(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder
) -> None:
    place = tmp_path_factory.mktemp("english")
    (place / "mou.txt").write_text(ENGLISH, encoding="utf-8")
    build_index(place, place.parent / "english-index", encoder, read_document)
    labels = found(open_engine(place.parent / "english-index", encoder), "mou")
    assert {"purpose", "personal_data", "insurance", "term", "notice", "disputes", "parties"} <= set(labels)
    assert {"staff", "confidentiality", "finance", "liability"}.isdisjoint(labels)
