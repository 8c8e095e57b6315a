"""Manifests: what they may say, how it is read, that it wins, and what is said of one that is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from corpus.card import agreement_from
from corpus.manifest import Entry, declare, is_manifest, read_manifests
from corpus.types import Agreement, AvtalError, Declared, Document, FactName, FileFormat

TEXT = """Samverkansavtal mellan Påhitta kommun och Region Dikt

§ 1 Avtalstid

Avtalet gäller från och med den 1 januari 2024 till och med den 31 december 2026.

Avtalet ska sägas upp senast sex månader före avtalstidens utgång. Ersättningen är 1 000 kronor.
"""


def agreement() -> Agreement:
    return agreement_from(Document("a.txt", FileFormat.TXT, TEXT), "a")


def folder(tmp_path: Path, **files: str) -> tuple[Path, list[Path]]:
    """A folder of files by name, `__` for a slash and `_` for a dot."""
    for name, text in files.items():
        path = tmp_path / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path, sorted(path for path in tmp_path.rglob("*") if path.is_file())


def test_a_toml_manifest_gives_ids_and_every_field(tmp_path: Path) -> None:
    manifest = """
        ["a.txt"]
        agreement_id = "samverkan/dikt"
        title = "Dikt och sanning"
        typ = "Ramavtal"
        parties = ["Påhitta kommun", "MDH"]
        diarienummer = ["PK 2024-1"]
        signed = 2024-01-02
        gäller_från = "den 1 februari 2024"
    """.replace("gäller_från", '"gäller från"')
    manifest += """
        valid_to = "2027-01-31"
        until_further_notice = false
        extension = "ett år"
        notice_period = "P3M"
        amounts = ["450 tkr: ersättning per år"]
        contact_roles = ["Avtalsansvarig: skolchefen"]
        replaces = "avtal med dnr PK 2019-4"
    """
    entries = read_manifests(*folder(tmp_path, a_txt=TEXT, avtal_toml=manifest))
    entry = entries["a.txt"]
    assert entry.agreement_id == "samverkan/dikt"
    assert [(each.name.value, each.value, each.detail) for each in entry.declared] == [
        ("title", "Dikt och sanning", ""),
        ("kind", "ramavtal", ""),
        ("party", "Påhitta kommun", ""),
        ("party", "MDH", ""),
        ("registry_number", "PK 2024-1", ""),
        ("signed", "2024-01-02", ""),
        ("valid_from", "2024-02-01", ""),
        ("valid_to", "2027-01-31", ""),
        ("until_further_notice", "", ""),
        ("extension", "P1Y", ""),
        ("notice_period", "P3M", ""),
        ("amount", "450000 SEK", "ersättning per år"),
        ("contact_role", "avtalsansvarig", "skolchefen"),
        ("replaces", "avtal med dnr PK 2019-4", ""),
    ]
    assert {each.manifest for each in entry.declared} == {"avtal.toml"}


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("fil;Gäller till;parter\na.txt;2027-01-31;Påhitta kommun | Ångby AB\n", "utf-8"),
        ("fil;Gäller till;parter\na.txt;2027-01-31;Påhitta kommun | Ångby AB\n", "utf-8-sig"),
        ("fil;Gäller till;parter\r\na.txt;2027-01-31;Påhitta kommun | Ångby AB\r\n", "cp1252"),
        ("Fil,valid_to,Parter\na.txt,31 januari 2027,Påhitta kommun | Ångby AB\n", "utf-8"),
    ],
)
def test_a_csv_manifest_says_the_same_with_either_separator_and_encoding(
    tmp_path: Path, text: str, encoding: str
) -> None:
    root, _ = folder(tmp_path, a_txt=TEXT)
    (root / "avtal.csv").write_bytes(text.encode(encoding))
    declared = read_manifests(root, sorted(root.iterdir()))["a.txt"].declared
    assert [(each.name, each.value) for each in declared] == [
        (FactName.VALID_TO, "2027-01-31"),
        (FactName.PARTY, "Påhitta kommun"),
        (FactName.PARTY, "Ångby AB"),
    ]


def test_a_manifest_speaks_of_its_own_folder_and_below(tmp_path: Path) -> None:
    root, paths = folder(
        tmp_path,
        hyra__a_txt=TEXT,
        hyra__avtal_toml='["a.txt"]\ntitle = "Hyran"\n["gamla/b.txt"]\ntitle = "Gamla hyran"\n',
        hyra__gamla__b_txt=TEXT,
    )
    entries = read_manifests(root, paths)
    assert {path: entry.declared[0].value for path, entry in entries.items()} == {
        "hyra/a.txt": "Hyran",
        "hyra/gamla/b.txt": "Gamla hyran",
    }
    assert entries["hyra/a.txt"].declared[0].manifest == "hyra/avtal.toml"
    assert [is_manifest(path) for path in paths] == [False, True, False]


def test_the_manifest_wins_and_is_no_place_in_the_text() -> None:
    entry = Entry(
        None,
        (
            Declared(FactName.VALID_TO, "2027-06-30", "avtal.toml"),
            Declared(FactName.PARTY, "Region Dikt", "avtal.toml"),
            Declared(FactName.PARTY, "MDH", "avtal.toml"),
            Declared(FactName.KIND, "ramavtal", "avtal.toml"),
        ),
    )
    before, after = agreement(), declare(agreement(), entry)
    assert before.values(FactName.VALID_TO) == ("2026-12-31",)
    assert after.values(FactName.VALID_TO) == ("2027-06-30",)
    assert (after.kind, after.parties) == ("ramavtal", ("Region Dikt", "Mälardalens universitet"))
    assert {fact.name for fact in after.facts} & {FactName.VALID_TO, FactName.KIND} == set()
    assert [f.value for f in after.facts if f.name is FactName.PARTY] == ["Region Dikt"]
    assert ("party", "Mälardalens universitet") in [(d.name.value, d.value) for d in after.declared]
    assert all(after.text[fact.start : fact.end].strip() for fact in after.facts)


def test_a_reckoned_last_notice_day_follows_the_manifest() -> None:
    assert agreement().values(FactName.LAST_NOTICE_DAY) == ("2026-06-30",)
    moved = declare(agreement(), Entry(None, (Declared(FactName.VALID_TO, "2027-12-31", "avtal.csv"),)))
    assert moved.values(FactName.LAST_NOTICE_DAY) == ("2027-06-30",)
    unknown = declare(agreement(), Entry(None, (Declared(FactName.VALID_TO, "", "avtal.csv"),)))
    assert (unknown.values(FactName.VALID_TO), unknown.values(FactName.LAST_NOTICE_DAY)) == ((), ())


def test_without_an_entry_the_agreement_is_what_the_text_says() -> None:
    assert declare(agreement(), Entry("annat/id")) == agreement()


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        ('["b.txt"]\ntitle = "B"\n', "avtal.toml nämner filen b.txt, som inte finns i mappen"),
        ('["a.txt"]\nslut = "B"\n', "avtal.toml: fältet slut för filen a.txt finns inte; fälten är agreement_id, title"),
        ('["a.txt"]\nvalid_to = "i maj"\n', "avtal.toml: valid_to för filen a.txt är i maj men ska vara en dag"),
        ('["a.txt"]\nvalid_to = "2024-02-30"\n', "är 2024-02-30 men ska vara en dag, till exempel 2026-12-31"),
        ('["a.txt"]\nnotice_period = "länge"\n', "är länge men ska vara en tid, till exempel 6 månader"),
        ('["a.txt"]\namounts = ["mycket"]\n', "är mycket men ska vara ett belopp"),
        ('["a.txt"]\nuntil_further_notice = "kanske"\n', "är kanske men ska vara ja eller nej"),
        ('["a.txt"]\ntitle = ["A", "B"]\n', "title för filen a.txt har flera värden; ange ett"),
        ('["a.txt"]\nagreement_id = "/a"\n', "agreement_id för filen a.txt är '/a'"),
        ('["../a.txt"]\ntitle = "A"\n', "ligger utanför manifestets mapp"),
        ('title = "A"\n', "avtal.toml: title står utanför en tabell"),
        ('["a.txt"\n', "avtal.toml är inte giltig TOML"),
    ],
)  # fmt: skip
def test_a_wrong_manifest_is_one_sentence_naming_file_and_field(
    tmp_path: Path, manifest: str, said: str
) -> None:
    with pytest.raises(AvtalError) as caught:
        read_manifests(*folder(tmp_path, a_txt=TEXT, avtal_toml=manifest))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value).replace(said, "")


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        ("namn;slut\na.txt;2024\n", "avtal.csv saknar kolumnen fil"),
        ("fil;title\na.txt;A;B\n", "avtal.csv, rad 2: 3 fält men rubrikraden har 2"),
        ("\n", "avtal.csv är tom"),
    ],
)
def test_a_wrong_csv_manifest_says_which_row(tmp_path: Path, manifest: str, said: str) -> None:
    root, _ = folder(tmp_path, a_txt=TEXT)
    (root / "avtal.csv").write_text(manifest, encoding="utf-8")
    with pytest.raises(AvtalError, match=said.replace("(", r"\(")):
        read_manifests(root, sorted(root.iterdir()))


def test_an_id_or_a_file_given_twice_is_refused(tmp_path: Path) -> None:
    two = '["a.txt"]\nid = "x"\n["b.txt"]\nid = "x"\n'
    root, paths = folder(tmp_path, a_txt=TEXT, b_txt=TEXT, avtal_toml=two)
    with pytest.raises(AvtalError, match=r"agreement_id x är givet både a\.txt och b\.txt"):
        read_manifests(root, paths)
    (root / "avtal.toml").write_text('["a.txt"]\ntitle = "A"\n', encoding="utf-8")
    (root / "avtal.csv").write_text("fil;title\na.txt;B\n", encoding="utf-8")
    with pytest.raises(AvtalError, match=r"redan står i avtal\.csv"):
        read_manifests(root, sorted(root.iterdir()))


def readers(tmp_path: Path, **files: str) -> dict[str, tuple[str, ...] | None]:
    return {path: entry.readers for path, entry in read_manifests(*folder(tmp_path, **files)).items()}


def test_readers_are_set_by_file_and_by_folder_the_nearest_first(tmp_path: Path) -> None:
    said = readers(
        tmp_path,
        a_txt="a",
        hr__b_txt="b",
        hr__löner__c_txt="c",
        hr__löner__d_txt="d",
        avtal_toml='["./"]\nreaders = ["*"]\n["hr/"]\nlasare = [" HR ", "Ledning", "hr"]',
        hr__löner__avtal_csv="fil;läsare\n./;ledning\nc.txt;Facket | ledning\n",
    )
    assert said == {
        "a.txt": ("alla",),
        "hr/b.txt": ("hr", "ledning"),
        "hr/löner/c.txt": ("facket", "ledning"),
        "hr/löner/d.txt": ("ledning",),
    }


def test_a_file_can_be_closed_in_an_open_folder(tmp_path: Path) -> None:
    manifest = '["./"]\nreaders = "alla"\n["a.txt"]\nreaders = []\n["c.txt"]\nid = "c"'
    assert readers(tmp_path, a_txt="a", b_txt="b", c_txt="c", avtal_toml=manifest) == {
        "a.txt": (), "b.txt": ("alla",), "c.txt": ("alla",),
    }  # fmt: skip
    (tmp_path / "avtal.toml").unlink()
    assert readers(tmp_path, avtal_csv="fil;läsare\n./;alla\na.txt;ingen\n")["a.txt"] == ()


def test_nobody_may_read_what_no_manifest_speaks_of(tmp_path: Path) -> None:
    assert readers(tmp_path, a_txt="a", b_txt="b", avtal_toml='["a.txt"]\nid = "x"') == {"a.txt": None}
    assert declare(agreement(), Entry()).readers == ()


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        ('["a.txt"]\nreaders = 3', "readers för filen a.txt är 3 men ska vara namn på grupper"),
        ('["a.txt"]\nreaders = [["hr"]]', "ska vara namn på grupper"),
        ('["hr/"]\nreaders = ["hr"]', "nämner mappen hr/, som inte finns;"),
        ('["./"]\ntitle = "Avtal"', "fältet title kan inte sättas för mappen"),
        ('["./"]\nreaders = ["a"]\n["././"]\nreaders = ["b"]', "som redan står i avtal.toml"),
        ('["hr"]\nreaders = ["hr"]', "eller sist om det är en mapp"),
    ],
)
def test_readers_that_cannot_be_understood_stop_the_reading(tmp_path: Path, manifest: str, said: str) -> None:
    with pytest.raises(AvtalError, match=re.escape(said)):
        readers(tmp_path, a_txt="a", avtal_toml=manifest)
