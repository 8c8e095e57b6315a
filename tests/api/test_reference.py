"""The OpenAPI reference says what the doors do: every answer typed, every example true to its type."""

from __future__ import annotations

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter

from api.errors import Problem
from api.examples import ANSWER, CITATION, EXAMPLES, HIT, PROBLEM
from api.routes.common import SOME_SIGN
from api.schemas import AgreementList, CitationBody, Suggestions
from retriever.results import SearchResult
from retriever.types import Answer, Verification

TYPES: dict[str, Any] = {
    "/api/ask": Answer,
    "/api/search": SearchResult,
    "/api/suggest": Suggestions,
    "/api/agreements": AgreementList,
    "/api/verify": Verification,
}


@pytest.fixture(scope="module")
def reference(client: TestClient) -> Any:
    return client.get("/openapi.json").json()


def test_every_answer_and_every_problem_is_typed(reference: Any) -> None:
    for path, methods in reference["paths"].items():
        for operation in methods.values():
            assert operation["summary"]
            for status, response in operation["responses"].items():
                if status in ("204", "304"):
                    continue
                for kind, content in response["content"].items():
                    assert content.get("schema"), (path, status)
                    assert (kind == "application/problem+json") == (status >= "400")


def test_refused_values_are_described_as_they_are_sent(reference: Any) -> None:
    schemas = reference["components"]["schemas"]
    assert "HTTPValidationError" not in schemas
    assert schemas["Problem"]["required"] == ["title", "status", "detail"]
    assert set(reference["paths"]["/api/ask"]["get"]["responses"]) == {
        "200",
        "304",
        "400",
        "414",
        "422",
        "503",
    }
    assert "404" in reference["paths"]["/api/agreements/{agreement_id}"]["get"]["responses"]


@pytest.mark.parametrize("path", TYPES)
def test_an_example_is_true_to_its_type(reference: Any, path: str) -> None:
    kind = TypeAdapter(TYPES[path])
    assert kind.dump_python(kind.validate_python(EXAMPLES[path]), mode="json") == EXAMPLES[path]
    (operation,) = reference["paths"][path].values()
    assert operation["responses"]["200"]["content"]["application/json"]["example"] == EXAMPLES[path]


def test_the_examples_keep_the_citations_promise() -> None:
    assert CITATION["end"] - CITATION["start"] == len(CITATION["quote"])
    assert CitationBody.model_validate(CITATION).record().quote == CITATION["quote"]
    (start, end) = HIT["highlights"][0]
    assert HIT["text"][start:end] == ANSWER["interpreted"]["terms"][0]
    assert Problem.model_validate(PROBLEM).status == 422


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/api/ask", {"q": "vilka avtal omfattar kompetensförsörjning?"}),
        ("/api/ask", {"q": "Till när gäller hyresavtalet?"}),
        ("/api/ask", {"q": "Vilket avtal reglerar parkeringsplatser?"}),
        ("/api/search", {"q": "hyra"}),
        ("/api/suggest", {"q": "hy"}),
        ("/api/agreements", {}),
        ("/api/report", {}),
        ("/readyz", {}),
    ],
)
def test_what_is_sent_is_what_the_reference_says(
    client: TestClient, reference: Any, path: str, query: dict[str, str]
) -> None:
    schema = reference["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    whole = {**schema, "components": reference["components"]}
    Draft202012Validator(whole).validate(client.get(path, params=query).json())


def test_an_empty_question_is_told_as_it_is_read() -> None:
    for sign in map(chr, range(0x11000)):
        assert bool(re.search(SOME_SIGN, sign)) == bool(sign.strip()), hex(ord(sign))
