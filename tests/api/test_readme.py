"""What README.md and docs/ say exists: commands, options, routes, settings, statuses, make targets, files."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import typer

from api.admin import page_door
from api.admin import pages as admin_pages
from api.app import create_app
from api.cli import app
from api.printing import STATUS_WORDS
from api.routes import overview, pages
from api.settings import Settings
from evals.cli import app as eval_app
from indexer.encoder import WEIGHTS_FOLDER
from retriever.answer import ask
from retriever.engine import Engine

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "evals" / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
COMMANDS = typer.main.get_command(app)
EVALS = typer.main.get_command(eval_app)
REFERENCE = README + (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
"""What names every route and setting: the README and the page it points to."""
README_LINES = 210
IMAGE_BYTES = 500_000


def _code(text: str) -> list[str]:
    """Lines of fenced blocks, and inline code, in order."""
    fenced = re.findall(r"^```\w*\n(.*?)^```", text, re.M | re.S)
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"^```\w*\n.*?^```", "", text, flags=re.M | re.S))
    return [line.strip().removeprefix("$ ") for line in "\n".join([*fenced, *inline]).splitlines()]


def _commands(text: str) -> list[list[str]]:
    """The words after `avtal` of every command line in the text, comments and redirections left out."""
    found = []
    for line in _code(text):
        match = re.match(r"(?:\S*/)?avtal (.+)$", line)
        if match and re.match(r"[a-z]+\b", match[1]):
            found.append(shlex.split(re.sub(r"\s[>|].*$", "", match[1]), comments=True))
    return found


def _children(command: object) -> dict[str, object]:
    """The subcommands, by name; none for a command that has none."""
    return dict(getattr(command, "commands", {}))


def _options(command: object) -> set[str]:
    return {
        name
        for parameter in getattr(command, "params", ())
        for name in (*parameter.opts, *parameter.secondary_opts)
    }


def _wrong(words: list[str]) -> str | None:
    """What in a command line does not exist; None where all of it does."""
    name, rest = words[0], words[1:]
    if name not in _children(COMMANDS):
        return f"no command {name}"
    command = _children(COMMANDS)[name]
    if name == "eval" and rest:
        kinds = re.split(r"\||, ", rest[0])
        if unknown := [kind for kind in kinds if kind not in _children(EVALS) and kind != "…"]:
            return f"no eval {unknown}"
        if rest[0] == "…" or len(kinds) > 1:
            return None
        command = _children(EVALS)[rest[0]]
    elif inner := _children(command):
        if not rest or rest[0] not in inner:
            return f"no {name} {rest[:1]}"
        command = inner[rest[0]]
    unknown = [word for word in rest if word.startswith("--") and word not in _options(command)]
    return f"no option {unknown} of {name}" if unknown else None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_command_and_option_exists(page: Path) -> None:
    wrong = [(words, _wrong(words)) for words in _commands(page.read_text(encoding="utf-8"))]
    assert [found for found in wrong if found[1]] == []


def test_every_command_is_in_the_readme() -> None:
    named = {words[0] for words in _commands(README)} | ({"eval"} if "`make eval`" in README else set())
    assert named == set(_children(COMMANDS))


def test_a_command_that_does_not_exist_is_seen() -> None:
    assert _wrong(["sök", "x"]) == "no command sök"
    assert _wrong(["ask", "x", "--snabbt"]) == "no option ['--snabbt'] of ask"
    assert _wrong(["eval", "prova"]) == "no eval ['prova']"
    assert _wrong(["audit", "prova"]) == "no audit ['prova']"
    assert _wrong(["audit", "verify", "x", "--snabbt"]) == "no option ['--snabbt'] of audit"
    assert _wrong(["index", "mapp", "--to", "x"]) is None


_APP = create_app(Settings(index=Path("saknas"), folder=Path("saknas"), admin_key_hash="0" * 64))


def _routes() -> list[str]:
    """Paths of the contract and of the pages, parameters as `{name}`."""
    shown = [
        getattr(route, "path", "").replace(":path", "")
        for route in (*overview.router.routes, *pages.router.routes)
    ]
    return [*_APP.openapi()["paths"], *shown, "/openapi.json"]


def _fits(address: str, path: str) -> bool:
    return bool(re.fullmatch(re.sub(r"\\{\w+\\}", ".+", re.escape(path)), address))


def _is_route(address: str) -> bool:
    served = [
        getattr(route, "path", "")
        for route in (*_APP.routes, *admin_pages.router.routes, *page_door.router.routes)
    ]
    unlisted = [
        "/sokruta",
        "/opensearch.xml",
        "/avtalssok.js",
    ]  # of the box: served, and no part of the schema
    return any(_fits(address, path) for path in [*_routes(), *served, *unlisted])


def test_every_route_named_exists_and_every_route_is_named() -> None:
    addresses = {
        urlsplit(word.strip("'\"")).path
        for line in _code(REFERENCE)
        for word in re.split(r"[\s,]+", line)
        if re.match(r"['\"]?(?:http://127\.0\.0\.1:8000)?/(?!/)", word)
    }
    assert {address for address in addresses if not _is_route(address)} == set()
    assert {path for path in _routes() if not any(_fits(address, path) for address in addresses)} == set()


def test_a_route_that_does_not_exist_is_seen() -> None:
    assert _is_route("/api/ask")
    assert _is_route("/api/agreements/larosaten/samhallskontraktet/source")
    assert not _is_route("/api/fråga")


def test_every_setting_is_documented_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `(AVTAL_\w+)` \| `([^`]*)` \|", REFERENCE, re.M))
    assert rows == {
        f"AVTAL_{name.upper()}": str(field.default) for name, field in Settings.model_fields.items()
    }


def test_every_status_of_the_report_is_documented() -> None:
    rows = re.findall(r"^\| ([^|`]+) \| `(\w+)` \|", README, re.M)
    assert {(words, status) for words, status in rows} == {
        (words, status.value) for status, words in STATUS_WORDS.items()
    }


def test_every_make_target_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    named = {words[1] for line in _code(README) if (words := line.split())[:1] == ["make"] and len(words) > 1}
    assert {"demo", "test", "serve", "eval"} <= named <= targets


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_relative_link_resolves(page: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
    relative = [link.partition("#")[0] for link in links if not re.match(r"[a-z]+:|#", link)]
    assert [link for link in relative if not (page.parent / link).exists()] == []


def test_every_file_and_function_named_by_a_docs_table_exists() -> None:
    rows = re.findall(
        r"`([\w.]+)`(?:, `(\w+)`)? (?:i|\()? ?\[([\w/]+\.py)\]",
        (ROOT / "docs" / "arkitektur.md").read_text(encoding="utf-8"),
    )
    assert len(rows) >= 10
    for *names, file in rows:
        source = (ROOT / file).read_text(encoding="utf-8")
        for name in filter(None, names):
            assert re.search(rf"def {name.rpartition('.')[2]}\b", source), f"{name} in {file}"


def test_readme_is_short_and_its_pictures_small() -> None:
    assert len(README.splitlines()) <= README_LINES
    assert sum(path.stat().st_size for path in (ROOT / "docs" / "images").iterdir()) <= IMAGE_BYTES


DEMO = "vilka avtal omfattar kompetensförsörjning?"


@pytest.mark.parametrize("question", [DEMO, "Hur mycket pengar omfattar Samhällskontraktet?"])
def test_the_output_shown_is_what_the_samples_give(question: str, samples: Engine) -> None:
    """Paste the output of `make demo` and of the question anew where this fails, and take the pictures again."""
    block = next(b for b in re.findall(r"^```text\n(.*?)^```", README, re.M | re.S) if _about(question, b))
    answer = ask(samples, question)
    assert answer.statement in block
    quotes = {" ".join(citation.quote.split()) for citation in answer.citations}
    shown = re.findall(r"”(.*?)”", " ".join(block.split()))
    assert shown and set(shown) <= quotes


def _about(question: str, block: str) -> bool:
    return question in block if question == DEMO else "SAMHÄLLSKONTRAKTET" in block


def test_the_counts_shown_are_those_of_the_samples(samples: Engine) -> None:
    """As above: paste the output of `make demo` anew."""
    counts = re.search(r"^(\d+) avtal och (\d+) stycken i indexet", README, re.M)
    assert counts is not None
    index = samples.index
    assert [int(n) for n in counts.groups()] == [len(index.agreements), len(index.passages)]


def test_the_encoders_size_is_the_one_stated() -> None:
    stated = re.search(r"på (\d+) MB", README)
    size = sum(path.stat().st_size for path in WEIGHTS_FOLDER.rglob("*") if path.is_file())
    assert stated is not None and int(stated[1]) == round(size / 1e6)
