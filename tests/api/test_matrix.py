"""The matrix and the departing wording over HTTP and at the command line."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

from fastapi.testclient import TestClient

from api.matrix_table import as_csv
from retriever.clause_types import clause_types
from retriever.matrix import Matrix, MatrixRow

Avtal = Callable[..., subprocess.CompletedProcess[str]]


def test_the_matrix_has_a_row_an_agreement_and_a_column_a_type(client: TestClient) -> None:
    body = client.get("/api/matrix").json()
    assert [column["type"] for column in body["columns"]] == list(clause_types())
    assert [row["agreement_id"] for row in body["rows"]] == [
        "badet",
        "hyra/ladan",
        "skola/åkerby",
        "vägar/snö och is",
    ]
    cells = {cell["type"]: cell for cell in body["rows"][1]["cells"]}
    assert cells["notice"]["presence"] == "present"
    assert cells["notice"]["citation"]["section_label"] == "§ 4 Uppsägning"
    assert (cells["disputes"]["presence"], cells["disputes"]["citation"]) == ("absent", None)


def test_columns_and_rows_can_be_chosen(client: TestClient) -> None:
    reply = client.get(
        "/api/matrix", params={"clause": ["penalty", "term"], "party": "Åkerby kommun", "limit": 1}
    )
    body = reply.json()
    assert [column["type"] for column in body["columns"]] == ["penalty", "term"]
    assert [row["agreement_id"] for row in body["rows"]] == ["skola/åkerby"]
    assert 'rel="next"' in reply.headers["link"]


def test_the_table_opens_in_a_spreadsheet(client: TestClient) -> None:
    reply = client.get("/api/matrix", params={"format": "csv", "clause": "penalty"})
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(reply.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Avtals-id", "Avtal", "Avtalstyp", "Avtalsparter", "Vite och avdrag"]
    assert {row[0]: row[4] for row in rows[1:]}["vägar/snö och is"] == "ja: § 3 Vite"
    assert {row[0]: row[4] for row in rows[1:]}["badet"] == ""


def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless() -> None:
    row = MatrixRow("a", "=HYPERLINK()", None, (), ())
    assert b";'=HYPERLINK();" in as_csv(Matrix((), (row,), 1, "g"))


def test_an_unknown_type_is_a_problem_that_names_the_value(client: TestClient) -> None:
    for path in ("/api/matrix", "/api/departing"):
        reply = client.get(path, params={"clause": "semester"})
        assert reply.status_code == 422
        assert reply.json()["errors"][0]["name"].startswith("clause")


def test_few_agreements_have_no_common_wording(client: TestClient) -> None:
    body = client.get("/api/departing", params={"clause": "notice"}).json()
    assert (body["agreements"], body["common"], body["departing"]) == (1, [], [])
    assert body["absent"] == ["badet", "skola/åkerby", "vägar/snö och is"]


def test_the_matrix_at_the_command_line(avtal: Avtal, index: Path) -> None:
    counted = avtal("matrix", "--index", index)
    assert counted.returncode == 0
    assert "4 avtal genomsökta." in counted.stdout
    as_json = json.loads(avtal("matrix", "--index", index, "--json").stdout)
    assert as_json["searched"] == 4
    told = avtal("matrix", "--index", index, "--clause", "notice").stdout
    assert "Uppsägning: 1 avtal har klausulen, 3 saknar den." in told


def test_an_unknown_type_at_the_command_line_is_one_sentence(avtal: Avtal, index: Path) -> None:
    refused = avtal("matrix", "--index", index, "--clause", "semester")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "klausultypen semester finns inte; välj bland parties" in refused.stderr
