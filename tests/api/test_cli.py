"""The command line: every command, its exit status, its one sentence, its JSON; and a job that is killed."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas

from corpus.reading.document import read_document
from indexer.build import build_index
from indexer.store import open_index
from indexer.types import Encoder
from retriever.answer import ask
from retriever.engine import open_engine

Avtal = Callable[..., subprocess.CompletedProcess[str]]

PROJECT = Path(__file__).parents[2]
CONSOLE = Path(sys.executable).with_name("avtal")
SUBJECT = "vilka avtal omfattar kompetensförsörjning?"
NO_AGREEMENT = "Vilket avtal reglerar parkeringsplatser?"


def one_sentence(done: subprocess.CompletedProcess[str]) -> str:
    """The error that a domain error leaves: exit 1, one line, nothing else."""
    assert (done.returncode, done.stdout) == (1, ""), done
    assert done.stderr.startswith("Fel: ")
    assert done.stderr.count("\n") == 1
    return done.stderr


def unwrapped(done: subprocess.CompletedProcess[str]) -> str:
    """What was shown, as one line."""
    return " ".join(done.stdout.split())


def picture_pdf() -> bytes:
    """A page with a drawing and no text, as a scanner leaves it."""
    made = BytesIO()
    canvas = Canvas(made)
    canvas.rect(100, 100, 300, 500, fill=1)
    canvas.save()
    return made.getvalue()


def test_index_reports_every_file_and_ask_answers(avtal: Avtal, folder: Path) -> None:
    first = avtal("index", folder)
    assert (first.returncode, first.stderr) == (0, "")
    for name in ("badet.html", "hyra/ladan.txt", "skola/åkerby.md", "vägar/snö och is.txt"):
        assert name in unwrapped(first)
    assert "4 avtal och 19 stycken i indexet; ny generation 000001-" in unwrapped(first)
    assert "(19 stycken inbäddade" in unwrapped(first)
    answered = avtal("ask", SUBJECT)
    assert (answered.returncode, answered.stderr) == (0, "")
    assert "2 av 4 avtal omfattar kompetensförsörjning" in unwrapped(answered)
    assert "”Kommunen och högskolan vill tillsammans trygga ortens kompetensförsörjning.”" in unwrapped(
        answered
    )
    assert "1 Bakgrund, tecken" in unwrapped(answered)
    again = avtal("index", folder)
    assert again.returncode == 0
    assert "inget har ändrats, generation 000001-" in unwrapped(again)
    assert "(0 stycken inbäddade" in unwrapped(again)


def test_index_as_json_has_a_row_a_file(avtal: Avtal, folder: Path, root: Path) -> None:
    (folder / "tom.txt").write_bytes(b"")
    done = avtal("index", folder, "--to", root, "--json")
    assert done.returncode == 0
    report = json.loads(done.stdout)
    assert {"files", "generation", "published", "agreements", "passages", "embedded"} <= set(report)
    assert report["generation"] == open_index(root).generation
    assert [(row["path"], row["status"]) for row in report["files"]] == [
        ("badet.html", "unchanged"),
        ("hyra/ladan.txt", "unchanged"),
        ("skola/åkerby.md", "unchanged"),
        ("tom.txt", "refused"),
        ("vägar/snö och is.txt", "unchanged"),
    ]
    assert set(report["files"][0]) == {
        "path", "status", "reason", "agreement_id", "characters", "pages", "sections", "passages", "warnings",
        "numbering_gaps", "pages_without_text", "suspected_mojibake", "split_sentences", "moved_from", "duplicate_of",
    }  # fmt: skip
    assert (report["agreements"], report["embedded"]) == (4, 0)


def test_files_that_cannot_be_read_have_their_reason_and_the_exit_is_0(
    avtal: Avtal, folder: Path, root: Path
) -> None:
    (folder / "tom.txt").write_bytes(b"")
    (folder / "okänd.xyz").write_bytes(b"\x00\x01\x02\xff")
    (folder / "trasig.pdf").write_bytes(b"%PDF-1.4\nhit men inte vidare")
    (folder / "inskannad.pdf").write_bytes(picture_pdf())
    done = avtal("index", folder, "--to", root, "--json")
    assert done.returncode == 0
    report = json.loads(done.stdout)
    rows = {row["path"]: row for row in report["files"] if row["agreement_id"] is None}
    assert {path: row["status"] for path, row in rows.items()} == {
        "tom.txt": "refused",
        "okänd.xyz": "refused",
        "trasig.pdf": "refused",
        "inskannad.pdf": "needs_ocr",
    }
    assert "tom" in rows["tom.txt"]["reason"]
    assert "xyz" in rows["okänd.xyz"]["reason"]
    assert "text" in rows["inskannad.pdf"]["reason"]
    assert len({row["reason"] for row in rows.values()}) == 4
    assert report["agreements"] == 4
    shown = avtal("index", folder, "--to", root)
    assert (shown.returncode, "4 filer togs inte med" in unwrapped(shown)) == (0, True)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        ("missing", "finns inte; ange en mapp med avtal"),
        ("empty", "är tom; lägg avtalen där"),
        ("file", "är en fil, inte en mapp"),
        ("unreadable", "kunde läsas"),
    ],
)
def test_a_folder_that_gives_nothing_is_one_sentence(
    avtal: Avtal, tmp_path: Path, make: str, words: str
) -> None:
    given = tmp_path / make
    if make == "file":
        given.write_text("Ett avtal.", encoding="utf-8")
    elif make != "missing":
        given.mkdir()
    if make == "unreadable":
        (given / "tom.txt").write_bytes(b"")
    sentence = one_sentence(avtal("index", given))
    assert words in sentence
    assert str(given) in sentence
    assert "inget index" in one_sentence(avtal("ask", SUBJECT))


@pytest.mark.parametrize(
    "command",
    [("ask", SUBJECT), ("search", "hyra"), ("doctor",), ("rollback",), ("serve",)],
    ids=lambda command: str(command[0]),
)
def test_a_wrong_index_is_one_sentence_with_the_next_command(
    avtal: Avtal, tmp_path: Path, command: tuple[str, ...]
) -> None:
    sentence = one_sentence(avtal(*command, "--index", tmp_path / "fel"))
    assert str(tmp_path / "fel") in sentence
    assert "avtal index" in sentence


@pytest.mark.parametrize(
    "words",
    [
        ("hittepå",),
        ("ask",),
        ("ask", "fråga", "--batch", "fil.jsonl"),
        ("ask", "fråga", "--okänd"),
        ("search",),
        ("search", "hyra", "--limit", "0"),
        ("search", "hyra", "--limit", "många"),
        ("index",),
        ("verify",),
        ("serve", "--port", "99999"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_exit_2(avtal: Avtal, words: tuple[str, ...]) -> None:
    done = avtal(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr


def test_help_names_every_command_of_the_contract(avtal: Avtal) -> None:
    done = avtal("--help")
    assert done.returncode == 0
    for command in ("index", "search", "ask", "serve", "eval", "verify", "doctor"):
        assert f" {command} " in done.stdout


def test_a_question_is_narrowed_by_party_kind_day_and_year(avtal: Avtal, index: Path) -> None:
    for words, searched in (
        (("--party", "Åkerby kommun"), 2),
        (("--type", "Ramavtal"), 1),
        (("--valid-on", "2031-06-01"), 3),
        (("--year", "2032"), 3),
        (("--year", "2030", "--party", "Granboda kommun"), 2),
    ):
        for command in ("search", "ask"):
            found = json.loads(avtal(command, "hyra", "--index", index, "--json", *words).stdout)
            assert found.get("searched", found.get("completeness", {}).get("searched")) == searched, words
    assert avtal("ask", "hyra", "--index", index, "--valid-on", "i går").returncode == 2


def test_search_shows_ranked_passages(avtal: Avtal, index: Path) -> None:
    done = avtal("search", "hyran per månad", "--index", index, "--limit", "2")
    assert (done.returncode, done.stderr) == (0, "")
    assert "4 avtal genomsökta, 2 stycken visas." in unwrapped(done)
    assert "1. Hyresavtal mellan Granboda kommun och Tallviks AB" in unwrapped(done)
    found = json.loads(avtal("search", "hyran per månad", "--index", index, "--limit", "2", "--json").stdout)
    assert [hit["rank"] for hit in found["hits"]] == [1, 2]
    assert "12 500 kronor" in found["hits"][0]["text"]


def test_ask_as_json_is_the_body_of_the_route(avtal: Avtal, index: Path, shipped: Encoder) -> None:
    answer = json.loads(avtal("ask", SUBJECT, "--index", index, "--json").stdout)
    assert (answer["kind"], answer["completeness"]["covering"]) == ("agreements", 2)
    text = open_engine(index, shipped).index.agreements["skola/åkerby"].text
    cited = answer["citations"][0]
    assert text[cited["start"] : cited["end"]] == cited["quote"]


def test_ask_abstains_in_words(avtal: Avtal, index: Path) -> None:
    done = avtal("ask", NO_AGREEMENT, "--index", index)
    assert done.returncode == 0
    assert 'Inget stöd funnet för "parkeringsplatser". Alla 4 är genomsökta.' in unwrapped(done)


def test_an_empty_question_is_one_sentence(avtal: Avtal, index: Path) -> None:
    assert "frågan är tom" in one_sentence(avtal("ask", "  ", "--index", index))
    assert "frågan är tom" in one_sentence(avtal("search", "", "--index", index))


def test_a_batch_gives_one_line_a_question_with_its_id(avtal: Avtal, index: Path, tmp_path: Path) -> None:
    questions = tmp_path / "frågor.jsonl"
    rows: list[dict[str, object]] = [{"id": "å1", "q": SUBJECT}, {"id": 7, "q": NO_AGREEMENT}]
    questions.write_text(
        "\n\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n", encoding="utf-8"
    )
    done = avtal("ask", "--batch", questions, "--index", index)
    assert (done.returncode, done.stderr) == (0, "")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(a["id"], a["kind"], a["abstained"]) for a in answers] == [
        ("å1", "agreements", False),
        ("7", "none", True),
    ]
    alone = json.loads(avtal("ask", SUBJECT, "--index", index, "--json").stdout)
    apart = {"id", "took_ms"}
    assert {k: v for k, v in answers[0].items() if k not in apart} == {
        k: v for k, v in alone.items() if k not in apart
    }


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("inte json", "rad 1 är inte JSON"),
        ('{"id": "a"}', 'rad 1 saknar "id" eller "q"'),
        ("[1]", "rad 1 saknar"),
    ],
)
def test_a_batch_line_that_is_no_question_is_named(
    avtal: Avtal, index: Path, tmp_path: Path, content: str, words: str
) -> None:
    questions = tmp_path / "frågor.jsonl"
    questions.write_text(content + "\n", encoding="utf-8")
    sentence = one_sentence(avtal("ask", "--batch", questions, "--index", index))
    assert words in sentence
    assert str(questions) in sentence


def test_the_same_question_twice_gives_the_same_bytes(avtal: Avtal, index: Path) -> None:
    def asked() -> str:
        answer = json.loads(avtal("ask", SUBJECT, "--index", index, "--json").stdout)
        assert answer.pop("took_ms") > 0
        return json.dumps(answer)

    assert asked() == asked()


def verdicts(avtal: Avtal, file: Path, root: Path) -> list[str]:
    done = avtal("verify", file, "--index", root, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    return [found["verdict"] for found in json.loads(done.stdout)]


def test_verify_follows_the_source_through_edits_with_and_without_a_new_index(
    avtal: Avtal, folder: Path, root: Path
) -> None:
    source = folder / "skola" / "åkerby.md"
    text = source.read_text("utf-8")
    cited = json.loads(avtal("ask", "vilka avtal nämner praktikplatser?", "--index", root, "--json").stdout)
    file = folder.parent / "citat.json"
    file.write_text(json.dumps(cited["citations"][0]), encoding="utf-8")
    assert verdicts(avtal, file, root) == ["exact"]
    edits = {
        "moved": text.replace("## 1 Bakgrund", "Beslutat i nämnden.\n\n## 1 Bakgrund"),
        "changed": text.replace("tjugo praktikplatser", "trettio praktikplatser"),
        "exact": text + "\n## 5 Tillägg\n\nEn ny mening.\n",
    }
    for verdict, edited in edits.items():
        source.write_text(edited, encoding="utf-8")
        assert verdicts(avtal, file, root) == [verdict]
        assert avtal("index", folder, "--to", root).returncode == 0
        assert verdicts(avtal, file, root) == [verdict]
    source.unlink()
    assert verdicts(avtal, file, root) == ["gone"]
    assert avtal("index", folder, "--to", root).returncode == 0
    assert verdicts(avtal, file, root) == ["gone"]


def test_verify_reads_a_whole_answer_and_says_each_verdict(avtal: Avtal, index: Path, tmp_path: Path) -> None:
    file = tmp_path / "svar.json"
    file.write_text(avtal("ask", SUBJECT, "--index", index, "--json").stdout, encoding="utf-8")
    done = avtal("verify", file, "--index", index)
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert len(lines) >= 2
    assert all(line.startswith("exact: ") and "tecken" in line for line in lines)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "finns inte"),
        ("{", "är inte JSON"),
        ("{}", "innehåller inget citat"),
        ('{"quote": "x"}', "ofullständigt"),
    ],
)
def test_verify_refuses_a_file_without_citations(
    avtal: Avtal, index: Path, tmp_path: Path, content: str | None, words: str
) -> None:
    file = tmp_path / "fil.json"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    sentence = one_sentence(avtal("verify", file, "--index", index))
    assert words in sentence
    assert "fil.json" in sentence


def test_the_doctor_finds_a_whole_index_whole_and_names_a_damaged_file(avtal: Avtal, root: Path) -> None:
    done = avtal("doctor", "--index", root)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) >= 7
    assert all(line.startswith("ok ") for line in done.stdout.splitlines())
    (open_index(root).folder / "stems.npz").write_bytes(b"")
    assert "stems.npz" in one_sentence(avtal("doctor", "--index", root))


def test_rollback_goes_back_and_says_so(avtal: Avtal, folder: Path, root: Path) -> None:
    before = open_index(root).generation
    (folder / "badet.html").unlink()
    assert avtal("index", folder, "--to", root).returncode == 0
    done = avtal("rollback", "--index", root)
    assert (done.returncode, before in done.stdout) == (0, True)
    assert open_index(root).generation == before


def test_a_pruned_index_holds_no_byte_of_a_deleted_agreement(avtal: Avtal, folder: Path, root: Path) -> None:
    def held() -> list[Path]:
        return [path for path in root.rglob("*") if path.is_file() and b"badhuset" in path.read_bytes()]

    (folder / "badet.html").unlink()
    assert avtal("index", folder, "--to", root).returncode == 0
    assert held()
    told = avtal("index", folder, "--to", root, "--prune")
    assert "Äldre generationer som togs bort: 2." in told.stdout
    assert held() == []
    assert "ingen tidigare generation" in avtal("rollback", "--index", root).stderr


def test_an_unknown_encoder_is_one_sentence(avtal: Avtal, folder: Path) -> None:
    assert "hittepå" in one_sentence(avtal("index", folder, "--encoder", "hittepå"))


def test_the_evaluation_has_its_door(avtal: Avtal, tmp_path: Path) -> None:
    assert avtal("eval", "run", "--index", tmp_path / "fel").returncode == 1
    assert avtal("eval", "hittepå").returncode == 2


def test_serve_answers_on_the_port_it_was_given(index: Path, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [str(CONSOLE), "serve", "--index", str(index), "--port", str(port)]
    said = tmp_path / "stderr.txt"
    with said.open("w") as file, subprocess.Popen(words, cwd=PROJECT, stderr=file) as server:
        try:
            reply = eventually(f"http://127.0.0.1:{port}/readyz", server)
        finally:
            server.terminate()
    assert reply is not None, said.read_text("utf-8")
    assert reply["generation"] == open_index(index).generation
    assert f"http://127.0.0.1:{port}/" in said.read_text("utf-8")


def eventually(url: str, server: subprocess.Popen[bytes]) -> Any:
    """The JSON at `url` once `server` gives it; None where the server ends before, or half a minute passes."""
    until = time.monotonic() + 30
    while server.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=5) as reply:
                return json.load(reply)
        except OSError:
            time.sleep(0.05)
    return None


def at_start(_: Path) -> bool:
    return True


def when_reading(root: Path) -> bool:
    return (root / "lock").stat().st_mtime_ns > (root / "current").stat().st_mtime_ns


def when_writing(root: Path) -> bool:
    return any(path.name.startswith(".new-") for path in (root / "generations").iterdir())


def when_written(root: Path) -> bool:
    return len([path for path in (root / "generations").iterdir() if path.name[0] != "."]) > 2


@pytest.mark.parametrize(
    "moment", [at_start, when_reading, when_writing, when_written], ids=lambda m: m.__name__
)
def test_a_killed_index_leaves_the_former_generation_answering(
    moment: Callable[[Path], bool], folder: Path, index: Path, shipped: Encoder, tmp_path: Path
) -> None:
    root = tmp_path / "index"
    before = build_from(index, folder, root, shipped)
    wanted = ask(open_engine(root, shipped), SUBJECT).agreements
    (folder / "ny.txt").write_text(
        "Avtal om kvarnen\n\n§ 1 Mjöl\n\nMjölet mals på hösten.\n", encoding="utf-8"
    )
    with subprocess.Popen(
        [str(CONSOLE), "index", str(folder), "--to", str(root)], cwd=PROJECT, env={**os.environ, "COLUMNS": "80"},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as child:  # fmt: skip
        while child.poll() is None and not moment(root):
            time.sleep(0.001)
        child.kill()
    engine = open_engine(root, shipped)
    if engine.index.generation == before:
        assert ask(engine, SUBJECT).agreements == wanted
    else:
        assert moment not in (at_start, when_reading)
        assert set(engine.index.agreements) == {
            "badet",
            "hyra/ladan",
            "ny",
            "skola/åkerby",
            "vägar/snö och is",
        }
    after = build_index(folder, root, shipped, read_document)
    assert after.agreements == 5
    assert not [path for path in (root / "generations").iterdir() if path.name.startswith(".")]


def build_from(index: Path, folder: Path, root: Path, encoder: Encoder) -> str:
    """An index of `folder` at `root`, grown from a copy of `index`; its generation."""
    shutil.copytree(index, root)
    return build_index(folder, root, encoder, read_document).generation


def test_an_empty_question_does_not_end_the_batch(avtal: Avtal, index: Path, tmp_path: Path) -> None:
    file = tmp_path / "f.jsonl"
    rows = [{"id": i, "q": q} for i, q in enumerate(("snö", " ", "snö"))]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    lines = [json.loads(line) for line in avtal("ask", "--batch", file, "--index", index).stdout.splitlines()]
    assert [line["id"] for line in lines] == ["0", "1", "2"]
    assert "frågan är tom" in lines[1]["error"]


def test_a_bad_setting_is_one_sentence(avtal: Avtal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AVTAL_PORT", "sjutton")
    assert "AVTAL_PORT" in one_sentence(avtal("serve"))
