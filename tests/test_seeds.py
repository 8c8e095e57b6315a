"""Acceptance: real agreements from outside the repository, asked what the product was ordered to answer."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from api.checks import verify_against_sources
from api.json_lines import citations_in
from corpus.reading.document import read_document
from corpus.types import AvtalError
from indexer.build import build_index
from indexer.store import open_index
from indexer.types import Encoder
from retriever.answer import ask
from retriever.engine import Engine, open_engine
from retriever.types import Answer, AnswerKind, Citation, Coverage, Verdict

SEEDS = Path(os.environ.get("AVTAL_SEEDS", Path(__file__).parents[2] / "shared" / "seeds"))

pytestmark = pytest.mark.skipif(
    not SEEDS.is_dir(), reason=f"no agreements in {SEEDS}; name their folder with AVTAL_SEEDS"
)

ESKILSTUNA, COUNTY, SODERTORN, REGION, TROLLHATTAN = "000", "001", "002", "003", "004"
SPELLINGS = (
    "vilka avtal omfattar kompetensförsörjning?",
    "vilka avtal omfattar kompetensforsorjning?",
    "vilka avtal omfattar försörjning av kompetens?",
)
FACTS = (
    ("Hur mycket pengar omfattar Samhällskontraktet?", ESKILSTUNA, "61 miljoner kronor"),
    ("Till när gäller det?", ESKILSTUNA, "till och med 2017"),
    ("Till när gäller Samhällskontraktet?", ESKILSTUNA, "till och med 2017"),
)
QUESTIONS = (
    *SPELLINGS,
    *(question for question, _, _ in FACTS),
    "Kan avsiktsförklaringen med Region Västmanland sägas upp?",
    "Medför den ekonomiska åtaganden?",
    "Vilka avtal nämner Agenda 2030?",
    "Vem har avtal med Trollhättan?",
    "Vilket avtal reglerar parkeringsplatser?",
    "Vad är syftet med samverkan?",
    "arbetsintegrerat lärande",
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, shipped: Encoder) -> Path:
    """A folder with the agreements in `avtal` and their index in `index`."""
    folder = tmp_path_factory.mktemp("avtal")
    shutil.copytree(SEEDS, folder / "avtal")
    build_index(folder / "avtal", folder / "index", shipped, read_document)
    return folder


@pytest.fixture(scope="module")
def seeds(place: Path, shipped: Encoder) -> Engine:
    return open_engine(place / "index", shipped)


def short(agreement_id: str) -> str:
    return agreement_id[:3]


def named(answer: Answer, coverage: Coverage) -> set[str]:
    return {short(a.agreement_id) for a in answer.agreements if a.coverage is coverage}


def every_citation(answer: Answer) -> Iterator[Citation]:
    yield from answer.citations
    for agreement in answer.agreements:
        yield from agreement.citations
    for hit in answer.hits:
        yield hit.citation


@pytest.mark.parametrize("question", SPELLINGS)
def test_four_agreements_cover_the_subject_and_at_most_one_is_near(seeds: Engine, question: str) -> None:
    answer = ask(seeds, question)
    assert answer.kind is AnswerKind.AGREEMENTS
    assert named(answer, Coverage.EXPLICIT) == {ESKILSTUNA, COUNTY, SODERTORN, REGION}
    assert named(answer, Coverage.RELATED) <= {TROLLHATTAN}
    done = answer.completeness
    assert (done.searched, done.covering) == (len(seeds.index.agreements), 4)
    assert f"4 av {done.searched} avtal" in answer.statement
    assert f"Alla {done.searched} är genomsökta" in answer.statement
    for agreement in answer.agreements:
        if agreement.coverage is Coverage.EXPLICIT:
            best = agreement.citations[0]
            assert "kompetensförsörjning" in best.quote.casefold()
            assert best.section_label
            assert best.section_path


def test_the_clause_of_the_numbered_agreement_is_named(seeds: Engine) -> None:
    cited = [c for c in every_citation(ask(seeds, SPELLINGS[0])) if short(c.agreement_id) == REGION]
    assert {c.section_path[0] for c in cited if "kompetensförsörjning" in c.quote} <= {"§ 1", "§ 3"}
    assert all((c.page_first, c.page_last) == (None, None) for c in cited)


@pytest.mark.parametrize(("question", "agreement", "wanted"), FACTS)
def test_amount_and_end_date(seeds: Engine, question: str, agreement: str, wanted: str) -> None:
    answer = ask(seeds, question)
    assert (answer.kind, answer.short_answer) == (AnswerKind.FACT, wanted)
    span = answer.short_answer_span
    assert span is not None
    cited = answer.citations[span.citation]
    assert short(cited.agreement_id) == agreement
    assert seeds.index.agreements[cited.agreement_id].text[span.start : span.end] == wanted


@pytest.mark.parametrize(
    ("question", "reply", "section", "words"),
    [
        ("Kan avsiktsförklaringen med Region Västmanland sägas upp?", "Ja", "§ 6", "skriftligt"),
        ("Medför den ekonomiska åtaganden?", "Nej", "§ 5", "inga ekonomiska åtaganden"),
        ("Medför avsiktsförklaringen med Region Västmanland ekonomiska åtaganden?", "Nej", "§ 5", "inga ekonomiska åtaganden"),
    ],
)  # fmt: skip
def test_yes_and_no_with_their_clause(
    seeds: Engine, question: str, reply: str, section: str, words: str
) -> None:
    answer = ask(seeds, question)
    assert answer.kind is AnswerKind.FACT
    assert answer.short_answer is not None
    assert answer.short_answer.startswith(f"{reply}:")
    best = answer.citations[0]
    assert (short(best.agreement_id), best.section_path[0]) == (REGION, section)
    assert words in " ".join(best.quote.split())


def test_one_agreement_mentions_the_agenda(seeds: Engine) -> None:
    answer = ask(seeds, "Vilka avtal nämner Agenda 2030?")
    assert named(answer, Coverage.EXPLICIT) == {REGION}
    assert answer.completeness.covering == 1
    assert "Agenda 2030" in answer.citations[0].quote


def test_who_has_an_agreement_with_the_city(seeds: Engine) -> None:
    answer = ask(seeds, "Vem har avtal med Trollhättan?")
    assert answer.short_answer is not None
    assert "Högskolan Väst" in answer.short_answer
    assert short(answer.citations[0].agreement_id) == TROLLHATTAN


def test_what_no_agreement_speaks_of_is_abstained_from(seeds: Engine) -> None:
    answer = ask(seeds, "Vilket avtal reglerar parkeringsplatser?")
    assert (answer.kind, answer.abstained, answer.agreements, answer.citations) == (
        AnswerKind.NONE,
        True,
        (),
        (),
    )
    assert answer.completeness.searched == len(seeds.index.agreements)
    assert "genomsökta" in answer.statement
    assert answer.reason is not None
    assert "parkeringsplatser" in answer.reason


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_citation_is_a_slice_of_its_text(seeds: Engine, question: str) -> None:
    for cited in every_citation(ask(seeds, question)):
        assert seeds.index.agreements[cited.agreement_id].text[cited.start : cited.end] == cited.quote


def test_page_furniture_is_never_quoted(seeds: Engine) -> None:
    furniture = ("Facebook", "javascript", "Sidan är uppdaterad", "Senast uppdaterad")
    for question in (
        *QUESTIONS,
        "Dela Facebook Mail Twitter",
        "javascript inaktiverat webbläsare",
        "Läs mer om",
    ):
        for cited in every_citation(ask(seeds, question, limit=50)):
            assert not [word for word in furniture if word in cited.quote]


def test_a_quote_is_followed_through_edits_with_and_without_a_new_index(
    place: Path, seeds: Engine, shipped: Encoder, tmp_path: Path
) -> None:
    folder, root = Path(shutil.copytree(place / "avtal", tmp_path / "avtal")), tmp_path / "index"
    shutil.copytree(place / "index", root)
    build_index(folder, root, shipped, read_document)
    saved = tmp_path / "citat.json"
    cited = ask(seeds, "Hur mycket pengar omfattar Samhällskontraktet?").citations[0]
    saved.write_text(json.dumps(asdict(cited), ensure_ascii=False), encoding="utf-8")
    source = folder / open_index(root).manifest.read_from[cited.agreement_id]
    text = source.read_text(encoding="utf-8")

    def verdicts() -> tuple[Verdict, Verdict]:
        """Before the folder is indexed again, and after."""
        before = verify_against_sources(open_index(root), citations_in(saved))
        build_index(folder, root, shipped, read_document)
        after = verify_against_sources(open_index(root), citations_in(saved))
        return before[0].verdict, after[0].verdict

    assert verdicts() == (Verdict.EXACT, Verdict.EXACT)
    source.write_text("Handling ur arkivet.\n\n" + text, encoding="utf-8")
    assert verdicts() == (Verdict.MOVED, Verdict.MOVED)
    assert "61 miljoner" in cited.quote
    source.write_text(text.replace("61 miljoner", "62 miljoner"), encoding="utf-8")
    assert verdicts() == (Verdict.CHANGED, Verdict.CHANGED)
    source.write_text(text, encoding="utf-8")
    assert verdicts() == (Verdict.EXACT, Verdict.EXACT)
    source.unlink()
    assert verdicts() == (Verdict.GONE, Verdict.GONE)


def test_a_flipped_bit_in_the_index_is_refused_by_name(place: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(place / "index", tmp_path / "index"))
    vectors = open_index(root).folder / "vectors.faiss"
    data = bytearray(vectors.read_bytes())
    data[len(data) // 2] ^= 4
    vectors.write_bytes(data)
    with pytest.raises(AvtalError, match=r"vectors\.faiss"):
        open_index(root)
