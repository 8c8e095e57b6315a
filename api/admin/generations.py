"""The kept generations of the index: what each held, how it differs from the one that answers, and going to one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus.types import AvtalError
from indexer.generation import switch_to
from indexer.manifest import MANIFEST, Manifest, current_generation, kept_manifests


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept generation. `made` is in local time; the paths are what it has, lacks or has otherwise than the current one."""

    name: str
    made: datetime
    agreements: int
    passages: int
    current: bool
    only_here: tuple[str, ...] = ()
    only_there: tuple[str, ...] = ()
    otherwise: tuple[str, ...] = ()


def kept_generations(root: Path) -> list[Kept]:
    """The generations that can be answered from, the latest first. Those that cannot be read are left out."""
    current = current_generation(root)
    manifests = kept_manifests(root)
    now = next((each for each in manifests if each.generation == current), None)
    return [_kept(root, each, now) for each in reversed(manifests)]


def _kept(root: Path, manifest: Manifest, now: Manifest | None) -> Kept:
    mine, theirs = manifest.sources, now.sources if now else {}
    made = (root / "generations" / manifest.generation / MANIFEST).stat().st_mtime
    return Kept(
        name=manifest.generation,
        made=datetime.fromtimestamp(made, UTC).astimezone(),
        agreements=manifest.agreements,
        passages=manifest.passages,
        current=now is not None and manifest.generation == now.generation,
        only_here=tuple(sorted(set(mine) - set(theirs))),
        only_there=tuple(sorted(set(theirs) - set(mine))),
        otherwise=tuple(sorted(path for path in set(mine) & set(theirs) if mine[path] != theirs[path])),
    )


def go_to(root: Path, name: str) -> str:
    """Let the index be a kept generation. Raises AvtalError where it is not kept, is damaged, or one is being written."""
    if name not in {each.generation for each in kept_manifests(root)}:
        raise AvtalError(f"versionen {name} finns inte kvar i {root}; välj en av dem som visas")
    return switch_to(root, name)
