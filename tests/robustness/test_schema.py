"""The API answers as its reference says; 20,000 requests by `make robustness` (docs/robustness.md)."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.app import create_app
from api.settings import Settings
from tests.robustness.server import index_of


def test_a_departure_from_the_reference_is_found_and_none_else(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip(
        "schemathesis", reason="Schemathesis saknas: installera med pip install '.[robustness]'"
    )
    from tests.robustness import schema

    app = create_app(Settings(index=index_of(folder, tmp_path), feedback=tmp_path / "utkast"))
    schema.spoil(app)
    outcome = schema.examine(app, 1, each=2)
    assert {key.partition(":")[0] for key in outcome.wrong} == {"GET /healthz"}
    assert len(outcome.sent) > 20
