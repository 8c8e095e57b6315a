"""The agreement's sums, with what each is for. Sums of others, of examples and of definitions are left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from corpus.clauses.statements import Statement
from corpus.expressions import Expression, ExpressionKind
from corpus.quantities import amount_value
from corpus.types import Fact, FactName, SectionRole

_OTHERS = re.compile(
    r"(?i)\b(?:omsätter|omsättning\w*|riksdag\w*|regeringen|prisbasbelopp\w*|direktupphandlingsgräns\w*|tröskelvärde\w*"
    r"|balansomslutning\w*|bruttoregionprodukt\w*|staten|statlig\w*\s+(?:medel|stöd|anslag|finansiering|bidrag|satsning\w*)|stats(?:bidrag|budget)\w*|årsbudget\w*|skatteintäkt\w*"
    r"|regionalfond\w*|strukturfond\w*|socialfond\w*|EU-medel|beviljats|\w*sanktionsavgift\w*|ansökningsavgift\w*|uppgett|kalkyl\w*|uppskatt\w*|värdet\s+av\s+de[nt]?\s+\w+\s+som|utfästelse\w*|för\s+närvarande|(?!avtalets|överenskommelsens)\w+s\s+ram\s+om)\b"
)
"""Money of others: a turnover, a state grant, a fund, what the law takes."""
_OUTSIDE = re.compile(
    r"(?i)\b(?:utanför\s+(?:avtalet|överenskommelsen|partnerskapet|samarbetet)|(?:ingår|omfattas)\s+(?:inte|ej)\s+(?:i|av)\s+(?:detta\s+|denna\s+)?(?:avtalet|avtal|överenskommelse\w*|partnerskap\w*)|(?:avräknas|tillämpas)\s+inte"
    r"|före\s+(?:avtalets|överenskommelsens|partnerskapets)\s+tillkomst)\b"
)
_PAST = re.compile(
    r"(?i)\b(?:kostade|betalade|fick|beviljades|utbetalades|uppgick|finansierades|bekostades|köptes|satsade|investerade|erhöll|lagt\s+ne[dr]|har\s+kostat|har\s+satsat|har\s+investerat|var|omsatte)\b"
)
"""What has been paid is no obligation of the agreement."""
_BACKGROUND = re.compile(r"(?i)\b(?:bakgrund|nuläge|nuvarande)\b")
_EXAMPLES = re.compile(
    r"(?i)\b(?:t\.\s?ex\.?|till\s+exempel|exempelvis|exempel(?:\s+på)?|räkneexempel\w*|antag|anta\s+att)\b"
)
_DEFINES = re.compile(r"(?i)\b(?:avses|definieras|förstås|menas)\b")
_FORMER = re.compile(
    r"(?i)\b(?:tidigare|föregående|förra|ursprunglig\w*)\s+(?:\w+\s+){0,2}?(?:avtal\w*|överenskommelse\w*|period\w*|ersättning\w*|hyra\w*|belopp\w*)\b"
)
_NOUN = re.compile(
    r"(?i)\b(\w*(?:ersättning|avgift|hyra|pris|timpris|vite|belopp|kostnad|bidrag|medel|budget|insats|arvode|försäkring|takvolym|volym|värde|skadestånd|anslag|finansiering|medfinansiering|deposition|lön|stipendi|investering|ram|summa|självrisk|ansvar)(?:en|et|s|erna|er|n|na|arna|bet|t|r)?)\b"
)
_UNIT = re.compile(
    r"(?i)^\s*(?:(?:exklusive|exkl\.?|inklusive|inkl\.?)\s+(?:mervärdesskatt|moms)\s*)?((?:per|för\s+varje|/|i|om)\s*(?:\w+)(?:\s+(?:och(?!\s+\w{3,}r\b)|per)\s+[\w-]+){0,2}|årligen|månatligen|varje\s+\w+)"
)


_CLAUSE_END = re.compile(r"[,;]|\b(?:och|men|samt)\b")


def money_facts(statements: Sequence[Statement]) -> list[Fact]:
    """Every sum of the agreement: value "1800000 SEK", `detail` what it is for as far as the sentence says."""
    found: list[Fact] = []
    for statement, following in zip_longest(statements, statements[1:]):
        if statement.role is not SectionRole.CONTENT:
            continue
        if following and following.heading == statement.heading and _OUTSIDE.search(following.words):
            continue
        for each in statement.expressions(ExpressionKind.AMOUNT):
            amount = amount_value(statement.text[each.start : each.end])
            if amount is None or _is_not_own(statement, each):
                continue
            found.append(Fact(FactName.AMOUNT, str(amount), each.start, each.end, _what(statement, each)))
    return found


def _is_not_own(statement: Statement, each: Expression) -> bool:
    words, before = statement.words, statement.before(each.start)
    if _BACKGROUND.search(statement.heading) or any(
        cue.search(words) for cue in (_OTHERS, _OUTSIDE, _PAST, _FORMER)
    ):
        return True
    if _EXAMPLES.search(before):
        return True
    if re.match(r"(?i)[^;]{0,40}?\bersätts\s+(?:av|med)\b", statement.after(each.end)):
        return True
    if re.search(r"(?i)\bfrån\s+$", before) and re.match(r"\s+till\s", statement.after(each.end)):
        return True
    written = statement.text[each.start : each.end]
    if re.fullmatch(r"(?i)(?:\w+|[\d ,.\xa0]+)\s*(?:tusen|miljon\w*|miljard\w*|mn)", written):
        return not re.match(r"(?i)\s*(?:kronor|kr|sek|euro)", statement.after(each.end))
    return bool(_DEFINES.search(before) or re.search(r"(?i)definition", statement.heading))


def _what(statement: Statement, each: Expression) -> str:
    before = statement.before(each.start)
    nouns = _NOUN.findall(before)
    after = statement.after(each.end)
    noun = nouns[-1] if nouns else next(iter(_NOUN.findall(_CLAUSE_END.split(after[:60])[0])), "")
    if not noun and "|" in before:
        noun = before.split("|")[0].strip()
    unit = _UNIT.match(after)
    parts = [noun.casefold() if not noun.isupper() else noun, re.sub(r"\s+", " ", unit[1]) if unit else ""]
    return " ".join(part for part in parts if part)
