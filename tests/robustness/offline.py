"""Installed, the product needs no network: in a network namespace of its own it indexes, starts and answers.

Run under `unshare --net` it has nothing but the loopback, which it brings up itself. `--unprotected` asks there for an
encoder that must be fetched, which has to fail: the namespace has no way out.
"""

from __future__ import annotations

import argparse
import fcntl
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from tests.conftest import write_agreements
from tests.robustness.server import ROOT, get_all, running

_GET_FLAGS, _SET_FLAGS, _UP = 0x8913, 0x8914, 0x1  # SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP of <linux/if.h>
QUESTION = "Vad är hyran?"
AVTAL = Path(sys.executable).with_name("avtal")
FETCHED = "intfloat/multilingual-e5-small"


def loopback_up() -> list[str]:
    """Bring the loopback up; returns the names of the interfaces that there are."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        asked = struct.pack("16sh", b"lo", 0)
        (flags,) = struct.unpack_from("h", fcntl.ioctl(any_socket, _GET_FLAGS, asked), 16)
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sh", b"lo", flags | _UP))
    return [name for _, name in socket.if_nameindex()]


def inside(unprotected: bool) -> list[str]:
    """What went wrong in the namespace."""
    names = loopback_up()
    if names != ["lo"]:
        return [f"namnrymden har nätet {', '.join(names)}; kör under unshare --net"]
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work) / "avtal"
        write_agreements(folder)
        words = [str(AVTAL), "index", str(folder), "--to", f"{work}/index"]
        made = subprocess.run(
            [*words, *(["--encoder", FETCHED] if unprotected else [])],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode:
            return [f"avtal index: {made.stderr.strip()[-300:]}"]
        with running(Path(work) / "index") as server:
            answer, page = get_all(server.port, [f"/api/ask?q={quote(QUESTION)}", f"/?q={quote(QUESTION)}"])
    wrong = [] if "12 500 kronor" in answer.body.decode() else [f"svaret: {answer.body[:300]!r}"]
    return wrong + ([] if page.status == 200 else [f"sidan: status {page.status}"])


def outside(unprotected: bool) -> int:
    """Run the same inside a namespace; its exit status, or 2 where the system gives none."""
    unshare = shutil.which("unshare")
    if unshare is None:
        print("unshare saknas: provet kräver Linux med util-linux")
        return 2
    command = [
        unshare,
        "--net",
        "--map-root-user",
        sys.executable,
        "-m",
        "tests.robustness.offline",
        "--inside",
    ]
    return subprocess.run(
        [*command, *(["--unprotected"] if unprotected else [])], cwd=ROOT, check=False
    ).returncode


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print; exit status 0 where the question was answered without any network."""
    parser = argparse.ArgumentParser(prog="python -m tests.robustness.offline", description=__doc__)
    parser.add_argument("--inside", action="store_true", help="redan i en namnrymd utan nät")
    parser.add_argument("--unprotected", action="store_true", help="be om en kodare som måste hämtas")
    given = parser.parse_args(arguments)
    if not given.inside:
        return outside(given.unprotected)
    wrong = inside(given.unprotected)
    for row in wrong:
        print(f"FEL {row}")
    print("ok  indexerat, startat och besvarat utan nät" if not wrong else f"{len(wrong)} fel")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
