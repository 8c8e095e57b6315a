"""A fault as the log may hold it: where it was and of what kind, without its message, which may quote a question."""

from __future__ import annotations

import traceback


def told(error: BaseException) -> str:
    """The kinds and places of an error and of those behind it, the first cause first, a line each."""
    chain: list[BaseException] = []
    behind: BaseException | None = error
    while behind is not None and behind not in chain:
        chain.append(behind)
        behind = behind.__cause__ or behind.__context__
    return "\n".join(line for each in reversed(chain) for line in _told(each))


def _told(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"  {frame.filename}:{frame.lineno} i {frame.name}" for frame in frames]
    return [*places, f"{type(error).__module__}.{type(error).__qualname__}"]
