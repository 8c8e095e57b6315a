"""Garbage is collected when nobody waits, and an engine that has been replaced needs no collection to be freed."""

from __future__ import annotations

import gc
import os
import platform
import socket
import subprocess
import sys
import time
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api import collecting
from api.app import create_app
from api.live import LiveEngine
from api.settings import Settings
from corpus.reading.document import read_document
from indexer.build import build_index
from indexer.types import Encoder
from tests.api.test_serving import GET, answering, running
from tests.conftest import refresh
from tests.robustness.soak import memory


class Knot:
    """Garbage that only a collection frees."""

    def __init__(self) -> None:
        self.own = self


@pytest.fixture(autouse=True)
def nothing_aside() -> Iterator[None]:
    gc.unfreeze()
    yield
    gc.unfreeze()


@pytest.fixture
def no_collections() -> Iterator[None]:
    """None but those that are asked for."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("no_collections")
def test_a_replaced_engine_is_freed_without_a_collection(root: Path, folder: Path, shipped: Encoder) -> None:
    app = create_app(Settings(index=root))
    with TestClient(app) as client:
        for path in (
            "/api/ask?q=vilka avtal nämner hyra",
            "/api/ask?q=uppsägningstid",
            "/?q=hyra",
            "/api/matrix",
        ):
            assert client.get(path).status_code == 200
        former = weakref.ref(app.state.live.get())
        (folder / "ny.txt").write_text("Hyresavtal\n\n§ 1 Hyran är 5 kronor.\n", encoding="utf-8")
        build_index(folder, root, shipped, read_document)
        refresh(client)
        client.get("/api/matrix")
        assert former() is None


@pytest.mark.usefixtures("no_collections")
def test_a_server_collects_at_a_quiet_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting, "REQUESTS", 3)
    with running(answering(b"hej")) as (port, _):
        made = Knot()
        knot = weakref.ref(made)
        del made
        _ask(port, 2)
        time.sleep(0.3)
        assert knot() is not None
        _ask(port, 1)
        _until(lambda: knot() is None)


@pytest.mark.usefixtures("no_collections")
def test_a_connection_set_aside_while_open_is_freed_when_it_closes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each once left two kilobytes for good: all of the last thirty seconds were set aside with the rest."""
    monkeypatch.setattr(collecting, "REQUESTS", 1)
    before = set(_connections())
    with running(answering(b"hej")) as (port, _):
        _ask(port, 3)
        with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
            line.sendall(GET)
            assert line.recv(100).startswith(b"HTTP/1.1 200")
            _until(lambda: gc.get_freeze_count() > 0)
            gc.unfreeze()
            assert {name for each, name in _connections().items() if each not in before} == NAMES
        _until(lambda: not [each for each in _connections() if each not in before])


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another allocator, which keeps other memory")
@pytest.mark.usefixtures("no_collections")
def test_memory_that_is_free_between_what_lives_is_given_back() -> None:
    """Each thread's heap once grew to the most that its requests had ever held at a time, and kept that."""
    made = [b"%03d" % number * 20_000 for number in range(800)]  # written: empty ones need no memory yet
    kept = made[::8]
    del made
    before = memory(os.getpid())
    collecting.tidy()
    assert before - memory(os.getpid()) > 0.9 * (800 - len(kept)) * 60_000 / 1024


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another allocator, which keeps other memory")
@pytest.mark.parametrize(("said", "heaps"), [("pass", 4), ("collecting.one_heap()", 1)])
def test_threads_take_their_memory_from_one_heap(said: str, heaps: int) -> None:
    """Three threads at once, in a process of their own: what is set holds for good."""
    code = f"from api import collecting; {said}; {HEAPS}"
    counted = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert counted.stdout.count("<heap nr=") == heaps


HEAPS = """
import ctypes, threading
together, libc = threading.Barrier(3), ctypes.CDLL(None)
def take():
    made = bytearray(1000)
    together.wait()
threads = [threading.Thread(target=take) for _ in range(3)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
libc.malloc_info(0, ctypes.c_void_p.in_dll(libc, "stdout"))
libc.fflush(None)
"""
NAMES = {"Hasty", "_SelectorSocketTransport"}


def _connections() -> dict[int, str]:
    """The connections there are, by address, and which of their two halves each is."""
    return {id(each): type(each).__name__ for each in gc.get_objects() if type(each).__name__ in NAMES}


def _ask(port: int, times: int) -> None:
    for _ in range(times):
        with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
            line.sendall(GET)
            assert line.recv(100).startswith(b"HTTP/1.1 200")


def _until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + 5
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.02)


@pytest.fixture
def as_in_a_server() -> Iterator[None]:
    before = gc.get_threshold()
    collecting.collect_seldom()
    yield
    gc.set_threshold(*before)


@pytest.mark.usefixtures("as_in_a_server")
def test_an_open_index_is_left_out_of_collections_in_a_server(root: Path) -> None:
    assert gc.get_threshold() == (700, 10, 100)
    LiveEngine(root).get()
    assert gc.get_freeze_count() > 10_000


def test_nothing_is_left_out_of_collections_elsewhere(root: Path) -> None:
    LiveEngine(root).get()
    assert gc.get_freeze_count() == 0
