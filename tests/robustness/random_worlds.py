"""Small random collections of agreements with readers: few words, so that what is hidden and what is readable overlap."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from corpus.types import EVERY_READER

GROUPS = ("ekonomi", "hr", "skolan")
PARTIES = (
    "Granboda kommun", "Åkerby kommun", "Tallviks AB", "Plogens AB", "Simlaget AB", "Högskolan Dalarna",
    "Region Fabelmark", "Granboda Fastigheter AB",
)  # fmt: skip
KINDS = ("Hyresavtal", "Ramavtal", "Samverkansavtal", "Driftavtal", "Avsiktsförklaring")
THINGS = ("ladan", "badhuset", "kajen", "skolskogen", "isbanan", "biblioteket")
WORDS = (
    "sekretess",
    "kompetensförsörjning",
    "innovation",
    "vattenförsörjning",
    "vite",
    "praktikplatser",
    "försäkring",
)
STEMS = ("bar", "fal", "gran", "klin", "lum", "ros")
ENDS = ("dex", "gol", "mira", "stam", "fen")
_CLAUSES = (
    "Uppsägning\n\nUppsägningstiden är {months} månader. Uppsägningen ska vara skriftlig.",
    "Avtalstid\n\nAvtalet gäller från och med den 1 {month} {year} till och med den 31 december {later}.",
    "Förlängning\n\nAvtalet förlängs med ett år i taget om det inte sägs upp senast sex månader före avtalstidens utgång.",
    "Ersättning\n\n{one} betalar {sum} kronor om året för {thing}.",
    "Vite\n\nFör varje missat dygn betalas ett vite om {sum} kronor.",
    "Sekretess\n\nParterna iakttar sekretess om {strange} och om {word}.",
    "Samverkan\n\n{two} svarar för {word} i {thing}. Parterna träffas {months} gånger om året.",
    "Tvist\n\nTvist avgörs av allmän domstol på {one}s ort.",
    "Personuppgifter\n\nPersonuppgifter om {strange} behandlas enligt dataskyddsförordningen.",
    "Särskilt\n\nSkötseln av {strange} ingår inte. {strange2} ingår.",
    "Driften\n\nArbetet leds av {spelled} (GDO). GDO beslutar om {word}.",
    "Tidigare avtal\n\nDetta avtal ersätter {kind} om {thing} mellan {one} och {two}.",
    "Tidigare avtal\n\nDetta avtal ersätter avtal med diarienummer {number}.",
    "Kontakt\n\nAvtalsansvarig är {thing}s föreståndare. Diarienummer {number}.",
)
_SPELLED = ("gemensam driftorganisation", "god distriktsomsorg")


@dataclass(frozen=True, slots=True)
class World:
    """A folder's files as they are at each of its publishings, who may read them, and the cards that a manifest sets."""

    steps: tuple[Mapping[str, bytes], ...]
    readers: Mapping[str, tuple[str, ...]]
    cards: Mapping[str, Mapping[str, str]]

    def readable(self, groups: Collection[str]) -> frozenset[str]:
        """Paths of the files that a reader of those groups may read."""
        mine = {*groups, EVERY_READER}
        return frozenset(path for path, held in self.readers.items() if not mine.isdisjoint(held))

    def only(self, paths: Collection[str]) -> World:
        """The world in which the other files never were."""
        return World(
            tuple({path: data for path, data in step.items() if path in paths} for step in self.steps),
            {path: held for path, held in self.readers.items() if path in paths},
            {path: card for path, card in self.cards.items() if path in paths},
        )

    def write(self, step: int, folder: Path, with_readers: bool = True) -> None:
        """Make the folder what it is at the step. Without readers, a manifest is there only for the cards."""
        files = self.steps[step]
        for path in [path for path in folder.rglob("*") if path.is_file()]:
            if path.relative_to(folder).as_posix() not in files:
                path.unlink()
        for name, data in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists() or path.read_bytes() != data:
                path.write_bytes(data)
        manifest = self._manifest(files, with_readers)
        if manifest:
            (folder / "avtal.toml").write_text(manifest, encoding="utf-8")

    def _manifest(self, files: Mapping[str, bytes], with_readers: bool) -> str:
        rows = []
        for name in files:
            fields = [f'{key} = "{value}"' for key, value in self.cards.get(name, {}).items()]
            if with_readers:
                fields.append(f"readers = [{', '.join(f'{group!r}' for group in self.readers[name])}]")
            if fields:
                rows.append("\n".join([f'["{name}"]', *fields]))
        return "\n".join(rows)


def strange_words(chance: random.Random) -> list[str]:
    """Invented words, some of them one letter from another: what a correction would lead to."""
    made = [f"{chance.choice(STEMS)}{chance.choice(ENDS)}banan" for _ in range(4)]
    slipped = [word[:i] + word[i + 1 :] for word in made[:2] for i in [chance.randrange(2, len(word) - 2)]]
    return made + slipped


