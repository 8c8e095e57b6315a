"""A folder as BEIR, TREC and MTEB lay it out: corpus, queries, and judgements by split."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from evals.public_files import SUFFIXES, Row, SetError, kind_of, rows_of, text_at, text_of
from evals.public_types import PublicSet

_QRELS_FOLDERS = ("qrels", "data", "default", ".")
_TREC = (".txt", ".qrels", ".trec")


def folder_set(folder: Path, split: str) -> PublicSet:
    """`corpus` and `queries` as one file or a folder of files, judgements in `qrels/<split>.tsv` (or jsonl, Parquet,
    TREC's four columns). The title stands before the text. Raises SetError for a part that is missing or dangling.
    """
    documents = {
        _id(row, where): " ".join(part for part in (_title(row), str(row.get("text") or "")) if part)
        for where, row in _table(folder, "corpus")
    }
    questions = {_id(row, where): text_at(row, "text", where) for where, row in _table(folder, "queries")}
    qrels: dict[str, dict[str, int]] = {}
    for where, question, document, grade in _judgements(folder, split):
        for number, known, what in ((question, questions, "queries"), (document, documents, "corpus")):
            if number not in known:
                raise SetError(f"{where}: id {number} finns inte i {what}; hämta mappen på nytt.")
        if grade > 0:
            qrels.setdefault(question, {})[document] = grade
    judged = {number: text for number, text in questions.items() if number in qrels}
    return PublicSet(folder.name, judged, documents, qrels, len(questions) - len(judged))


def _table(folder: Path, name: str) -> Iterator[tuple[str, Row]]:
    paths = _files(folder, name) or _files(folder / name, "*")
    if not paths:
        raise SetError(f"{folder.name} saknar {name}.jsonl (eller {name}.parquet, eller mappen {name}).")
    for path in paths:
        yield from rows_of(path)


def _files(folder: Path, pattern: str) -> list[Path]:
    found = (path for path in folder.glob(f"{pattern}.*") if path.is_file())
    return sorted(path for path in found if kind_of(path) in (*SUFFIXES, *_TREC))


def _judgements(folder: Path, split: str) -> Iterator[tuple[str, str, str, int]]:
    for place in _QRELS_FOLDERS:
        paths = [path for path in _files(folder / place, f"{split}*") if place != "." or "qrel" in path.name]
        if not paths:
            continue
        for path in paths:
            yield from _trec(path) if _is_trec(path) else _rows(path)
        return
    given = sorted(path.name for path in _files(folder / "qrels", "*"))
    raise SetError(
        f"{folder.name} saknar qrels/{split}.tsv; finns: {', '.join(given) or 'inga'}; ange --split."
    )


def _is_trec(path: Path) -> bool:
    """TREC's file has no headings: four columns, the last one a number from the first line on."""
    if kind_of(path) == ".parquet":
        return False
    first = text_of(path).partition("\n")[0].split()
    return len(first) == 4 and first[3].lstrip("-").isdigit()


def _trec(path: Path) -> Iterator[tuple[str, str, str, int]]:
    for at, line in enumerate(text_of(path).splitlines(), 1):
        cells = line.split()
        where = f"{path.name}, rad {at}"
        if len(cells) != 4:
            raise SetError(f"{where}: TREC:s facit har fyra kolumner, raden har {len(cells)}.")
        yield where, cells[0], cells[2], _grade(cells[3], where)


def _rows(path: Path) -> Iterator[tuple[str, str, str, int]]:
    for where, row in rows_of(path):
        question, document, grade = (row.get(name) for name in ("query-id", "corpus-id", "score"))
        if question is None or document is None or grade is None:
            raise SetError(f"{where}: facit ska ha query-id, corpus-id och score, har {', '.join(row)}.")
        yield where, str(question), str(document), _grade(grade, where)


def _grade(value: object, where: str) -> int:
    try:
        return int(float(str(value)))
    except ValueError as error:
        raise SetError(f"{where}: graden {value!r} är inget tal.") from error


def _id(row: Row, where: str) -> str:
    number = row.get("_id", row.get("id"))
    if number is None:
        raise SetError(f"{where}: fältet _id saknas.")
    return str(number)


def _title(row: Row) -> str:
    return str(row.get("title") or "").strip()
