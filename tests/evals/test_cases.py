"""Cases: what loading refuses, and that the shipped ones are true of the sample agreements."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from corpus.folder import files_in, sources_of
from corpus.identity import identities
from corpus.reading.document import read_document
from corpus.types import ReadError, ReadStatus
from evals.cases import (
    CASES_FOLDER,
    SCHEMA_FILE,
    Case,
    CaseError,
    CaseType,
    Split,
    check_cases,
    load_cases,
    quote_spans,
    schema_text,
)
from indexer.swedish.stopwords import STOPWORDS
from indexer.swedish.words import words_of

_README = (Path(__file__).parents[2] / "evals" / "README.md").read_text(encoding="utf-8")
_SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
_TEXTS = {"a": "Hyran är 5 kr. Avtalet gäller till 2030. Hyran betalas.", "b": "Inget här."}
_LOCATE: dict[str, Any] = {
    "id": "x",
    "type": "locate",
    "q": "Var står hyran?",
    "expected": {"a": "explicit"},
    "quotes": [{"agreement": "a", "quote": "Hyran är 5 kr."}],
}


def _file(folder: Path, *lines: dict[str, Any]) -> Path:
    path = folder / "fall.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def _case(**changes: Any) -> Case:
    return Case.model_validate({**_LOCATE, **changes})


def test_a_good_file_loads_in_order(tmp_path: Path) -> None:
    cases = load_cases(_file(tmp_path, _LOCATE, {**_LOCATE, "id": "y", "q": "Hyran?"}))
    assert [case.id for case in cases] == ["x", "y"]


@pytest.mark.parametrize(
    ("second", "words"),
    [
        ({**_LOCATE, "q": "En annan fråga?"}, "id x finns redan"),
        ({**_LOCATE, "id": "y", "q": "VAR STÅR HYRAN?"}, "finns redan i fall.jsonl, rad 1"),
    ],
)
def test_a_duplicate_is_refused_with_its_line(tmp_path: Path, second: dict[str, Any], words: str) -> None:
    with pytest.raises(CaseError, match=r"fall\.jsonl, rad 2") as refusal:
        load_cases(_file(tmp_path, _LOCATE, second))
    assert words in str(refusal.value)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({**_LOCATE, "type": "gissa"}, "type"),
        ({**_LOCATE, "okänt": 1}, "okänt"),
        ({**_LOCATE, "quotes": []}, "quotes: typen locate behöver minst ett citat"),
        ({**_LOCATE, "expected": {}}, "expected"),
        ({**_LOCATE, "answers": ["5 kr"]}, "answers"),
        ({**_LOCATE, "quotes": [{"agreement": "b", "quote": "Inget"}]}, "quotes: b finns inte i expected"),
        ({**_LOCATE, "type": "robust"}, "scored_as"),
        ({**_LOCATE, "scored_as": "list"}, "scored_as"),
        ({"id": "x", "type": "unanswerable", "q": "Va?", "expected": {"a": "explicit"}}, "expected"),
        ({"id": "x", "type": "fact", "q": "Va?", "expected": {"a": "explicit"}}, "answers"),
        ({"type": "lookup", "q": "Va?"}, "id: fältet saknas"),
        ({**_LOCATE, "id": "Hyra 1"}, "id: bara a–z, 0–9 och bindestreck"),
        ({**_LOCATE, "type": "gissa"}, "ska vara 'list', 'locate', 'fact'"),
        ({**_LOCATE, "quote": "Hyran"}, "quote: fältet finns inte"),
        ({**_LOCATE, "expected": ["a"]}, "expected: fel slags värde"),
    ],
)
def test_a_case_that_says_too_much_or_too_little_is_refused(
    tmp_path: Path, line: dict[str, Any], words: str
) -> None:
    with pytest.raises(CaseError) as refusal:
        load_cases(_file(tmp_path, line))
    assert "rad 1" in str(refusal.value)
    assert words in str(refusal.value)


def test_a_case_on_several_lines_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "fall.jsonl"
    path.write_text(json.dumps(_LOCATE, indent=1), encoding="utf-8")
    with pytest.raises(
        CaseError, match=r"rad 1: raden är inte ett helt JSON-objekt; skriv hela fallet på en rad"
    ):
        load_cases(path)


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=r"Fallfilen borta\.jsonl kan inte läsas"):
        load_cases(tmp_path / "borta.jsonl")


def test_a_dangling_agreement_is_refused() -> None:
    with pytest.raises(CaseError, match="avtalet c finns inte bland de 2 indexerade"):
        check_cases([_case(expected={"a": "explicit", "c": "related"})], _TEXTS)


def test_a_mistyped_agreement_is_met_with_the_nearest_one() -> None:
    with pytest.raises(CaseError, match="menades mapp/hyra-2020"):
        check_cases(
            [_case(expected={"a": "explicit", "mapp/hyra-2002": "related"})], {**_TEXTS, "mapp/hyra-2020": ""}
        )


def test_a_quote_of_another_agreement_is_met_with_where_it_stands() -> None:
    case = _case(quotes=[{"agreement": "a", "quote": "Inget här."}])
    with pytest.raises(CaseError, match=r"finns 0 gånger i a, .* det står i b"):
        check_cases([case], _TEXTS)


@pytest.mark.parametrize(("quote", "times"), [("Hyran är 6 kr.", 0), ("Hyran", 2)])
def test_a_quote_must_stand_in_the_text_exactly_once(quote: str, times: int) -> None:
    case = _case(quotes=[{"agreement": "a", "quote": quote}])
    with pytest.raises(CaseError, match=f"finns {times} gånger i a"):
        check_cases([case], _TEXTS)


def test_a_quote_becomes_a_span_of_the_text() -> None:
    case = _case(quotes=[{"agreement": "a", "quote": "Avtalet gäller"}])
    ((agreement, span),) = quote_spans(case, _TEXTS)
    assert (agreement, span.start, span.end) == ("a", 15, 29)
    assert _TEXTS["a"][span.start : span.end] == "Avtalet gäller"


def test_split_follows_the_only_agreement_and_yields_to_what_is_written() -> None:
    assert _case(id="m").half is _case(id="n").half
    assert {_case(split=half).half for half in Split} == set(Split)


def test_the_schema_beside_the_cases_is_current() -> None:
    assert SCHEMA_FILE.read_text(encoding="utf-8") == schema_text()


@pytest.fixture(scope="module")
def shipped() -> tuple[Case, ...]:
    return load_cases(CASES_FOLDER / "samples.jsonl")


def test_shipped_cases_are_true_of_the_samples(shipped: tuple[Case, ...]) -> None:
    files = sources_of(_SAMPLES, list(files_in(_SAMPLES, _SAMPLES / ".avtal")))
    own = identities(files, {})
    texts: dict[str, str] = {}
    for path in own:
        try:
            texts[own[path].agreement_id] = read_document(_SAMPLES / path, path).text
        except ReadError as error:
            # The scanned sample, only where Tesseract is not installed: no case may ask of it.
            assert error.status is ReadStatus.NEEDS_OCR and shutil.which("tesseract") is None
    check_cases(shipped, texts)


def test_shipped_cases_are_enough_of_every_type(shipped: tuple[Case, ...]) -> None:
    counts = Counter(case.type for case in shipped)
    assert len(shipped) >= 250
    assert min(counts[kind] for kind in CaseType) >= 25
    assert {case.half for case in shipped} == set(Split)


def test_half_of_the_shipped_locate_questions_have_none_of_the_passage_s_words(
    shipped: tuple[Case, ...],
) -> None:
    locate = [case for case in shipped if case.type is CaseType.LOCATE]
    paraphrased = [case for case in locate if case.paraphrase]
    assert 2 * len(paraphrased) >= len(locate)
    for case in paraphrased:
        passage = set().union(*(_atoms(expected.quote) for expected in case.quotes))
        assert _atoms(case.q) & passage == set(), case.id


def test_a_shipped_fact_s_answer_stands_in_its_quote(shipped: tuple[Case, ...]) -> None:
    verbal = [case for case in shipped if case.quotes and set(case.answers) - {"ja", "nej"}]
    for case in verbal:
        quotes = " ".join(expected.quote for expected in case.quotes).casefold()
        assert any(answer.casefold() in quotes for answer in case.answers), case.id


def _atoms(text: str) -> set[str]:
    """What the word layer finds a text's content words by: their stems, and those of a compound's parts."""
    return {atom for word in words_of(text) if word.word not in STOPWORDS for atom in word.atoms}


def test_the_readme_s_types_are_all_types() -> None:
    assert re.findall(r"^\| `(\w+)` \| [^|]+ \| [^|]+ \|$", _README, flags=re.MULTILINE) == [
        "type",
        *CaseType,
    ]


def test_the_readme_s_five_cases_fit_the_agreements_they_tell_of(tmp_path: Path) -> None:
    (examples,) = re.findall(r"```jsonl\n(.*?)```", _README, flags=re.DOTALL)
    path = tmp_path / "mina.jsonl"
    path.write_text(examples, encoding="utf-8")
    cases = load_cases(path)
    assert [case.type.value for case in cases] == ["list", "locate", "fact", "lookup", "unanswerable"]
    lease = "Hyran är 5 000 kr per månad.\nAvtalet sägs upp skriftligen nio\nmånader i förväg."
    check_cases(cases, {"hyror/lokal": lease, "vard/hemma": "Hemsjukvård"})


def test_the_readme_s_counts_are_those_of_the_shipped_cases(shipped: tuple[Case, ...]) -> None:
    locate = [case for case in shipped if case.type is CaseType.LOCATE]
    free = [
        case
        for case in locate
        if _atoms(case.q).isdisjoint(set().union(*(_atoms(expected.quote) for expected in case.quotes)))
    ]
    said = " ".join(_README.split())
    assert f"De medföljande fallen är {len(shipped)}." in said
    assert f"Av de {len(locate)} `locate`-frågorna har {len(free)} inget ord gemensamt" in said
    assert 2 * len(free) >= len(locate)
