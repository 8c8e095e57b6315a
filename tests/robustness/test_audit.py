"""`make audit` is green only where every package had an answer."""

from __future__ import annotations

import json

import pytest

from evals.robustness.audit import Audit

CLEAN = {"name": "numpy", "version": "2.4.0", "vulns": []}
VULNERABLE = {"name": "lxml", "version": "1.0", "vulns": [{"id": "PYSEC-2014-9"}, {"id": "PYSEC-2021-19"}]}
UNANSWERED = {"name": "faiss-cpu", "skip_reason": "Dependency not found on PyPI and could not be audited"}


def audit(*rows: object) -> Audit:
    return Audit.of(json.dumps({"dependencies": rows, "fixes": []}))


@pytest.mark.parametrize(
    ("rows", "status", "said"),
    [
        ([CLEAN], 0, "1 paket: 1 utan känd sårbarhet, 0 sårbara, 0 utan svar"),
        ([CLEAN, VULNERABLE, UNANSWERED], 1, "SÅRBAR lxml 1.0: PYSEC-2014-9, PYSEC-2021-19"),
        ([CLEAN, UNANSWERED], 2, "Inte prövade (faiss-cpu): tjänsten som tillfrågades har inga uppgifter"),
        ([], 2, "0 paket"),
    ],
)
def test_green_only_where_every_package_is_known(rows: list[object], status: int, said: str) -> None:
    assert audit(*rows).status == status
    assert said in str(audit(*rows))


@pytest.mark.parametrize("told", ["", "No known vulnerabilities found", "[]", '{"dependencies": [{}]}'])
def test_what_is_no_report_is_no_answer(told: str) -> None:
    with pytest.raises(ValueError, match=r"Expecting value|no report of pip-audit"):
        Audit.of(told)
