"""How right the cards are: each field of every agreement against evals/truth. `python -m evals.cards`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from corpus.card import agreement_from
from corpus.parties import canonical_name
from corpus.quantities import add_duration
from corpus.reading.document import read_document
from corpus.types import Agreement, Fact, FactName, Span

_HERE = Path(__file__).parent
TRUTH: Final = _HERE / "truth"
SOURCES: Final = _HERE / "samples" / "sources"
UNSEEN: Final = _HERE / "unseen"
SAMPLES: Final = _HERE.parent / "corpus" / "samples"

_DATES = (FactName.SIGNED, FactName.VALID_FROM, FactName.VALID_TO)
_DURATIONS = (FactName.EXTENSION, FactName.NOTICE_PERIOD)
_REFERENCES = (FactName.REPLACES, FactName.AMENDS, FactName.APPENDIX_TO)
FIELDS: Final = (
    "kind", "parties", "registry_numbers", *_DATES, FactName.UNTIL_FURTHER_NOTICE, *_DURATIONS,
    FactName.LAST_NOTICE_DAY, "amounts", "contact_roles", *_REFERENCES,
)  # fmt: skip
UNSEEN_FIELDS: Final = (
    "kind", "parties", *_DATES, FactName.UNTIL_FURTHER_NOTICE, *_DURATIONS, FactName.LAST_NOTICE_DAY,
)  # fmt: skip
"""What the cards of the unseen sets are read for."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One field of one agreement: what the truth says and what the card says, "–" where it is silent."""

    agreement_id: str
    field: str
    right: bool
    wanted: str
    said: str

    @property
    def stated(self) -> bool:
        """True where the truth has the field."""
        return self.wanted != SILENT


SILENT: Final = "–"


def judge_card(agreement: Agreement, truth: Mapping[str, Any]) -> list[Judged]:
    """Every field of one card. A value must be the truth's and stand where the truth's wording stands."""
    return [_judge(agreement, truth, field) for field in FIELDS]


def judge_all(truths: Path = TRUTH) -> list[Judged]:
    """The fields of every agreement that has a truth and a text: the sample itself, else its source."""
    judged: list[Judged] = []
    for file in sorted(truths.glob("*.toml")):
        for agreement_id, truth in tomllib.loads(file.read_text(encoding="utf-8")).items():
            path = text_file(agreement_id)
            agreement = agreement_from(read_document(path, f"{agreement_id}{path.suffix}"), agreement_id)
            judged.extend(judge_card(agreement, truth))
    return judged


def judge_unseen(folder: Path) -> list[Judged]:
    """The fields of `UNSEEN_FIELDS` of every agreement in `folder`/docs against `folder`/cards.toml: their values only."""
    truths = tomllib.loads((folder / "cards.toml").read_text(encoding="utf-8"))
    judged: list[Judged] = []
    for path in sorted((folder / "docs").iterdir()):
        agreement = agreement_from(read_document(path, path.name), path.stem)
        judged.extend(_judge_value(agreement, truths[path.stem], field) for field in UNSEEN_FIELDS)
    return judged


def _judge_value(agreement: Agreement, truth: Mapping[str, Any], field: str) -> Judged:
    if field in ("kind", "parties"):
        return _judge(agreement, truth, field)
    wanted, said = truth.get(field), agreement.values(FactName(field))
    right = bool(said) if wanted is True else said == ((wanted,) if wanted else ())
    return _judged(agreement, field, wanted, list(said), right)


def text_file(agreement_id: str) -> Path:
    """The source where there is one, else the sample. Raises FileNotFoundError where there is neither."""
    source = SOURCES / f"{agreement_id}.md"
    if source.is_file():
        return source
    folder = (SAMPLES / agreement_id).parent
    found = sorted(folder.glob(f"{Path(agreement_id).name}.*"))
    if not found:
        raise FileNotFoundError(f"{agreement_id}: want {source} or a file in {folder}")
    return found[0]


def _judge(agreement: Agreement, truth: Mapping[str, Any], field: str) -> Judged:
    wanted = truth.get(field)
    if field == "kind":
        return _judged(agreement, field, wanted, agreement.kind, agreement.kind == wanted)
    if field == "parties":
        names = {canonical_name(name) for name in wanted or ()}
        return _judged(agreement, field, names, set(agreement.parties), names == set(agreement.parties))
    name = {"registry_numbers": "registry_number", "amounts": "amount", "contact_roles": "contact_role"}
    facts = [fact for fact in agreement.facts if fact.name == name.get(field, field)]
    said = sorted({_shown(agreement, fact) for fact in facts})
    return _judged(agreement, field, wanted, said, _is_right(agreement.text, field, wanted, facts))


def _judged(agreement: Agreement, field: str, wanted: object, said: object, right: bool) -> Judged:
    return Judged(agreement.agreement_id, field, right, _text(wanted), _text(said))


