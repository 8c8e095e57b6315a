"""Array files are read by one thread at a time, since Python 3.11 cannot parse their headers in two."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

from indexer.array_files import ARRAY_FILES
from indexer.asked_before import AskedBefore
from indexer.encoder import open_encoder


def test_no_two_threads_read_array_files_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    encoder, load = open_encoder(), np.load
    at_it, most, counting = 0, 0, threading.Lock()

    def counted(*given: Any, **named: Any) -> Any:
        nonlocal at_it, most
        with counting:
            at_it += 1
            most = max(most, at_it)
        threading.Event().wait(0.02)
        found = load(*given, **named)
        with counting:
            at_it -= 1
        return found

    monkeypatch.setattr(np, "load", counted)
    with ThreadPoolExecutor(4) as threads:
        read = list(threads.map(lambda _: AskedBefore.read_by(encoder), range(4)))
    assert all(each is not None for each in read)
    assert most == 1
    assert ARRAY_FILES.acquire(blocking=False)
    ARRAY_FILES.release()
