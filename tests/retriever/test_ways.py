"""Ways of a clause: what a text says of arbitration, a ceiling or a fine, and the set where a question means one."""

from __future__ import annotations

import pytest

from retriever.asked import put
from retriever.clause_meant import examples
from retriever.engine import Engine
from retriever.set_answer import set_answer
from retriever.types import Coverage, Filters
from retriever.ways import may_mean, way_asked, ways


def test_people_ask_for_every_way() -> None:
    assert set(ways()) <= set(examples())
    assert all(len(examples()[key]) >= 5 for key in ways())


@pytest.mark.parametrize(
    ("key", "sentence", "said"),
    [
        ("disputes:arbitration", "Lyckas det inte avgörs tvisten genom skiljedom.", True),
        ("disputes:arbitration", "Tvist prövas av allmän domstol.", False),
        ("disputes:arbitration", "Bestämmelsen om skiljenämnd i punkt 4 utgår.", False),
        ("disputes:arbitration", "Skiljeförfarande är uteslutet.", False),
        ("disputes:court", "Kan parterna inte enas prövas saken av Valla tingsrätt.", True),
        ("disputes:court", "Ingen part ska dra saken inför domstol.", False),
        ("disputes:no_court", "Ingen part ska dra saken inför domstol.", True),
        ("term:option", "Köparen kan förlänga avtalet med ett år i taget.", True),
        ("term:option", "Avtalet förlängs automatiskt om ingen säger upp det.", False),
        ("liability:cap", "Skadeståndet är begränsat till högst en miljon kronor.", True),
        ("liability:cap", "Part ersätter skada som den orsakar.", False),
        ("penalty:fine", "Vid försening utgår vite om 5 000 kronor per dag.", True),
        ("penalty:fine", "Något vite utgår inte.", False),
        ("penalty:fine", "The parties may invite guest teachers.", False),
        ("finance:none", "Ingen av oss behöver betala något till den andra.", True),
        ("other:nonbinding", "Avsiktsförklaringen är inte juridiskt bindande.", True),
        ("finance:none", "Överenskommelsen medför inga ekonomiska åtaganden.", True),
        ("staff:conditions", "Leverantören ska betala lön enligt kollektivavtal.", True),
        ("staff:conditions", "Parterna i kollektivavtalet möts varje år.", False),
        ("scope:first", "Sökande som saknar arbete har förtur.", True),
        ("scope:first", "Är handlingarna motstridiga har avtalet företräde före bilagorna.", False),
        ("scope:around_clock", "Leverantören ska kunna nås dygnet runt.", True),
        ("scope:around_clock", "Kvinnojouren tar emot besök.", False),
        ("finance:indexed", "Hyran räknas upp varje år enligt konsumentprisindex.", True),
        ("finance:indexed", "Någon indexuppräkning görs inte.", False),
        ("penalty:fine", "Utebliven rond ger avdrag med 3 000 kronor.", True),
        ("penalty:fine", "Vid inställd tid dras 500 kronor från bidraget.", True),
        ("finance:repaid", "Medel som inte har använts ska återbetalas.", True),
        ("confidentiality:signed", "Konsulten undertecknar en förbindelse om tystnadsplikt.", True),
        ("confidentiality:afterwards", "Sekretessen gäller även efter att avtalet upphört.", True),
        ("staff:record", "Ledare ska visa utdrag ur belastningsregistret.", True),
        ("staff:record", "Biträdet bistår vid registerutdrag och rättelse.", False),
        ("results:review", "Manuskriptet ska lämnas till parten 30 dagar innan det skickas in.", True),
        ("results:review", "Resultaten ska publiceras öppet.", False),
        ("personal_data:consent", "Uppgifter om eleven lämnas bara med vårdnadshavarens samtycke.", True),
        ("personal_data:consent", "Byte av underleverantör kräver kundens samtycke.", False),
        ("follow_up:evaluation", "Samarbetet utvärderas efter två år.", True),
        ("liability:cap", "För skador svarar föreningen, dock högst med ett års ersättning.", True),
        ("ending:at_once", "Vid vanvård får avtalet hävas utan varsel.", True),
        ("ending:at_once", "Avtalet sägs upp med tre månaders varsel.", False),
        ("organisation:joining", "Annan kommun får ansluta sig efter medgivande av samtliga.", True),
        ("organisation:joining", "Fastigheten ansluts till kommunens vattennät.", False),
        ("notice:none", "Avtalet kan inte sägas upp under avtalstiden.", True),
    ],
)
def test_what_a_sentence_says(key: str, sentence: str, said: bool) -> None:
    assert ways()[key].said_by(sentence) is said


def test_a_question_for_arbitration_gets_no_agreement_that_goes_to_court(samples: Engine) -> None:
    question = "I vilka avtal avgör skiljemän i stället för domstol?"
    answer = set_answer(put(samples, question, Filters(), 10))
    given = [each for each in answer.agreements if each.coverage is Coverage.EXPLICIT]
    assert given
    for each in given:
        assert "skilje" in samples.index.agreements[each.agreement_id].text.casefold()
    assert not any("domstol" in c.quote and "skilje" not in c.quote for each in given for c in each.citations)


@pytest.mark.parametrize(
    ("question", "way"),
    [
        ("Vilka avtal kan man kliva av med en gång?", "ending:at_once"),
        ("I vilka avtal kan fler kommuner ansluta sig?", "organisation:joining"),
        ("Finns ett tak för hur mycket vi måste ersätta?", "liability:cap"),
        ("Vilka avtal kräver bakgrundskontroll?", "staff:record"),
        ("I vilka avtal måste ledarna vara ostraffade?", "staff:record"),
        ("Vilka avtal kräver att folk inte är dömda för brott?", "staff:record"),
        ("Vilka avtal blir dyrare i takt med inflationen?", "finance:indexed"),
        ("Var ställs krav på schyssta löner?", "staff:conditions"),
        ("I vilka avtal får någon gå före i kön?", "scope:first"),
        ("Vilka avtal har jour?", "scope:around_clock"),
        ("Vilka papper är bara viljeyttringar?", "other:nonbinding"),
        ("Var ska bråk avgöras privat, utan domstol?", "disputes:arbitration"),
        ("Vilka avtal löser bråk på annat vis än i rätten?", "disputes:no_court"),
        ("Vilka avtal går det inte att hoppa av i förtid?", "notice:none"),
        ("Var kan man få böter?", "penalty:fine"),
        ("Vilket avtal innebär inga kostnader för någon part?", "finance:none"),
        ("Vilka avtal säger att bråk inte ska dras inför rätta?", "disputes:no_court"),
        ("Var avgör skiljemän och inte tingsrätten?", None),
        ("Vilka avtal tar upp kostnader för någon part?", None),
        ("Vilka avtal kan sägas upp med tre månaders varsel?", None),
        ("Vilka avtal handlar om nya bostäder?", None),
    ],
)
def test_the_way_that_a_questions_words_name(question: str, way: str | None) -> None:
    assert way_asked(question) == way


@pytest.mark.parametrize(
    ("key", "question", "means"),
    [
        ("confidentiality:signed", "Vilka avtal kräver att man håller tyst?", False),
        ("confidentiality:signed", "Var ska folk skriva på att de håller tyst?", True),
        ("confidentiality:afterwards", "Var måste man hålla tyst även efteråt?", True),
        ("confidentiality:afterwards", "I vilka avtal finns sekretess?", False),
    ],
)
def test_a_narrow_way_is_meant_only_where_the_question_says_so(key: str, question: str, means: bool) -> None:
    assert may_mean(key, question) is means
