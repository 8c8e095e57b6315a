"""`avtal eval review`: from what readers thought to cases."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from evals.cli_common import IndexOption, console
from evals.review import Desk, review


def review_command(
    drafts: Annotated[Path, typer.Option(help="Mappen som servern sparar omdömen i (AVTAL_FEEDBACK).")],
    to: Annotated[Path, typer.Option(help="Fallfilen som godtagna utkast läggs till i.")] = Path(
        "egna-fall.jsonl"
    ),
    index: IndexOption = Path(".avtal"),
) -> None:
    """Gå igenom omdömen från sidan: godta som fall, ändra typ eller kasta."""
    # Imported here because it brings the index's libraries.
    from indexer.store import open_index

    texts = {name: agreement.text for name, agreement in open_index(index).agreements.items()}
    shown = console()
    done = review(Desk(drafts, to, texts, input, shown))
    shown.print(f"{done.accepted} godtagna, {done.rejected} kastade, {done.left} kvar.", highlight=False)
