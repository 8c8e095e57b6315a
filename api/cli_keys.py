"""`avtal key`: give somebody a key, see who has one, and take one back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from api.access.api_keys import MOST_DAYS, create_key, read_keys, revoke_key
from api.access.identity import Scope
from api.audit import AuditLog, operator
from api.settings import read_settings
from corpus.types import AvtalError

key = typer.Typer(help="API-nycklar: vem som får läsa, när AVTAL_ACCESS är keys.", no_args_is_help=True)

FileOption = Annotated[
    Path | None, typer.Option("--file", help="Nyckelfilen; utelämnad: den som AVTAL_KEYS namnger.")
]


def _file(given: Path | None) -> Path:
    path = given or read_settings().keys
    if path is None:
        raise AvtalError("ingen nyckelfil är angiven; ange den i AVTAL_KEYS eller med --file")
    return path


@key.command()
def create(
    name: Annotated[str, typer.Argument(help="Vem eller vad nyckeln är till.", show_default=False)],
    group: Annotated[
        list[str] | None, typer.Option(help="Grupp vars avtal nyckeln läser; kan upprepas.")
    ] = None,
    scope: Annotated[list[Scope] | None, typer.Option(help="Vad nyckeln får göra; kan upprepas.")] = None,
    days: Annotated[int, typer.Option(min=1, max=MOST_DAYS, help="Så många dagar gäller den.")] = 365,
    file: FileOption = None,
) -> None:
    """Skapa en nyckel och visa den, en enda gång."""
    path = _file(file)
    made, shown = create_key(path, name, group or (), scope or (Scope.READ,), days)
    detail = {
        "name": made.name,
        "groups": ", ".join(made.groups),
        "scopes": ", ".join(made.scopes),
        "expires": made.expires.isoformat(),
    }
    AuditLog(read_settings().audit).record("access.key_created", operator(), made.key_id, detail)
    typer.echo(
        f"Nyckel {made.key_id} till {made.name}, gäller till {made.expires.date().isoformat()}. "
        "Den visas bara nu; lämna den på ett säkert sätt:",
        err=True,
    )
    typer.echo(shown)


@key.command("list")
def list_keys(file: FileOption = None) -> None:
    """Visa nycklarna: vem, grupper, vad de får göra och till när."""
    now = datetime.now(UTC)
    for each in read_keys(_file(file)):
        typer.echo(
            f"{each.key_id}  {each.state(now)}, till {each.expires.date().isoformat()}  {each.name}  "
            f"grupper: {', '.join(each.groups) or '–'}  får: {', '.join(each.scopes)}"
        )


@key.command()
def revoke(
    key_id: Annotated[str, typer.Argument(help="Nyckelns id, som i avtal key list.", show_default=False)],
    file: FileOption = None,
) -> None:
    """Återkalla en nyckel. Servern slutar genast att godta den."""
    revoked = revoke_key(_file(file), key_id)
    log = AuditLog(read_settings().audit)
    log.record("access.key_revoked", operator(), revoked.key_id, {"name": revoked.name})
    typer.echo(f"Nyckel {revoked.key_id} till {revoked.name} gäller inte längre.")
