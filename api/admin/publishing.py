"""Publication: a generation built of the folder in a process of its own, one at a time, while the former one answers."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from api.errors import BusyError
from api.faults import told
from corpus.types import AvtalError

logger = logging.getLogger("avtal")

_ROOT = Path(__file__).resolve().parents[2]


class Phase(StrEnum):
    """Where a publication is."""

    IDLE = "idle"
    RUNNING = "running"
    DONE = "done"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Publication:
    """The latest publication since the server started. `stage` is a Swedish word, with `done` of `total` of it.

    `error` is a sentence in Swedish. Times are local.
    """

    phase: Phase = Phase.IDLE
    stage: str = ""
    done: int = 0
    total: int = 0
    generation: str = ""
    agreements: int = 0
    error: str = ""
    started: datetime | None = None
    ended: datetime | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """What to build: the folder, where its index is, and the encoder's name (empty: the shipped one); and for whom."""

    folder: Path
    index: Path
    encoder: str
    actor: str


class Publisher:
    """Builds, and tells how far it has come. `published` is called with each new generation, how many agreements
    it has and for whom it was built, in the publisher's thread."""

    def __init__(self, published: Callable[[str, int, str], None]) -> None:
        self._published = published
        self._lock = threading.Lock()
        self._state = Publication()
        self._child: subprocess.Popen[str] | None = None
        self._thread: threading.Thread | None = None

    @property
    def state(self) -> Publication:
        """The latest publication as it is now."""
        return self._state

    def begin(self, order: Order) -> None:
        """Start building. Raises BusyError where that goes on already."""
        with self._lock:
            if self._state.phase is Phase.RUNNING:
                raise BusyError("en publicering pågår redan; vänta tills den är klar")
            self._state = Publication(Phase.RUNNING, "Startar", started=datetime.now().astimezone())
        self._thread = threading.Thread(target=self._run, args=(order,), name="publicering", daemon=True)
        self._thread.start()

    def wait(self, seconds: float | None = None) -> None:
        """Return when nothing is being built, or after so many seconds."""
        if self._thread is not None:
            self._thread.join(seconds)

    def close(self) -> None:
        """Stop building: the former generation stays."""
        child = self._child
        if child is not None:
            child.terminate()
        self.wait(10)

    def _run(self, order: Order) -> None:
        words = [
            sys.executable,
            "-m",
            "api.admin.build_child",
            str(order.folder.resolve()),
            str(order.index.resolve()),
        ]
        try:
            self._child = subprocess.Popen(
                [*words, order.encoder],
                cwd=_ROOT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                text=True,
            )
            with self._child as child:
                for line in child.stdout or ():
                    self._told(json.loads(line), order.actor)
            if self._state.phase is Phase.RUNNING:
                self._end(Phase.FAILED, error=f"inläsningen avbröts (kod {child.returncode}); försök igen")
        except (OSError, ValueError) as error:
            self._end(Phase.FAILED, error=f"inläsningen kunde inte köras ({error}); försök igen")
        except AvtalError as error:
            self._end(Phase.FAILED, error=str(error))
        except Exception as error:  # noqa: BLE001 - told in the log; a publication that never ends stops every later one
            logger.error("publiceringen avbröts av ett fel:\n%s", told(error))
            self._end(
                Phase.FAILED, error="publiceringen avbröts av ett oväntat fel; serverns logg säger vilket"
            )
        finally:
            self._child = None

    def _told(self, said: dict[str, object], actor: str) -> None:
        if "stage" in said:
            done, total = int(str(said["done"])), int(str(said["total"]))
            self._state = replace(self._state, stage=str(said["stage"]), done=done, total=total)
        elif "error" in said:
            self._end(Phase.FAILED, error=str(said["error"]))
        else:
            generation, agreements = str(said["generation"]), int(str(said["agreements"]))
            if said["published"]:
                self._state = replace(self._state, stage="Öppnar", done=0, total=0)
                self._published(generation, agreements, actor)
            phase = Phase.DONE if said["published"] else Phase.UNCHANGED
            self._end(phase, generation=generation, agreements=agreements)

    def _end(self, phase: Phase, **found: object) -> None:
        ended = replace(self._state, phase=phase, ended=datetime.now().astimezone())
        self._state = replace(ended, **found)  # type: ignore[arg-type]
