"""The page's text module, run by Node where there is one: offsets, flow and marks."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

TEXT_JS = Path(__file__).resolve().parents[2] / "api" / "page" / "text.js"
NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(NODE is None, reason="Node saknas: sidans textmodul kan inte köras här")


def _run(expression: str, *arguments: object, folder: Path) -> Any:
    """The JSON value of a JavaScript expression over `t` (the module) and `a` (the arguments)."""
    assert NODE is not None
    # Node takes a file for an ES module by its name.
    (folder / "text.mjs").write_text(TEXT_JS.read_text(encoding="utf-8"), encoding="utf-8")
    script = folder / "run.mjs"
    script.write_text(
        f'import * as t from "./text.mjs";\nconst a = {json.dumps(arguments)};\n'
        f"console.log(JSON.stringify({expression}));\n",
        encoding="utf-8",
    )
    done = subprocess.run([NODE, str(script)], capture_output=True, text=True, check=True, timeout=60)
    return json.loads(done.stdout)


@pytest.mark.parametrize("text", ["avtal", "å🤝ä 🤝🤝 ö", "🤝", "", "e\u0301 𝔄"])
def test_every_code_point_span_is_cut_as_in_python(text: str, tmp_path: Path) -> None:
    spans = [(start, end) for start in range(len(text) + 1) for end in range(start, len(text) + 1)]
    cut = _run(
        "a[1].map(([s, e]) => a[0].slice(t.unitsOf(a[0])(s), t.unitsOf(a[0])(e)))",
        text,
        spans,
        folder=tmp_path,
    )
    assert cut == [text[start:end] for start, end in spans]


def test_offsets_outside_the_text_are_clamped(tmp_path: Path) -> None:
    assert _run("[-1, 99].map(t.unitsOf('a🤝'))", folder=tmp_path) == [0, 3]


def test_wrapped_lines_flow_and_short_lines_break(tmp_path: Path) -> None:
    text = (
        "Parterna vill med denna avsiktsförklaring arbeta för att stärka sin\n"
        "samverkan.\n\nOmråden:\n • Skola\n\uf0d8 Vård och\nomsorg\nDatum\nRektor"
    )
    assert _run("t.flowed(a[0])", text, folder=tmp_path) == (
        "Parterna vill med denna avsiktsförklaring arbeta för att stärka sin samverkan.\n"
        "Områden:\n• Skola\n• Vård och omsorg\nDatum\nRektor"
    )


def test_numbered_line_is_never_joined_to_the_one_before(tmp_path: Path) -> None:
    text = "En rad som är så lång att den säkert har brutits av sidans bredd\n2.1 Nästa punkt"
    assert _run("t.flowed(a[0]).split('\\n').length", text, folder=tmp_path) == 2


def test_marks_that_overlap_become_disjoint_and_the_first_wins(tmp_path: Path) -> None:
    marks = [{"start": 4, "end": 8, "kind": "answer"}, {"start": 0, "end": 6}, {"start": 7, "end": 12}]
    assert _run("t.disjoint(a[0])", marks, folder=tmp_path) == [
        {"start": 0, "end": 4},
        {"start": 4, "end": 8, "kind": "answer"},
        {"start": 8, "end": 12},
    ]


@pytest.mark.parametrize(
    ("text", "term", "marked"),
    [
        ("Samverkan om kompetensförsörjningen.", "kompetensförsörjning", ["kompetensförsörjningen"]),
        ("kompetensförsörjning", "kompetensforsorjning", ["kompetensförsörjning"]),
        ("Målen i Agenda 2030, inte 20301.", "agenda 2030", ["Agenda", "2030"]),
        ("rätt ratt", "rätt", ["rätt"]),
        ("en ed", "ed", ["ed"]),
    ],
)
def test_words_of_the_question_are_marked(text: str, term: str, marked: list[str], tmp_path: Path) -> None:
    assert (
        _run("t.termMarks(a[0], [a[1]]).map(m => a[0].slice(m.start, m.end))", text, term, folder=tmp_path)
        == marked
    )


def test_window_keeps_the_first_mark_and_cuts_at_spaces(tmp_path: Path) -> None:
    text = " ".join(f"ord{i}" for i in range(400))
    at = text.index("ord200 ")
    window = _run("t.windowOf(a[0], [{start: a[1], end: a[1] + 6}], 300)", text, at, folder=tmp_path)
    assert window["start"] <= at < at + 6 <= window["end"]
    assert window["end"] - window["start"] <= 300
    assert text[window["start"] - 1] == " " == text[window["end"]]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2. **Växa i Västmanland**, den", "2. Växa i Västmanland, den"),
        ("nedan *regionen*.", "nedan regionen."),
        ("Lokal* och mark*", "Lokal* och mark*"),
        ("3 * 4 * 5", "3 * 4 * 5"),
        ("**** ____", "**** ____"),
        ("** tomt **", "** tomt **"),
    ],
)
def test_signs_around_words_are_not_shown_and_other_stars_are(text: str, shown: str, tmp_path: Path) -> None:
    signs = _run("t.unshown(a[0], 0, a[0].length)", text, folder=tmp_path)
    kept = [i for i in range(len(text)) if not any(s["start"] <= i < s["end"] for s in signs)]
    assert "".join(text[i] for i in kept) == shown


def test_hashes_before_a_heading_are_not_shown(tmp_path: Path) -> None:
    assert _run("t.flowed(a[0])", "## § 2 Syfte\n\n#1 av fem", folder=tmp_path) == "§ 2 Syfte\n#1 av fem"
