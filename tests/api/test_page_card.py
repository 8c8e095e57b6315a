"""The reading view's card, run by Node where there is one: Swedish words for every field, "okänt" where nothing is said."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

CARD_JS = Path(__file__).resolve().parents[2] / "api" / "page" / "card.js"
NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(NODE is None, reason="Node saknas: sidans kortmodul kan inte köras här")


def _run(expression: str, argument: object, folder: Path) -> Any:
    """The JSON value of a JavaScript expression over `c` (the module) and `a` (the argument)."""
    assert NODE is not None
    (folder / "card.mjs").write_text(CARD_JS.read_text(encoding="utf-8"), encoding="utf-8")
    script = folder / "run.mjs"
    script.write_text(
        f'import * as c from "./card.mjs";\nconst a = {json.dumps(argument)};\n'
        f"console.log(JSON.stringify({expression}));\n",
        encoding="utf-8",
    )
    done = subprocess.run([NODE, str(script)], capture_output=True, text=True, check=True, timeout=60)
    return json.loads(done.stdout)


def _fact(name: str, value: str, detail: str = "") -> dict[str, object]:
    return {"name": name, "value": value, "detail": detail, "start": 5, "end": 9}


def _rows(facts: list[dict[str, object]], declared: list[dict[str, object]], folder: Path) -> list[list[str]]:
    agreement = {"facts": facts, "declared": declared}
    rows = _run("c.cardRows(a)", agreement, folder)
    return [[row["label"], *(value["words"] for value in row["values"])] for row in rows]


def test_every_field_has_swedish_words_in_the_cards_order(tmp_path: Path) -> None:
    facts = [
        _fact("party", "Påhitta kommun"),
        _fact("registry_number", "PK 2024-1"),
        _fact("signed", "2014-01"),
        _fact("valid_from", "2024-01-01"),
        _fact("valid_to", "2026-12-31"),
        _fact("extension", "P1Y"),
        _fact("notice_period", "P6M"),
        _fact("last_notice_day", "2026-06-30"),
        _fact("amount", "1800000 SEK", "ersättning per år"),
        _fact("amount", "0.5 SEK"),
        _fact("contact_role", "avtalsansvarig", "skolchefen"),
        _fact("replaces", "avtal med dnr PK 2019-4"),
    ]
    assert _rows(facts, [], tmp_path) == [
        ["Parter", "Påhitta kommun"],
        ["Diarienummer", "PK 2024-1"],
        ["Undertecknat", "januari 2014"],
        ["Gäller från", "1 januari 2024"],
        ["Gäller till", "31 december 2026"],
        ["Förlängs", "automatiskt med 1 år"],
        ["Uppsägningstid", "6 månader"],
        ["Sista dag för uppsägning", "30 juni 2026"],
        ["Belopp", "1\xa0800\xa0000\xa0kr, ersättning per år", "0,5\xa0kr"],
        ["Kontakt", "avtalsansvarig: skolchefen"],
        ["Ersätter", "avtal med dnr PK 2019-4"],
    ]  # fmt: skip


def test_a_date_without_a_year_is_shown_without_one(tmp_path: Path) -> None:
    assert ["Undertecknat", "3 december"] in _rows([_fact("signed", "--12-03")], [], tmp_path)


def test_what_the_text_does_not_say_is_unknown_and_an_endless_agreement_has_no_end(tmp_path: Path) -> None:
    assert _rows([], [], tmp_path) == [
        ["Parter", "okänt"],
        ["Diarienummer", "okänt"],
        ["Undertecknat", "okänt"],
        ["Gäller från", "okänt"],
        ["Gäller till", "okänt"],
        ["Uppsägningstid", "okänt"],
    ]
    endless = _rows([_fact("until_further_notice", "tills vidare")], [], tmp_path)
    assert ["Gäller", "tills vidare"] in endless
    assert not [row for row in endless if row[0] == "Gäller till"]


def test_what_a_manifest_says_is_shown_as_the_manifests_and_leads_nowhere(tmp_path: Path) -> None:
    declared = [
        {"name": "valid_to", "value": "2027-01-31", "detail": "", "manifest": "hyra/avtal.toml"},
        {"name": "signed", "value": "", "detail": "", "manifest": "hyra/avtal.toml"},
    ]
    rows = _run("c.cardRows(a)", {"facts": [], "declared": declared}, tmp_path)
    values = {row["label"]: row["values"] for row in rows}
    assert values["Gäller till"] == [{"words": "31 januari 2027", "manifest": "hyra/avtal.toml"}]
    assert values["Undertecknat"] == [{"words": "okänt", "manifest": "hyra/avtal.toml"}]
