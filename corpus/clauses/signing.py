"""When the agreement was signed: the signature block's date, or a sentence that says it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.clauses.statements import AGREEMENT, Statement
from corpus.closing import SIGNED_BY, SIGNER, SIGNING_LABEL, SIGNING_LINE
from corpus.expressions import ExpressionKind, date_value, expressions_in
from corpus.lines import lines_of
from corpus.types import Fact, FactName, SectionRole

_SIGNED = re.compile(
    r"(?i)\b(?:undertecknad\w*|undertecknats|undertecknas|skrev\w*|skrevs|signerad\w*|signerats|tecknad\w*|tecknats?|upprättats?|upprättad\w*|ingicks|ingått|slöts|slutits|antagen|antaget)\b"
)
_OTHER = re.compile(
    r"(?i)\b(?:ersätter|upphäver|tidigare|föregående|tillägg\w*\s+till|bilaga\s+till|ändrar|grundavtal\w*|huvudavtal\w*|ursprunglig\w*|det\s+\w*avtal|den\s+\w*(?:överenskommelse|avsiktsförklaring)|dnr|mellan\s+parterna\s+(?:daterat|undertecknat)|daterat|daterad|enligt)\b"
)
_AGREEMENT = re.compile(rf"(?i)\b{AGREEMENT}\b|kontrakt\w*")
_PLACE_AND_DAY = re.compile(
    r"[A-ZÅÄÖ][\wåäö-]+(?: (?:och|[A-ZÅÄÖ][\wåäö-]+)){0,3},?\s+(?:den\s+)?(?:\d{1,2}(?::[ae])?\s+[a-zå]+\.?\s+\d{4}|\d{4}-\d{2}-\d{2})\W*"
)
_DATE_LABEL = re.compile(
    r"(?i)^\W*(?:ort\s*(?:och|/|,)\s*datum|datum|dag|undertecknat|undertecknad|signerat|signerad|ort och dag|undertecknandedatum|avtalsdatum|avtalsdag|(?:sista|senaste)?\s*underskri(?:ft(?:er)?|vet|ven|vna)|signed|done\s+(?:in|at))\b"
)
_ONLY_DAYS = re.compile(r"(?:(?:den\s+)?(?:\d{1,2}\s+[a-zå]+\s+\d{4}|\d{4}-\d{2}-\d{2})\W*)+")
_PUBLISHED = re.compile(r"(?i)\b(?:publicera\w*|nyhet)\W*(?:den\s+)?$")


def signing_facts(statements: Sequence[Statement]) -> list[Fact]:
    """The signing as one fact; none where no date is stated. Value: ISO 8601, as exact as it is written.

    Where the parties signed on different days, the last of them: then all had signed.
    """
    block: list[Fact] = []
    said: list[Fact] = []
    for statement in statements:
        dates = statement.expressions(ExpressionKind.DATE)
        words = statement.words
        own_line = bool(_PLACE_AND_DAY.fullmatch(words)) and _is_whole_line(statement)
        if not dates or (statement.role is SectionRole.CONTACT and not own_line):
            continue
        labelled = bool(_DATE_LABEL.match(words)) and len(words) <= 120
        for each in dates:
            written = statement.text[each.start : each.end]
            value = _exact(written) or _without_year(written)
            if value is None:
                continue
            fact = Fact(FactName.SIGNED, value, each.start, each.end)
            if value.startswith("--"):
                if _says(statement, each.start):
                    said.append(replace(fact, value=_with_year(statement.text, value)))
                continue
            if (
                own_line
                or (labelled and not _OTHER.search(statement.before(each.start)))
                or (statement.role is SectionRole.SIGNATURES and len(words) <= 160)
            ):
                block.append(fact)
            elif _says(statement, each.start):
                said.append(fact)
    block.extend(_lines(statements))
    whole = [fact for fact in block if len(fact.value) == 10]
    if whole:
        return [max(whole, key=lambda fact: (fact.value, -fact.start))]
    return (said or block or list(_below_title(statements)))[:1]


def _is_whole_line(statement: Statement) -> bool:
    """False for a sentence inside a line: "Slutrapport den 28 november 2025" is no place and day."""
    text = statement.text
    opens, closes = text.rfind("\n", 0, statement.start) + 1, text.find("\n", statement.end)
    rest = text[opens : statement.start] + text[statement.end : closes if closes >= 0 else len(text)]
    return not rest.strip(" .*|\t") or re.search(r"\s{3}|\t|\|", rest) is not None


def _with_year(text: str, value: str) -> str:
    """ "--11-14" in a news item published 2022-11-15 is 2022-11-14; without a day of publication as it is."""
    for each in expressions_in(text, 0, min(len(text), _FRONT), ExpressionKind.DATE):
        published = _exact(text[each.start : each.end])
        if published and len(published) == len("2022-11-15") and _PUBLISHED.search(text[: each.start]):
            year = int(published[:4]) - (value[2:] > published[5:])
            return f"{year}-{value[2:]}"
    return value


_FRONT = 800
"""Characters in which a page says when it was published."""


def _below_title(statements: Sequence[Statement]) -> Iterator[Fact]:
    """The day that stands alone right below the agreement's title."""
    if not statements:
        return
    text = statements[0].text
    lines = [line for line in lines_of(text[:_FRONT]) if line.words][:3]
    for title, line in pairwise(lines):
        if _AGREEMENT.search(title.words) and _ONLY_DAYS.fullmatch(line.words):
            yield Fact(FactName.SIGNED, _exact(line.words) or line.words, line.first, line.last)


