"""Files of arrays are read by one thread at a time."""

from __future__ import annotations

import threading

ARRAY_FILES = threading.RLock()
"""Held while numpy reads a file: it parses each header as Python, and the parser of CPython 3.11 miscounts its depth where
two threads are at it ("AST constructor recursion depth mismatch", issue 106905)."""
