"""The tools for AI programs, through the SDK's own client: in process, over stdio and over HTTP."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters

from api.live import LiveEngine
from api.mcp_server import MOST_CHARACTERS, create_server
from corpus.reading.document import read_document
from indexer.build import build_index
from indexer.store import open_index
from indexer.types import Encoder

SUBJECT = "vilka avtal omfattar kompetensförsörjning?"
AVTAL = [sys.executable, "-c", "from api.cli import main; main()"]


def calls(target: Any, talk: Callable[[Client], Awaitable[Any]]) -> Any:
    """What `talk` returns, with a client of `target`."""

    async def run() -> Any:
        async with Client(target) as client:
            return await talk(client)

    return asyncio.run(run())


def call(index: Path, tool: str, **arguments: Any) -> Any:
    """The structured answer of a tool. Raises AssertionError with what was told where the tool refuses."""
    result = calls(create_server(LiveEngine(index).get), lambda client: client.call_tool(tool, arguments))
    assert not result.is_error, result.content[0].text
    return result.structured_content


def refusal(index: Path, tool: str, **arguments: Any) -> str:
    """What is told where the tool refuses."""
    result = calls(create_server(LiveEngine(index).get), lambda client: client.call_tool(tool, arguments))
    assert result.is_error
    return str(result.content[0].text)


def test_there_are_four_tools_that_only_read(index: Path) -> None:
    listed = calls(create_server(LiveEngine(index).get), lambda client: client.list_tools())
    assert [tool.name for tool in listed.tools] == ["search", "ask", "agreement", "verify"]
    for tool in listed.tools:
        assert (tool.annotations.read_only_hint, tool.annotations.destructive_hint) == (True, False)
        assert tool.description
        assert tool.output_schema["type"] == "object"


def test_ask_gives_the_set_with_citations_that_verify(index: Path) -> None:
    answer = call(index, "ask", question=SUBJECT)
    assert answer["statement"].startswith("2 av 4 avtal")
    cited = [citation for found in answer["agreements"] for citation in found["citations"]]
    assert cited
    agreements = open_index(index).agreements
    for citation in cited:
        text = agreements[citation["agreement_id"]].text
        assert text[citation["start"] : citation["end"]] == citation["quote"]
    checked = call(index, "verify", citation=cited[0])
    assert (checked["verdict"], checked["start"]) == ("exact", cited[0]["start"])
    moved = call(index, "verify", citation={**cited[0], "quote": "så står det inte"})
    assert moved["verdict"] == "changed"


def test_ask_says_no_where_there_is_no_support(index: Path) -> None:
    answer = call(index, "ask", question="Vilket avtal reglerar parkeringsplatser?")
    assert (answer["abstained"], answer["agreements"], answer["citations"]) == (True, [], [])


def test_search_gives_pages_of_cited_hits(index: Path) -> None:
    found = call(index, "search", question="bolaget", party="Åkerby kommun", limit=2, offset=1)
    assert [hit["rank"] for hit in found["hits"]] == [2, 3]
    assert {hit["citation"]["agreement_id"] for hit in found["hits"]} <= {"skola/åkerby", "vägar/snö och is"}
    assert call(index, "search", question="hyran", valid_on="2031-06-01")["searched"] == 3
    assert call(index, "search", question="hyran", year=2032)["searched"] == 3
    assert call(index, "ask", question=SUBJECT, year=2032)["completeness"]["searched"] == 3


def test_an_agreement_is_read_in_parts(shipped: Encoder, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    line = "Parterna ska måla sjöboden röd varje vår. "
    text = "Avtal om sjöboden\n\n§ 1 Boden\n\n" + "\n\n".join([line * 20] * 30) + "\n"
    (tmp_path / "in" / "bod.txt").write_text(text, encoding="utf-8")
    build_index(tmp_path / "in", tmp_path / "index", shipped, read_document)
    whole = open_index(tmp_path / "index").agreements["bod"].text
    first = call(tmp_path / "index", "agreement", agreement_id="bod")
    assert (first["start"], first["end"], first["next_start"]) == (0, MOST_CHARACTERS, MOST_CHARACTERS)
    rest = call(tmp_path / "index", "agreement", agreement_id="bod", start=first["next_start"])
    assert (first["text"] + rest["text"], rest["next_start"]) == (whole, None)
    assert first["characters"] == len(whole)
    assert "ange ett lägre tal" in refusal(tmp_path / "index", "agreement", agreement_id="bod", start=10**6)


def test_a_refusal_is_told_as_it_is(index: Path) -> None:
    assert "avtalet borta finns inte" in refusal(index, "agreement", agreement_id="borta")
    assert "frågan är tom" in refusal(index, "ask", question=" ")
    assert "limit" in refusal(index, "search", question="hyra", limit=0)


def test_a_new_generation_is_answered_from(folder: Path, root: Path, shipped: Encoder) -> None:
    live = LiveEngine(root)
    server = create_server(live.get)

    async def talk(client: Client) -> tuple[Any, Any]:
        before = await client.call_tool("ask", {"question": "hyra"})
        (folder / "badet.html").unlink()
        build_index(folder, root, shipped, read_document)
        live.refresh()
        return before, await client.call_tool("ask", {"question": "hyra"})

    before, after = calls(server, talk)
    searched = [result.structured_content["completeness"]["searched"] for result in (before, after)]
    assert searched == [4, 3]


def test_it_is_served_over_stdio(index: Path) -> None:
    started = StdioServerParameters(command=AVTAL[0], args=[*AVTAL[1:], "mcp", "--index", str(index)])
    result = calls(started, lambda client: client.call_tool("ask", {"question": SUBJECT}))
    assert result.structured_content["statement"].startswith("2 av 4 avtal")


def test_it_is_served_over_http(index: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [*AVTAL, "mcp", "--http", "--index", str(index), "--port", str(port)]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            for line in server.stderr:
                if "MCP-servern finns" in line:
                    break
            target = f"http://127.0.0.1:{port}/mcp"
            result = calls(target, lambda client: client.call_tool("ask", {"question": SUBJECT}))
        finally:
            server.terminate()
    assert result.structured_content["statement"].startswith("2 av 4 avtal")


def test_without_the_extra_one_sentence_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, avtal: Callable[..., subprocess.CompletedProcess[str]], index: Path
) -> None:
    monkeypatch.setitem(sys.modules, "mcp", None)
    done = avtal("mcp", "--index", index)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.strip() == (
        "Fel: avtal mcp behöver tillägget mcp; installera det med pip install 'avtalssok[mcp]'"
    )


def test_without_an_index_one_sentence_says_what_to_do(
    avtal: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    done = avtal("mcp")
    assert (done.returncode, "inget index" in done.stderr) == (1, True)
