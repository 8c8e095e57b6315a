"""When Python may stop everything to look for cyclic garbage: at a quiet moment, and never through a whole open index.

A full collection visits every object: over an open index that holds each request, /healthz too, for a tenth of a second
and more (docs/robustness.md). What is known to last is therefore set aside, and what is set aside is still freed when
the last reference to it is dropped; cycles alone would stay, and an engine has none (tests/api/test_collecting.py).
"""

from __future__ import annotations

import ctypes
import gc
import sys

YOUNG, MIDDLE, FULL = 700, 10, 100
"""Python's own thresholds but for the last, 10: without any quiet moment, a full collection after ten times as many objects."""
_ARENA_MAX = -8
"""glibc's M_ARENA_MAX (malloc.h); other allocators know no such number, and do nothing."""
REQUESTS = 10
"""Requests between two quiet collections: after so few there is little to look through, a few milliseconds."""


def collect_seldom() -> None:
    """Set the thresholds of this process; for a server."""
    gc.set_threshold(YOUNG, MIDDLE, FULL)


def set_aside() -> None:
    """Leave out what there is now of collections to come: in a server, after an index has been opened.

    Elsewhere it does nothing: an application that is dropped and made anew is itself garbage that must be collected.
    """
    if gc.get_threshold() == (YOUNG, MIDDLE, FULL):
        gc.collect(1)
        gc.freeze()


def tidy() -> None:
    """Collect what has come since the last time, and set the rest aside: what is kept for the next questions, and the
    connections that are open, which are therefore freed without a collection (`PatientProtocol.connection_lost`)."""
    gc.collect()
    gc.freeze()
    give_back()


def one_heap() -> None:
    """Let all threads take their memory from one heap; for a server, before its threads start.

    glibc else gives each thread a heap of its own, and can give back only the free end of the first. Python computes in one
    thread at a time anyway. With three heaps the server held 314 to 323 MiB, with one 307 to 313 (docs/robustness.md).
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is not None:
        mallopt(_ARENA_MAX, 1)


def give_back() -> None:
    """Let the system have the memory that is free between what lives; elsewhere than in Linux's glibc it does nothing.

    The allocator keeps it, also in whole pages, for each thread's next request: of 1,500 requests 26 MiB were left.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)