def _text(value: object) -> str:
    if isinstance(value, set | list):
        return "; ".join(sorted(_text(each) for each in value)) or SILENT
    if isinstance(value, Mapping):
        return " ".join(str(each) for each in value.values())
    return str(value) if value else SILENT


def _shown(agreement: Agreement, fact: Fact) -> str:
    wording = " ".join(agreement.text[fact.start : fact.end].split())
    return f"{fact.value}{f' {fact.detail}' if fact.detail else ''} [{wording}]"


def _is_right(text: str, field: str, wanted: Any, facts: Sequence[Fact]) -> bool:
    """Whether the facts of one field say what the truth says, and no more."""
    if not wanted:
        return not facts
    if field == "registry_numbers":
        return {_flat(number) for number in wanted} == {fact.value for fact in facts}
    if field == "amounts":
        return _all_meet(text, wanted, facts, lambda each, fact: fact.value == f"{each.get('kronor')} SEK")
    if field == "contact_roles":
        return _all_meet(text, wanted, facts, lambda each, fact: _same_holder(each, fact))
    if len(facts) != 1:
        return False
    (fact,) = facts
    if field == FactName.LAST_NOTICE_DAY:
        return bool(fact.value == (wanted["date"] if isinstance(wanted, Mapping) else wanted))
    if isinstance(wanted, str):
        return _meets(text, wanted, fact)
    if field in _DATES and fact.value != wanted["date"]:
        return False
    if field in _DURATIONS and not _same_duration(fact.value, wanted["duration"]):
        return False
    return _meets(text, wanted["wording"], fact)


def _all_meet(text: str, wanted: Sequence[Any], facts: Sequence[Fact], same: Any) -> bool:
    """Each that is wanted is said, and nothing is said that is not wanted."""
    pairs = [
        (i, fact)
        for i, each in enumerate(wanted)
        for fact in facts
        if same(each, fact) and (field_wording(each) is None or _meets(text, each["wording"], fact))
    ]
    said = {id(fact) for _, fact in pairs}
    values = {(fact.value, fact.detail) for _, fact in pairs}
    extra = [f for f in facts if id(f) not in said and (f.value, f.detail) not in values]
    return {i for i, _ in pairs} == set(range(len(wanted))) and not extra


def field_wording(truth: Mapping[str, Any]) -> str | None:
    """The wording that a truth's entry gives, if it gives one."""
    return truth.get("wording")


def _same_holder(wanted: Mapping[str, Any], fact: Fact) -> bool:
    holder, said = _flat(wanted["holder"]).casefold(), fact.detail.casefold()
    same_role = wanted["role"].casefold().split()[0] == fact.value.split()[0]
    stems = [word[: max(5, len(word) - 2)] for word in holder.split() if len(word) > 4]
    return same_role and (holder in said or said in holder or any(stem in said for stem in stems))


def _same_duration(one: str, other: str) -> bool:
    """P1Y is P12M: the same day is reached from the first of a year."""
    return add_duration(date(2023, 1, 1), one) == add_duration(date(2023, 1, 1), other)


def _meets(text: str, wording: str, fact: Fact) -> bool:
    """True where the fact's span shares a character with a place where the wording stands."""
    pattern = r"\s+".join(re.escape(part) for part in wording.split())
    span = Span(fact.start, fact.end)
    return any(Span(*match.span()).overlaps(span) for match in re.finditer(pattern, text))


def _flat(words: str) -> str:
    return " ".join(words.split())


def accuracy(judged: Iterable[Judged]) -> dict[str, tuple[int, int, int, int]]:
    """Field -> right, all, right where the truth states it, stated; "alla" for all fields together."""
    found: dict[str, list[int]] = {}
    for each in judged:
        for field in (each.field, "alla"):
            row = found.setdefault(field, [0, 0, 0, 0])
            row[0] += each.right
            row[1] += 1
            row[2] += each.right and each.stated
            row[3] += each.stated
    return {field: (row[0], row[1], row[2], row[3]) for field, row in found.items()}


def print_cards(judged: Sequence[Judged], console: Console) -> None:
    """The accuracy of each field, then every field that is wrong."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("Fält", "Rätt", "Andel", "Där texten säger det"):
        table.add_column(column, justify="left" if column == "Fält" else "right")
    for field, (right, total, told, stated) in accuracy(judged).items():
        share = f"{told}/{stated} ({told / stated:.3f})" if stated else SILENT
        table.add_row(str(field), f"{right}/{total}", f"{right / total:.3f}", share)
    console.print(table)
    for each in judged:
        if not each.right:
            console.print(Text(f"{each.agreement_id} {each.field}: ska vara {each.wanted}; är {each.said}"))


if __name__ == "__main__":
    terminal = Console(width=160)
    print_cards(judge_all(), terminal)
    for truths in sorted(UNSEEN.glob("*/cards.toml")):
        terminal.print(f"\n{truths.parent.name}")
        print_cards(judge_unseen(truths.parent), terminal)