def _lines(statements: Sequence[Statement]) -> Iterator[Fact]:
    """The days on lines of nothing but places and days, below the first clause or among the last lines."""
    if not statements:
        return
    text = statements[0].text
    lines = [line for line in lines_of(text) if line.words]
    for i, line in enumerate(lines):
        if i < max(_LETTER_HEAD, len(lines) // 3) or len(line.words) > _LONGEST_LINE:
            continue
        if _ONLY_DAYS.fullmatch(line.words):
            if not any(SIGNER.search(near.words) for near in (*lines[i - 1 : i], *lines[i + 1 : i + 2])):
                continue
        elif not (
            SIGNING_LINE.fullmatch(line.words)
            or SIGNING_LABEL.search(line.words)
            or SIGNED_BY.fullmatch(line.words)
        ):
            continue
        for each in expressions_in(text, line.first, line.last, ExpressionKind.DATE):
            value = _exact(text[each.start : each.end])
            if value and len(value) > len("2024"):
                yield Fact(FactName.SIGNED, value, each.start, each.end)


_LONGEST_LINE = 300
"""Characters of a line with a place and a day for each of four parties, blanks included."""
_LETTER_HEAD = 3
"""Lines above which a place and a day are the letter's head, not its signing."""
_JUST_BEFORE = re.compile(r"(?i)(?:den\s+)?[\d/-]+(?:\s+[a-zå]+(?:\s+\d{4})?)?\s*,?\s+")
"""A date and nothing more before the verb: "I fredags, den 3/12, skrev …"."""


def _says(statement: Statement, at: int) -> bool:
    words = statement.words
    signed = _SIGNED.search(words)
    if signed is None:
        return False
    ahead = statement.text[at : statement.start + signed.start()]
    if ahead and not re.search(r"(?i)^\W*(?:den\s+)?\d", words) and not _JUST_BEFORE.fullmatch(ahead):
        return False
    between = statement.text[min(at, statement.start + signed.end()) : at]
    if len(between) > 60 or re.search(r"(?i)\b(?:gäller|träder|löper|från|till)\b", between):
        return False
    own_row = len(words) <= 80 and _SIGNED.match(words) is not None
    pronoun = re.match(r"(?i)\W*(?:det|den)\s", words) is not None
    return bool(_AGREEMENT.search(words) or own_row or pronoun) and not _OTHER.search(statement.before(at))


def _without_year(wording: str) -> str | None:
    """ "--12-03" (ISO 8601 without the year) for "den 3/12" and "3 december"."""
    day = None if re.search(r"\d{4}", wording) else date_value(f"{wording} 2000")
    return f"--{day:%m-%d}" if day and day == date_value(f"{wording} 2000", last_day=True) else None


def _exact(wording: str) -> str | None:
    """ISO 8601 of a wording: "2014-01" for "januari 2014", None without a year or for a span of years."""
    if re.search(r"\d{4}\s*[–-]\s*\d{4}", wording) or re.match(r"(?i)hösten|våren|sommaren|vintern", wording):
        return None
    first, last = date_value(wording), date_value(wording, last_day=True)
    if first is None or last is None:
        return None
    if first == last:
        return first.isoformat()
    return first.isoformat()[:7] if first.month == last.month else first.isoformat()[:4]
