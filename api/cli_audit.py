"""`avtal audit`: prove that the audit log is as it was written."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.audit import verify as verify_log
from corpus.types import AvtalError

audit = typer.Typer(help="Granskningsloggen över det som har gjorts.", no_args_is_help=True)


@audit.callback()
def _group() -> None:
    """Keeps `verify` a command of its own while it is the only one."""


@audit.command()
def verify(
    file: Annotated[Path, typer.Argument(help="Loggfilen, den som AVTAL_AUDIT namnger.", show_default=False)],
    head: Annotated[
        str | None, typer.Option(help="En kontrollsumma som sparats undan: den ska finnas i kedjan.")
    ] = None,
) -> None:
    """Pröva varje rad mot den före, och skriv kontrollsumman att spara på ett annat ställe."""
    if head is not None and (len(head) != 64 or set(head) - set("0123456789abcdef")):
        raise AvtalError(f"--head är {head!r}, men en kontrollsumma är 64 tecken ur 0–9 och a–f")
    found = verify_log(file, head)
    typer.echo(f"{found.entries} rader, alla hela och i följd. Kontrollsumma att spara undan: {found.head}")
