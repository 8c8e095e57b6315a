"""What the page makes of an answer's wording, run by Node where there is one."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

PAGE = Path(__file__).resolve().parents[2] / "api" / "page"
NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(NODE is None, reason="Node saknas: sidans moduler kan inte köras här")


def _run(expression: str, *arguments: object, folder: Path) -> Any:
    """The JSON value of a JavaScript expression over `answer` and `quote` (the modules) and `a` (the arguments)."""
    assert NODE is not None
    for module in PAGE.glob("*.js"):
        shutil.copy(module, folder)
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    script = folder / "run.js"
    script.write_text(
        'import * as answer from "./answer.js";\nimport * as quote from "./quote.js";\n'
        f"const a = {json.dumps(arguments)};\nconsole.log(JSON.stringify({expression}));\n",
        encoding="utf-8",
    )
    done = subprocess.run([NODE, str(script)], capture_output=True, text=True, check=True, timeout=60)
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("short", "verdict", "ground"),
    [
        ("Ja: Parten får säga upp avtalet.", "Ja", "Parten får säga upp avtalet."),
        ("Nej: inga åtaganden.", "Nej", "Inga åtaganden."),
        ("till och med 2017", "Till och med 2017", ""),
        ("Jarl Berg", "Jarl Berg", ""),
        ("Nej", "Nej", ""),
    ],
)
def test_yes_or_no_stands_apart_from_its_ground(
    short: str, verdict: str, ground: str, tmp_path: Path
) -> None:
    parts = _run("answer.shortAnswerParts(a[0])", short, folder=tmp_path)
    assert parts == {"verdict": verdict, "ground": ground}


@pytest.mark.parametrize(
    ("statement", "short", "beyond"),
    [
        ("61 miljoner kronor (Avtalet, 4.1).", "61 miljoner kronor", ""),
        ("Till och med 2017 (Avtalet, 8.1).", "till och med 2017", ""),
        (
            "Nej: inga åtaganden. (Avtal A, § 5). Även andra avtal kan avses: Ja: (Avtal B).",
            "Nej: inga åtaganden.",
            "Även andra avtal kan avses: Ja: (Avtal B).",
        ),
        ("Högskolan Väst enligt två avtal.", "Lärosätet", "Högskolan Väst enligt två avtal."),
    ],
)
def test_the_lead_says_only_what_the_short_answer_does_not(
    statement: str, short: str, beyond: str, tmp_path: Path
) -> None:
    said = {"statement": statement, "short_answer": short}
    assert _run("answer.beyondShortAnswer(a[0])", said, folder=tmp_path) == beyond


@pytest.mark.parametrize(
    ("path", "label", "place"),
    [
        (["4", "4.1"], "4.1", "4.1"),
        (["§ 4", "4.2"], "4.2 Styrgrupp", "4.2 Styrgrupp"),
        (["§ 1", "§ 1.1"], "§ 1.1 Parterna", "§ 1.1 Parterna"),
        (["1", "12.1"], "12.1", "1 › 12.1"),
        (["§ 6", "Uppsägning"], "Uppsägning", "§ 6 › Uppsägning"),
        (["Bilaga 1", "2"], "2 Pris", "Bilaga 1 › 2 Pris"),
        ([], "", ""),
    ],
)
def test_a_number_that_the_next_one_holds_is_not_repeated(
    path: list[str], label: str, place: str, tmp_path: Path
) -> None:
    citation = {"section_path": path, "section_label": label}
    assert _run("quote.placeOf(a[0])", citation, folder=tmp_path) == place
