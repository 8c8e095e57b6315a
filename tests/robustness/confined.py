"""Served as nobody, with a read-only root, no capabilities and no network: it starts, answers, and can write nowhere.

What the unit and the container ask of the system (docs/drift), made here with namespaces alone; needs root, and Linux.
`--unprotected` looks for the same things in an ordinary process, which has none of them.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from tests.conftest import write_agreements
from tests.robustness.offline import AVTAL, QUESTION, loopback_up
from tests.robustness.server import ROOT, get_all, running

NOBODY = 65534
WITHIN = "/tmp/index"
"""The index as it is seen inside; the only places there that anyone may write in are `/tmp` and `/dev/shm`, memory both."""
DROP = (
    "--reuid",
    str(NOBODY),
    "--regid",
    str(NOBODY),
    "--clear-groups",
    "--no-new-privs",
    "--bounding-set=-all",
)
MODULE = (sys.executable, "-m", "tests.robustness.confined")


def _mount(*words: str) -> None:
    subprocess.run(["mount", *words], check=True)


def read_only_root(place: Path) -> None:
    """The whole file system again below `place`, read-only, with an empty `/tmp`, and Python where anyone may read it."""
    _mount("--make-rprivate", "/")
    _mount("--bind", "/", str(place))
    _mount("-o", "remount,ro,bind", str(place))
    _mount("--rbind", "/dev", f"{place}/dev")
    _mount("-t", "proc", "proc", f"{place}/proc")
    _mount("-t", "tmpfs", "tmpfs", f"{place}/tmp")
    python = Path(sys.base_prefix)
    closed = [each for each in reversed(python.parents) if not each.stat().st_mode & 1]
    if closed:  # a home folder, say
        _mount("-t", "tmpfs", "-o", "mode=755", "tmpfs", f"{place}{closed[0]}")
        Path(f"{place}{python}").mkdir(parents=True)
        _mount("--bind", str(python), f"{place}{python}")
        _mount("-o", "remount,ro,bind", f"{place}{python}")


def inside() -> int:
    """In namespaces of its own: index as root, then serve as nobody; the exit status of that."""
    loopback_up()
    place = tempfile.mkdtemp()  # holds the real root when mounted: never emptied, only removed when empty
    try:
        read_only_root(Path(place))
        return _index_and_serve(place)
    finally:
        subprocess.run(["umount", "--recursive", "--lazy", place], check=True)
        Path(place).rmdir()


def _index_and_serve(place: str) -> int:
    with tempfile.TemporaryDirectory() as work:
        write_agreements(Path(work) / "avtal")
        _index(work, f"{place}{WITHIN}")
    command = ["setpriv", *DROP, "env", "HOME=/tmp", *MODULE, "--serve", WITHIN]
    within = ["chroot", place, "sh", "-c", f'cd {ROOT} && exec "$@"', "sh"]
    return subprocess.run([*within, *command], check=False).returncode


def _index(work: str, to: str) -> None:
    command = [str(AVTAL), "index", f"{work}/avtal", "--to", to, "--json"]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def faults(index: Path) -> Iterator[str]:
    """What the process has that it should not, and what the server did not do."""
    status = dict(line.split(":\t", 1) for line in Path("/proc/self/status").read_text("ascii").splitlines())
    if os.getuid() != NOBODY:
        yield f"kör som {os.getuid()}"
    if int(status["CapEff"], 16) or int(status["CapBnd"], 16):
        yield f"rättigheter {status['CapEff']}, {status['CapBnd']}"
    if status["NoNewPrivs"] != "1":
        yield "kan ta nya rättigheter"
    if (names := [name for _, name in socket.if_nameindex()]) != ["lo"]:
        yield f"når nätet: {', '.join(names)}"
    yield from (
        f"kan skriva i {folder}"
        for folder in (ROOT, Path("/etc"), Path("/var/tmp"), index)
        if _writes(folder)
    )
    with running(index) as server:
        answer, page = get_all(server.port, [f"/api/ask?q={quote(QUESTION)}", f"/?q={quote(QUESTION)}"])
    if "12 500 kronor" not in answer.body.decode() or page.status != 200:
        yield f"svaret: {answer.status} {answer.body[:200]!r}; sidan: {page.status}"


def _writes(folder: Path) -> bool:
    try:
        with tempfile.NamedTemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def tell(index: Path) -> int:
    """Print what was found; 0 where nothing."""
    found = list(faults(index))
    for row in found:
        print(f"FEL {row}")
    print(
        f"{len(found)} fel" if found else "ok  besvarat som nobody, utan rättigheter, nät och skrivbar disk"
    )
    return int(bool(found))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print; exit status 0 where it served and could do nothing else."""
    parser = argparse.ArgumentParser(prog="python -m tests.robustness.confined", description=__doc__)
    parser.add_argument("--inside", action="store_true", help="redan i egna namnrymder")
    parser.add_argument("--serve", type=Path, help="redan instängd: indexet att servera")
    parser.add_argument("--unprotected", action="store_true", help="utan allt detta")
    given = parser.parse_args(arguments)
    if given.serve:
        return tell(given.serve)
    if given.inside:
        return inside()
    if given.unprotected:
        with tempfile.TemporaryDirectory() as work:
            write_agreements(Path(work) / "avtal")
            _index(work, f"{work}/index")
            return tell(Path(work) / "index")
    command = ["unshare", "--net", "--mount", "--pid", "--fork", *MODULE, "--inside"]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
