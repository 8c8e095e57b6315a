"""The console command `avtal`."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from api.access.guard import Guard
from api.app import create_app
from api.audit import AuditLog, operator
from api.checks import examine, verify_against_sources
from api.cli_admin import add, admin_key, correct, remove
from api.cli_audit import audit
from api.cli_filters import PartyOption, TypeOption, ValidOption, YearOption, filters_of
from api.cli_keys import key
from api.cli_questions import add_question_commands
from api.json_lines import (
    ANSWER,
    DEPARTING,
    MATRIX,
    SEARCH,
    VERIFICATIONS,
    answer_or_error,
    citations_in,
    index_json,
    questions_in,
)
from api.language_model import open_language_model
from api.live import LiveEngine
from api.matrix_print import print_departing, print_matrix
from api.matrix_table import as_csv
from api.mcp_access import KnownReaders, engine_for_reader
from api.printing import print_answer, print_hits, print_report
from api.serving import listen, reached_at
from api.serving import serve as serve_app
from api.settings import Access, read_settings
from corpus.sandbox import Limits, Reader
from corpus.types import AvtalError, ReadStatus
from indexer.build import build_index
from indexer.encoder import open_encoder
from indexer.generation import prune as prune_generations
from indexer.generation import rollback as roll_back
from indexer.manifest import DEFAULT_FOLDER, current_generation
from indexer.store import open_index
from retriever.answer import ask as answer_question
from retriever.clause_types import clause_type, clause_types
from retriever.departing import departing_wording
from retriever.engine import open_engine
from retriever.matrix import matrix_of
from retriever.phrasing.phrase import with_phrasing
from retriever.results import search as search_passages
from retriever.types import Answer, Filters

app = typer.Typer(
    name="avtal",
    help="Sök och fråga i avtal. Varje svar har sin källa.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(audit, name="audit")
add_question_commands(app)
for command, name in ((add, "add"), (remove, "remove"), (correct, "correct"), (admin_key, "admin-key")):
    app.command(name)(command)
app.add_typer(key, name="key")
out = Console(highlight=False, width=None if sys.stdout.isatty() else 100)
err = Console(stderr=True, highlight=False)

IndexOption = Annotated[Path, typer.Option("--index", help="Mappen med indexet.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Skriv JSON.")]


@app.command()
def index(
    folder: Annotated[
        Path, typer.Argument(help="Mapp med avtal; undermappar läses också.", show_default=False)
    ],
    to: Annotated[Path, typer.Option("--to", help="Mappen som indexet skrivs i.")] = DEFAULT_FOLDER,
    encoder: Annotated[
        str | None, typer.Option(help="Kodare: en medföljande, en mapp eller ett namn på en hubb.")
    ] = None,
    ocr: Annotated[bool, typer.Option(help="Läs skannade sidor med textigenkänning, där den finns.")] = True,
    prune: Annotated[
        bool,
        typer.Option(
            "--prune", help="Ta bort de äldre generationerna: raderade avtal försvinner från disken."
        ),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Läs en mapp, bygg en generation av indexet och visa inläsningsrapporten."""
    settings = read_settings()
    log = AuditLog(settings.audit)
    started = time.perf_counter()
    limits = Limits() if ocr else Limits(ocr_seconds=0)
    with Reader(limits) as reader, _progress() as progress:
        tasks: dict[str, TaskID] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = progress.add_task(stage, total=total)
            progress.update(tasks[stage], completed=done, total=total)

        result = build_index(folder, to, open_encoder(encoder), reader.read, show, reader.reads_again)
    if result.published:
        counts = {"agreements": str(result.agreements), "folder": str(folder), "index": str(to)}
        log.record("index.publish", operator(), result.generation, counts)
    removed = prune_generations(to) if prune else []
    for name in removed:
        log.record("index.prune", operator(), name, {"index": str(to)})
    seconds = time.perf_counter() - started
    if as_json:
        typer.echo(json.dumps(index_json(result, folder, to, seconds), ensure_ascii=False, indent=1))
        return
    print_report(out, result.report)
    if result.former_damage:
        err.print(f"Obs: det förra indexet kunde inte återanvändas: {result.former_damage}", markup=False)
    left = sum(row.agreement_id is None and row.status is not ReadStatus.INDEXED for row in result.report)
    refused = f", {left} {'fil' if left == 1 else 'filer'} togs inte med (se rapporten)" if left else ""
    state = "ny generation" if result.published else "inget har ändrats, generation"
    out.print(
        f"\n{result.agreements} avtal och {result.passages} stycken i indexet{refused}; {state} {result.generation} "
        f"({result.embedded} stycken inbäddade, {seconds:.1f} s).",
        markup=False,
    )
    if result.closed and (settings.access is not Access.OFF or result.closed < result.agreements):
        out.print(
            f"{result.closed} avtal har inga läsare: med AVTAL_ACCESS påslagen är de stängda för alla (docs/access.md).",
            markup=False,
        )
    if prune:
        out.print(f"Äldre generationer som togs bort: {len(removed)}.", markup=False)


