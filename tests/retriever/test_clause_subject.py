"""Questions about a type of clause are answered by the labels, under whatever words the clause goes."""

from __future__ import annotations

import pytest

from retriever.answer import ask
from retriever.clause_subject import clause_subject
from retriever.engine import Engine
from retriever.types import Coverage


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Vilka avtal reglerar tvister?", "disputes"),
        ("Vilka avtal saknar regler om tvistlösning?", "disputes"),
        ("Vilka avtal har försäkringskrav?", "insurance"),
        ("Vilka avtal saknar regler om uppsägning eller hur man lämnar samarbetet?", "notice"),
        ("Vilka avtal reglerar uppsägning eller hur man lämnar samarbetet?", None),
        ("Vilka avtal nämner tvister?", None),
        ("Vilka avtal hänskjuter tvister till skiljedom?", None),
        ("Vilka avtal reglerar tvister och försäkring?", None),
    ],
)
def test_the_subject_is_a_type_only_where_every_word_is(clauses: Engine, text: str, key: str | None) -> None:
    assert clause_subject(clauses.understand(text)) == key


def test_a_clause_in_other_words_counts(clauses: Engine) -> None:
    """'Organisation' stands nowhere; '1 Ledning' with its styrgrupp is the clause."""
    answer = ask(clauses, "Vilka avtal reglerar organisation?")
    assert [(a.agreement_id, a.coverage) for a in answer.agreements] == [("dalby", Coverage.EXPLICIT)]
    assert answer.agreements[0].citations[0].quote.startswith("Arbetet leds av en styrgrupp")


def test_what_lacks_the_clause_is_what_no_label_finds(clauses: Engine) -> None:
    answer = ask(clauses, "Vilka avtal saknar tvistlösning?")
    assert [(a.agreement_id, a.coverage) for a in answer.agreements] == [("ekeby", Coverage.EXPLICIT)]


def test_a_ban_on_revealing_secrets_is_no_denial_of_secrecy(samples: Engine) -> None:
    """'Uppgifter som omfattas av sekretess får inte röjas' was counted as an agreement without secrecy."""
    answer = ask(samples, "Vilka avtal saknar sekretess?")
    assert "larosaten/samhallskontraktet" not in {a.agreement_id for a in answer.agreements}


def test_a_clause_whose_only_word_is_its_heading_is_found(samples: Engine) -> None:
    """'11 Hävning' is the heading of points alone, which no passage holds."""
    answer = ask(samples, "Vilka avtal har en hävningsklausul?")
    assert "kommunalt/ramavtal-it-konsulter" in {a.agreement_id for a in answer.agreements}
