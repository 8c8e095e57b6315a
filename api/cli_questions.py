"""`avtal gallra` and `avtal exportera-logg`: the questions that a server has been told to keep."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer

from api.audit import AuditLog, operator
from api.cells import harmless
from api.question_log import FIELDS, LoggedQuestion, QuestionLog
from api.settings import Settings, read_settings
from corpus.types import AvtalError


class LogFormat(StrEnum):
    """The formats of an exported log."""

    LINES = "jsonl"
    TABLE = "csv"


def add_question_commands(app: typer.Typer) -> None:
    """Give the console command what is done with the log of questions."""
    app.command("gallra")(prune_questions)
    app.command("exportera-logg")(export_questions)


def prune_questions() -> None:
    """Ta bort de frågor ur frågeloggen som är äldre än AVTAL_QUESTION_LOG_DAYS dagar."""
    settings = read_settings()
    log = _log(settings)
    removed = log.drop_old()
    AuditLog(settings.audit).record("questions.prune", operator(), str(log.path), {"removed": str(removed)})
    typer.echo(f"{removed} frågor gallrades, {len(log.rows())} är kvar i högst {log.days} dagar.")


def export_questions(
    chosen: Annotated[LogFormat, typer.Option("--format", help="jsonl eller csv.")] = LogFormat.LINES,
) -> None:
    """Skriv ut frågeloggen: dag, maskad fråga, svarets slag och antal avtal."""
    settings = read_settings()
    log = _log(settings)
    rows = log.rows()
    detail = {"questions": str(len(rows)), "format": chosen.value}
    AuditLog(settings.audit).record("questions.export", operator(), str(log.path), detail)
    typer.echo(_as_table(rows) if chosen is LogFormat.TABLE else _as_lines(rows), nl=False)


def _log(settings: Settings) -> QuestionLog:
    if settings.question_log is None:
        raise AvtalError("inga frågor sparas: AVTAL_QUESTION_LOG är inte satt, så det finns ingen frågelogg")
    return QuestionLog(settings.question_log, settings.question_log_days)


def _as_lines(rows: list[LoggedQuestion]) -> str:
    told = [{**asdict(row), "day": row.day.isoformat()} for row in rows]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in told)


def _as_table(rows: list[LoggedQuestion]) -> str:
    written = io.StringIO()
    table = csv.writer(written, delimiter=";", lineterminator="\n")
    table.writerow(FIELDS)
    table.writerows([harmless(str(getattr(row, name))) for name in FIELDS] for row in rows)
    return written.getvalue()