@app.command()
def search(
    question: Annotated[str, typer.Argument(help="Frågan eller sökorden.", show_default=False)],
    index: IndexOption = DEFAULT_FOLDER,
    limit: Annotated[int, typer.Option(min=1, max=500, help="Högst så många stycken.")] = 10,
    party: PartyOption = None,
    kind: TypeOption = None,
    valid_on: ValidOption = None,
    year: YearOption = None,
    as_json: JsonOption = False,
) -> None:
    """Visa de bästa styckena för en fråga, rankade."""
    result = search_passages(open_engine(index), question, filters_of(party, kind, valid_on, year), limit)
    if as_json:
        typer.echo(SEARCH.dump_json(result, indent=1))
        return
    out.print(f"{result.searched} avtal genomsökta, {len(result.hits)} stycken visas.", markup=False)
    print_hits(out, result.hits)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="Frågan.", show_default=False)] = None,
    index: IndexOption = DEFAULT_FOLDER,
    batch: Annotated[
        Path | None,
        typer.Option(help='Fil med en rad {"id", "q"} per fråga; svaren skrivs som JSON, en rad var.'),
    ] = None,
    party: PartyOption = None,
    kind: TypeOption = None,
    valid_on: ValidOption = None,
    year: YearOption = None,
    as_json: JsonOption = False,
) -> None:
    """Besvara en fråga med källor."""
    if (question is None) == (batch is None):
        raise typer.BadParameter("ange antingen en fråga eller --batch FIL")
    model = open_language_model(read_settings())
    engine = open_engine(index)
    filters = filters_of(party, kind, valid_on, year)

    def answered(text: str) -> Answer:
        return with_phrasing(answer_question(engine, text, filters), text, model)

    if batch is not None:
        for name, text in questions_in(batch):
            typer.echo(json.dumps({"id": name, **answer_or_error(answered, text)}, ensure_ascii=False))
        return
    answer = answered(question or "")
    if as_json:
        typer.echo(ANSWER.dump_json(answer, indent=1))
    else:
        print_answer(out, answer)


@app.command()
def matrix(
    clause: Annotated[
        str | None,
        typer.Option(help="En klausultyp, till exempel notice: vad som är vanligt och vad som avviker."),
    ] = None,
    index: IndexOption = DEFAULT_FOLDER,
    as_json: JsonOption = False,
    csv: Annotated[bool, typer.Option("--csv", help="Skriv en tabell för kalkylprogram.")] = False,
) -> None:
    """Visa vilka avtal som har vilka klausuler."""
    engine = open_engine(index)
    agreements = engine.agreements_in_scope(Filters())
    if clause is not None:
        departing = departing_wording(engine, agreements, clause_type(clause))
        if as_json:
            typer.echo(DEPARTING.dump_json(departing, indent=1))
        else:
            print_departing(out, departing)
        return
    made = matrix_of(engine, agreements, list(clause_types().values()))
    if csv:
        sys.stdout.buffer.write(as_csv(made))
    elif as_json:
        typer.echo(MATRIX.dump_json(made, indent=1))
    else:
        print_matrix(out, made)


