"""Records as JSON and back, at the command line's edge."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from api.schemas import CitationBody
from corpus.report import FileReport
from corpus.types import AvtalError
from indexer.build import BuildResult
from retriever.departing import DepartingWording
from retriever.matrix import Matrix
from retriever.results import SearchResult
from retriever.types import Answer, Citation, Verification

ANSWER = TypeAdapter(Answer)
SEARCH = TypeAdapter(SearchResult)
REPORT = TypeAdapter(tuple[FileReport, ...])
VERIFICATIONS = TypeAdapter(list[Verification])
MATRIX = TypeAdapter(Matrix)
DEPARTING = TypeAdapter(DepartingWording)


def questions_in(path: Path) -> Iterator[tuple[str, str]]:
    """The (id, question) pairs of a file of `{"id", "q"}` lines; blank lines are passed over.

    Raises AvtalError naming the line that is not such an object.
    """
    for number, line in enumerate(_read(path).splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise AvtalError(
                f'{path} rad {number} är inte JSON ({error.msg}); skriv {{"id": "…", "q": "…"}} på varje rad'
            ) from error
        if not isinstance(row, dict) or not isinstance(row.get("q"), str) or "id" not in row:
            raise AvtalError(
                f'{path} rad {number} saknar "id" eller "q"; skriv {{"id": "…", "q": "…"}} på varje rad'
            )
        yield str(row["id"]), row["q"]


def answer_or_error(answered: Callable[[str], Answer], text: str) -> dict[str, object]:
    """The answer's body; for a question that is refused, the sentence that says why."""
    try:
        body: dict[str, object] = ANSWER.dump_python(answered(text), mode="json")
    except AvtalError as error:
        return {"error": str(error)}
    return body


def citations_in(path: Path) -> list[Citation]:
    """Every citation in a JSON file: one citation, a list of them, or a whole answer.

    Raises AvtalError where the file holds none.
    """
    try:
        content = json.loads(_read(path))
    except json.JSONDecodeError as error:
        raise AvtalError(
            f"{path} är inte JSON ({error.msg} på rad {error.lineno}); ange en fil med ett citat eller ett svar"
        ) from error
    found = list(_citations(content, path))
    if not found:
        raise AvtalError(
            f"{path} innehåller inget citat; ange en fil med ett citat, en lista av citat eller ett svar från avtal ask --json"
        )
    return list(dict.fromkeys(found))


def _citations(content: Any, path: Path) -> Iterator[Citation]:
    if isinstance(content, list):
        for item in content:
            yield from _citations(item, path)
    elif isinstance(content, dict):
        if "quote" in content:
            try:
                yield CitationBody.model_validate(content).record()
            except ValidationError as error:
                first = error.errors()[0]
                raise AvtalError(
                    f"ett citat i {path} är ofullständigt: {'.'.join(map(str, first['loc']))}: {first['msg']}"
                ) from error
        else:
            for value in content.values():
                yield from _citations(value, path)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise AvtalError(f"filen {path} finns inte") from error
    except (UnicodeDecodeError, OSError) as error:
        raise AvtalError(f"filen {path} kan inte läsas som UTF-8-text: {error}") from error


def index_json(result: BuildResult, folder: Path, to: Path, seconds: float) -> dict[str, object]:
    """What `avtal index --json` prints."""
    return {
        "files": REPORT.dump_python(result.report, mode="json"),
        "generation": result.generation,
        "published": result.published,
        "agreements": result.agreements,
        "passages": result.passages,
        "embedded": result.embedded,
        "closed": result.closed,
        "former_damage": result.former_damage,
        "folder": str(folder),
        "index": str(to),
        "seconds": round(seconds, 3),
    }
