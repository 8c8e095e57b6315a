"""What the commands of `avtal eval` share: options, the console, the case files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from evals.cases import CASES_FOLDER

CasesOption = Annotated[
    list[str] | None,
    typer.Option(help="Fallfil, eller namnet på en medföljande (samples). Kan anges flera gånger."),
]
IndexOption = Annotated[Path, typer.Option(help="Indexmapp.")]
SetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        help="Ändra en inställning under körningen, till exempel word_share=0.4. Kan anges flera gånger.",
    ),
]
_WIDTH = 120


def console() -> Console:
    """The terminal; where the output is none, lines wide enough for the tables."""
    return Console(width=None if sys.stdout.isatty() else _WIDTH)


def case_paths(given: list[str] | None) -> tuple[Path, ...]:
    """The case files of the names or paths given; those of the samples where none is."""
    shipped = [(name, CASES_FOLDER / f"{name}.jsonl") for name in given or ["samples"]]
    return tuple(path if path.is_file() else Path(name) for name, path in shipped)


def settings_of(given: list[str] | None) -> dict[str, float]:
    """The settings of `--set`, by name. Raises SettingError for one that is none."""
    if not given:
        return {}
    # Imported here because it brings the retriever: `compare` and `report` must not wait for it.
    from evals.settings import parse_settings

    return parse_settings(given)