@app.command()
def serve(
    index: Annotated[Path | None, typer.Option("--index", help="Mappen med indexet.")] = None,
    host: Annotated[str | None, typer.Option(help="Adress att lyssna på.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port att lyssna på.")] = None,
    descriptor: Annotated[
        int | None, typer.Option("--fd", min=3, help="Redan öppnad port från tjänstehanteraren, ofta 3.")
    ] = None,
) -> None:
    """Starta webbsidan och API:t."""
    given = {
        name: value for name, value in (("index", index), ("host", host), ("port", port)) if value is not None
    }
    settings = read_settings().model_copy(update=given)
    if settings.folder is None or current_generation(settings.index) is not None:
        open_index(settings.index)
    listening = listen(settings.host, settings.port, descriptor)
    port = listening.getsockname()[1] if descriptor is None else settings.port
    made = create_app(settings.model_copy(update={"host": reached_at(listening)}))
    err.print(f"Sidan finns på http://{settings.host}:{port}/ (avsluta med Ctrl+C)", markup=False)
    serve_app(made, listening, believes_proxies=not made.state.guard.on)


@app.command()
def mcp(
    index: Annotated[Path | None, typer.Option("--index", help="Mappen med indexet.")] = None,
    http: Annotated[bool, typer.Option("--http", help="Svara över HTTP på /mcp, inte på stdin.")] = False,
    host: Annotated[str | None, typer.Option(help="Adress att lyssna på, med --http.")] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Port att lyssna på, med --http.")
    ] = None,
) -> None:
    """Öppna sökningen för AI-program (MCP): search, ask, agreement och verify, som bara läser."""
    if find_spec("mcp") is None:
        raise AvtalError("avtal mcp behöver tillägget mcp; installera det med pip install 'avtalssok[mcp]'")
    from api.mcp_server import create_server  # an optional extra

    settings = read_settings()
    at = (host or settings.host, settings.port if port is None else port)
    live = LiveEngine(index or settings.index)
    if not http:
        live.get()
        with live.watching():
            create_server(live.get).run("stdio")
        return
    guard = Guard(settings.model_copy(update={"host": at[0], "index": index or settings.index}))
    live.get()
    server = create_server(engine_for_reader(guard, live))
    served = server.streamable_http_app(stateless_http=True, json_response=True, host=at[0])
    listening = listen(*at)
    err.print(f"MCP-servern finns på http://{at[0]}:{at[1]}/mcp (avsluta med Ctrl+C)", markup=False)
    with live.watching():
        serve_app(KnownReaders(served, guard), listening, believes_proxies=not guard.on)


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}
)
def eval(context: typer.Context) -> None:
    """Mät svaren: run, compare, report."""
    raise typer.Exit(subprocess.run([sys.executable, "-m", "evals", *context.args], check=False).returncode)


@app.command()
def verify(
    file: Annotated[
        Path, typer.Argument(help="JSON-fil med ett citat, flera citat eller ett svar.", show_default=False)
    ],
    index: IndexOption = DEFAULT_FOLDER,
    as_json: JsonOption = False,
) -> None:
    """Kontrollera att citat står kvar ordagrant: exact, moved, changed eller gone."""
    citations = citations_in(file)
    checked = verify_against_sources(open_index(index), citations)
    if as_json:
        typer.echo(VERIFICATIONS.dump_json(checked, indent=1))
        return
    for citation, found in zip(citations, checked, strict=True):
        typer.echo(
            f"{found.verdict.value}: {citation.agreement_id} tecken {citation.start}–{citation.end}: {found.detail}"
        )


@app.command()
def doctor(index: IndexOption = DEFAULT_FOLDER) -> None:
    """Bevisa att index, texter och antal stämmer överens."""
    wrong = 0
    for name, problem in examine(open_engine(index)):
        typer.echo(f"{'FEL ' if problem else 'ok  '} {name}{f': {problem}' if problem else ''}")
        wrong += problem is not None
    if wrong:
        raise AvtalError(f"{wrong} kontroller gav fel i {index}; bygg om indexet med avtal index")


@app.command()
def rollback(index: IndexOption = DEFAULT_FOLDER) -> None:
    """Gå tillbaka till föregående generation."""
    log = AuditLog(read_settings().audit)
    generation = roll_back(index)
    log.record("index.rollback", operator(), generation, {"index": str(index)})
    typer.echo(f"Indexet i {index} är nu generation {generation}.")


def _progress() -> Progress:
    """Bars on the terminal, nothing where the output is none."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, console=err, transient=True, disable=not err.is_terminal)


def main() -> None:
    """Run the command; a domain error is one sentence on stderr and exit status 1."""
    try:
        app()
    except AvtalError as error:
        err.print(f"Fel: {error}", markup=False, soft_wrap=True)
        raise SystemExit(1) from None
