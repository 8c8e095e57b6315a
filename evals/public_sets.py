"""Public question sets given by path: Swedish ones in a file each, and folders as BEIR, TREC and MTEB lay them out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from evals.public_files import Row, SetError, rows_at, rows_of, text_at, texts_at
from evals.public_folders import folder_set
from evals.public_types import PublicSet


class SetKind(StrEnum):
    """The layouts that can be read. The Swedish sets in SuperLim's form, SQuAD's form, or `q, pos` lines."""

    BEIR = "beir"
    SWEFAQ = "swefaq"
    SWEQUAD = "swequad"
    SQUAD_SV = "squad-sv"


def load_set(kind: SetKind, path: Path, split: str = "test") -> PublicSet:
    """The set at `path`: a file (.json, .jsonl, .tsv, also .xz or .gz), or for `beir` a folder with that split.

    Raises SetError for what is missing, malformed or holds no judged question.
    """
    if not path.exists():
        raise SetError(f"{path.name} finns inte; ange sökvägen till {kind.value}.")
    if (kind is SetKind.BEIR) != path.is_dir():
        wanted = "en mapp med corpus, queries och qrels" if kind is SetKind.BEIR else "en fil"
        raise SetError(f"{path.name}: {kind.value} ska vara {wanted}.")
    found = folder_set(path, split) if kind is SetKind.BEIR else _from_pairs(kind.value, _PAIRS[kind](path))
    if not found.questions:
        raise SetError(f"{path.name} har inga frågor med facit; kontrollera filen och --set.")
    return found


@dataclass(frozen=True, slots=True)
class _Pair:
    """A passage of the pool, the question it answers (None: none), and other passages of the pool."""

    question: str | None
    passage: str
    others: tuple[str, ...] = ()


def _from_pairs(name: str, pairs: Iterable[_Pair]) -> PublicSet:
    """Equal passages are one document; a question asked twice is one question with both its answers."""
    documents: dict[str, str] = {}
    questions: dict[str, str] = {}
    qrels: dict[str, dict[str, int]] = {}
    for pair in pairs:
        right, *_ = [documents.setdefault(t, f"d{len(documents)}") for t in (pair.passage, *pair.others)]
        if pair.question is not None:
            asked = questions.setdefault(pair.question, f"q{len(questions)}")
            qrels.setdefault(asked, {})[right] = 1
    return PublicSet(
        name=name,
        questions={number: text for text, number in questions.items()},
        documents={number: text for text, number in documents.items()},
        qrels=qrels,
    )


def _swefaq(path: Path) -> Iterator[_Pair]:
    """`question, candidate_answers, label` or `q, pos, candidates`; the pool is every answer of the file."""
    for where, row in rows_of(path):
        if "q" in row:
            yield _Pair(
                text_at(row, "q", where), text_at(row, "pos", where), texts_at(row, "candidates", where)
            )
            continue
        candidates, label = texts_at(row, "candidate_answers", where), row.get("label")
        if not isinstance(label, int) or not 0 <= label < len(candidates):
            raise SetError(f"{where}: label {label!r} pekar inte ut något av {len(candidates)} svar.")
        yield _Pair(text_at(row, "question", where), candidates[label], candidates)


def _contexts(path: Path) -> Iterator[_Pair]:
    """Questions to passages: `question, context` or `q, pos` a row, or SQuAD's paragraphs with `qas`."""
    for where, row in rows_of(path):
        if "paragraphs" in row:
            for paragraph in rows_at(row, "paragraphs", where):
                context = text_at(paragraph, "context", where)
                yield from (_asked(each, context, where) for each in rows_at(paragraph, "qas", where))
        elif "q" in row:
            yield _Pair(text_at(row, "q", where), text_at(row, "pos", where))
        else:
            yield _asked(row, text_at(row, "context", where), where)


def _asked(row: Row, context: str, where: str) -> _Pair:
    """A question that its passage does not answer adds the passage alone."""
    answers = row.get("answers")
    found = answers.get("text") if isinstance(answers, dict) else answers
    impossible = row.get("is_impossible") is True or ("answers" in row and not found)
    return _Pair(None if impossible else text_at(row, "question", where), context)


_PAIRS: Mapping[SetKind, Callable[[Path], Iterator[_Pair]]] = {
    SetKind.SWEFAQ: _swefaq,
    SetKind.SWEQUAD: _contexts,
    SetKind.SQUAD_SV: _contexts,
}