def world_of(chance: random.Random) -> World:
    """A world of three to nine agreements, published one to three times.

    Copies are only in one that is published once: a copy that outlives its original inherits the id, as a moved file does.
    """
    strange = strange_words(chance)
    files: dict[str, bytes] = {}
    readers: dict[str, tuple[str, ...]] = {}
    cards: dict[str, dict[str, str]] = {}
    with_cards = chance.random() < 0.3
    steps = chance.choice((1, 1, 2, 3))
    for number in range(chance.randrange(3, 10)):
        kind = chance.choices((".txt", ".md", ".html", ".pdf"), (5, 2, 2, 0.7))[0]
        name = f"{chance.choice(('', 'a/', 'hemligt/'))}{chance.choice(THINGS)}-{number}{kind}"
        copied = steps == 1 and chance.random() < 0.1 and any(path.endswith(kind) for path in files)
        files[name] = (
            chance.choice([data for path, data in files.items() if path.endswith(kind)])
            if copied
            else _agreement(chance, strange, kind)
        )
        readers[name] = _readers(chance)
        if with_cards and chance.random() < 0.5:
            cards[name] = _card(chance, list(files))
    return World(tuple(_history(chance, files, strange, steps)), readers, cards)


def _readers(chance: random.Random) -> tuple[str, ...]:
    chosen = chance.choices(((), (EVERY_READER,), None), (1, 2, 5))[0]
    return tuple(sorted(chance.sample(GROUPS, chance.choice((1, 1, 2))))) if chosen is None else chosen


def _card(chance: random.Random, paths: Sequence[str]) -> dict[str, str]:
    all_fields = {
        "valid_to": f"{chance.randrange(2024, 2031)}-12-31",
        "title": f"{chance.choice(KINDS)} om {chance.choice(THINGS)}",
        "last_notice_day": f"2027-0{chance.randrange(1, 9)}-28",
        "replaces": chance.choice(paths).rpartition(".")[0],
    }
    return {key: all_fields[key] for key in chance.sample(sorted(all_fields), 2)}


def _history(
    chance: random.Random, files: Mapping[str, bytes], strange: Sequence[str], count: int
) -> list[dict[str, bytes]]:
    """The folder at each of `count` publishings, the last one whole: files come, or are edited."""
    steps = [dict(files)]
    for _ in range(count - 1):
        earlier = {path: data for path, data in steps[0].items() if chance.random() < 0.8}
        for path in earlier:
            if chance.random() < 0.2:
                earlier[path] = _agreement(chance, strange, path[path.rindex(".") :])
        steps.insert(0, earlier)
    return steps


def _agreement(chance: random.Random, strange: Sequence[str], suffix: str) -> bytes:
    one, two = chance.sample(PARTIES, 2)
    kind, thing, year = chance.choice(KINDS), chance.choice(THINGS), chance.randrange(2018, 2027)
    title = f"{kind} om {thing} mellan {one} och {two}"
    if chance.random() < 0.2:
        title += f"\n\nVersion {chance.randrange(2, 4)}"
    clauses = [
        clause.format(
            one=one, two=two, thing=chance.choice(THINGS), kind=chance.choice(KINDS).lower(), year=year,
            later=year + chance.randrange(1, 8), month=chance.choice(("januari", "juni", "oktober")),
            months=chance.choice(("tre", "sex", "nio", "12")), sum=chance.choice(("4 000", "12 500", "300 000")),
            strange=chance.choice(strange), strange2=chance.choice(strange).capitalize(), word=chance.choice(WORDS),
            spelled=chance.choice(_SPELLED), number=f"GK {chance.randrange(2019, 2022)}-1{chance.randrange(3)}",
        )
        for clause in chance.sample(_CLAUSES, chance.randrange(2, 7))
    ]  # fmt: skip
    return _written(title, clauses, suffix)


def _written(title: str, clauses: Sequence[str], suffix: str) -> bytes:
    sections = [f"§ {number} {clause}" for number, clause in enumerate(clauses, 1)]
    if suffix == ".pdf":
        return _pdf([*title.splitlines(), *(line for section in sections for line in section.splitlines())])
    if suffix == ".html":
        parted = [section.partition("\n\n") for section in sections]
        body = "".join(f"<h2>{heading}</h2><p>{text}</p>" for heading, _, text in parted)
        return f"<!doctype html><html><body><h1>{title}</h1>{body}</body></html>".encode()
    marks = ("# ", "## ") if suffix == ".md" else ("", "")
    return (marks[0] + title + "\n\n" + "".join(f"{marks[1]}{section}\n\n" for section in sections)).encode()


def _pdf(lines: Sequence[str]) -> bytes:
    target = BytesIO()
    canvas = Canvas(target, invariant=1)
    for place, line in enumerate(lines):
        canvas.drawString(60, 780 - 18 * place, line)
    canvas.showPage()
    canvas.save()
    return target.getvalue()
