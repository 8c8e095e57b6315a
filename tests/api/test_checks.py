"""The doctor's checks, each with an index that it finds wrong; and citations against the files as they are."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from api.checks import encoded_again, examine, verify_against_sources
from corpus.reading.document import read_document
from evals.robustness.world import SignEncoder, two_corpora
from indexer.build import build_index
from indexer.lexical import LexicalIndex
from indexer.store import Index, open_index
from indexer.types import Encoder
from indexer.vectors import VectorIndex
from retriever.answer import ask
from retriever.citation import verify
from retriever.engine import Engine, open_engine
from retriever.types import Citation, Verdict


def problems(engine: Engine, index: Index) -> list[str]:
    return [problem for _, problem in examine(replace(engine, index=index)) if problem]


def with_other_text(index: Index) -> Index:
    one = index.agreements["badet"]
    text = one.text.replace("27", "28")
    changed = replace(one, document=replace(one.document, text=text))
    return replace(index, agreements={**index.agreements, "badet": changed})


def with_a_gap(index: Index) -> Index:
    one = index.agreements["badet"]
    return replace(index, agreements={**index.agreements, "badet": replace(one, sections=one.sections[1:])})


def with_a_cut_end(index: Index) -> Index:
    one = index.agreements["badet"]
    return replace(index, agreements={**index.agreements, "badet": replace(one, sections=one.sections[:-1])})


def with_a_moved_passage(index: Index) -> Index:
    first = index.passages[0]
    return replace(index, passages=[replace(first, start=first.start + 1), *index.passages[1:]])


def with_another_count(index: Index) -> Index:
    return replace(index, manifest=index.manifest.model_copy(update={"agreements": 5}))


def with_a_long_vector(index: Index) -> Index:
    vectors = index.vectors.vectors()
    vectors[3] *= 1.5
    return replace(index, vectors=VectorIndex.build(vectors))


def with_vectors_changing_places(index: Index) -> Index:
    vectors = index.vectors.vectors()
    vectors[[0, 3]] = vectors[[3, 0]]
    return replace(index, vectors=VectorIndex.build(vectors))


def with_words_changing_places(index: Index) -> Index:
    passages = [index.passages[3], *index.passages[1:3], index.passages[0], *index.passages[4:]]
    return replace(index, words=LexicalIndex.build(passages))


def with_a_word_of_another_text(index: Index) -> Index:
    passages = [replace(index.passages[0], text="mallgroda"), *index.passages[1:]]
    return replace(index, words=LexicalIndex.build(passages))


def test_a_whole_index_has_no_problems(engine: Engine) -> None:
    found = list(examine(engine))
    assert len(found) == len({name for name, _ in found}) >= 11
    assert [problem for _, problem in found if problem] == []


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (with_other_text, "fel text i badet"),
        (with_a_gap, "lucka vid tecken 0 i badet"),
        (with_a_cut_end, "badet saknar avsnitt"),
        (with_a_moved_passage, "stämmer inte med texten"),
        (with_another_count, "manifestet säger"),
        (with_a_long_vector, "1 vektorer har fel längd"),
        (with_vectors_changing_places, "är en annan texts"),
        (with_words_changing_places, "står i andra stycken"),
        (with_a_word_of_another_text, "ordlistan är inte styckenas"),
    ],
)
def test_each_kind_of_wrong_is_found(engine: Engine, damage: Callable[[Index], Index], words: str) -> None:
    assert any(words in problem for problem in problems(engine, damage(engine.index)))


def test_sentences_that_are_not_the_texts_are_found(tmp_path: Path) -> None:
    two_corpora(tmp_path)
    engine = open_engine(tmp_path / "index-a", SignEncoder())
    assert problems(engine, engine.index) == []
    sentences = engine.index.sentences
    moved = replace(sentences, starts=sentences.starts + 1)
    found = problems(engine, replace(engine.index, sentences=moved))
    assert found == [f"stycket {engine.index.passages[0].passage_id} har andra meningar än texten"]


def test_a_large_index_has_200_vectors_checked_the_first_and_the_last_among_them() -> None:
    rows = encoded_again(12_345)
    assert (len(rows), rows[0], rows[-1]) == (200, 0, 12_344)
    assert encoded_again(3) == [0, 1, 2]


def test_a_missing_original_is_found(built: Path, engine: Engine, tmp_path: Path) -> None:
    root = Path(shutil.copytree(built, tmp_path / "index"))
    index = open_index(root)
    index.source_of("hyra/ladan").unlink()
    assert problems(engine, index) == ["originalet till hyra/ladan (hyra/ladan.txt) saknas eller är ändrat"]


@pytest.fixture
def root(folder: Path, encoder: Encoder) -> Path:
    build_index(folder, folder.parent / "index", encoder, read_document)
    return folder.parent / "index"


@pytest.fixture
def cited(root: Path, encoder: Encoder) -> Citation:
    return ask(open_engine(root, encoder), "Hur stort är vitet?").citations[0]


def test_a_citation_is_checked_against_the_file_as_it_is_now(
    folder: Path, root: Path, cited: Citation
) -> None:
    index = open_index(root)
    source = folder / "vägar" / "snö och is.txt"
    text = source.read_text("utf-8")
    states = {
        text: Verdict.EXACT,
        "Bilaga 3\n\n" + text: Verdict.MOVED,
        text.replace("4 000", "5 000"): Verdict.CHANGED,
        "": Verdict.GONE,
    }
    for state, verdict in states.items():
        source.write_text(state, encoding="utf-8")
        assert [found.verdict for found in verify_against_sources(index, [cited])] == [verdict]
        assert verify(cited, index.agreements).verdict is Verdict.EXACT
    source.unlink()
    gone = verify_against_sources(index, [cited])[0]
    assert (gone.verdict, "finns inte längre" in gone.detail) == (Verdict.GONE, True)


def test_without_the_folder_the_stored_text_is_what_is_checked(
    folder: Path, root: Path, cited: Citation
) -> None:
    shutil.rmtree(folder)
    assert [found.verdict for found in verify_against_sources(open_index(root), [cited])] == [Verdict.EXACT]


def test_a_citation_of_an_unknown_agreement_is_gone(root: Path, cited: Citation) -> None:
    unknown = replace(cited, agreement_id="aldrig funnits")
    known, lost = verify_against_sources(open_index(root), [cited, unknown])
    assert (known.verdict, lost.verdict) == (Verdict.EXACT, Verdict.GONE)
