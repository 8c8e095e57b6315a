"""Where a run ran: the commit of the checkout and the machine, never its name or a path."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from datetime import datetime
from pathlib import Path

from evals.record import Machine

_ROOT = Path(__file__).parent.parent
UNKNOWN_COMMIT = "utan-commit"
DIRTY = "-dirty"


def current_commit() -> str:
    """Ten hex digits, with "-dirty" when the working tree differs; "utan-commit" outside a checkout."""
    commit = _git("rev-parse", "--short=10", "HEAD")
    if not commit:
        return UNKNOWN_COMMIT
    changed = _git("status", "--porcelain", "--", ".", ":!evals/results")
    return f"{commit}{DIRTY}" if changed else commit


def commit_date(commit: str) -> datetime | None:
    """When the commit was made, with its time zone; None where this checkout does not have it."""
    if not re.fullmatch("[0-9a-f]{7,40}", commit):
        return None
    told = _git("show", "--no-patch", "--format=%cI", commit)
    return datetime.fromisoformat(told) if told else None


def this_machine() -> Machine:
    """System, processor, cores, memory in GiB and Python version."""
    return Machine(
        system=platform.system(),
        processor=_processor(),
        cores=os.cpu_count() or 1,
        memory_gib=round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        python=platform.python_version(),
    )


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", "--no-optional-locks", *arguments], cwd=_ROOT, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip()


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
