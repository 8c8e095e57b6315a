"""Keys: shown once, kept as a hash, for a time, and the sessions that begin with them."""

from __future__ import annotations

import stat
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from api.access import sessions
from api.access.api_keys import ApiKey, KeyRing, create_key, read_keys, revoke_key
from api.access.identity import Identity, Scope, UnknownReaderError
from api.access.sessions import SECONDS, Sessions
from api.audit import verify
from corpus.types import Agreement, AvtalError, Document, FileFormat

Avtal = Callable[..., CompletedProcess[str]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "hemligt" / "nycklar.json"


def test_a_key_is_shown_once_and_kept_as_its_hash(path: Path) -> None:
    made, shown = create_key(path, " Anna Exempel ", ["HR", "hr", " Ekonomi"], [Scope.READ], 30)
    assert len(shown.split("_", 2)[2]) == 43
    assert shown.split("_", 2)[2] not in path.read_text(encoding="utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (made.name, made.groups) == ("Anna Exempel", ("ekonomi", "hr"))
    assert made.expires - made.created == timedelta(days=30)
    found = KeyRing(path).by_key(shown)
    assert found == made == read_keys(path)[0]
    assert found.identity() == Identity(
        "Anna Exempel", frozenset({"ekonomi", "hr"}), frozenset({Scope.READ}), made.expires
    )


def test_any_other_key_is_nobodys(path: Path) -> None:
    _, shown = create_key(path, "anna", (), [Scope.READ], 1)
    _, other = create_key(path, "bo", (), [Scope.READ], 1)
    ring = KeyRing(path)
    mixed = "_".join([*shown.split("_", 2)[:2], other.split("_", 2)[2]])
    for wrong in (
        "",
        "avtal",
        shown[:-1],
        shown + "x",
        shown.upper(),
        mixed,
        shown.replace("avtal_", "annan_"),
        "å_ä_ö",
    ):
        with pytest.raises(UnknownReaderError):
            ring.by_key(wrong)
    assert ring.by_key(other).name == "bo"


def test_a_revoked_key_is_refused_at_once_and_cannot_be_revoked_again(path: Path) -> None:
    made, shown = create_key(path, "anna", (), [Scope.READ], 1)
    ring = KeyRing(path)
    assert ring.by_id(made.key_id) == ring.by_key(shown)
    revoked = revoke_key(path, made.key_id)
    assert revoked.revoked is not None and revoked.state(datetime.now(UTC)).startswith("återkallad")
    with pytest.raises(UnknownReaderError):
        ring.by_key(shown)
    with pytest.raises(UnknownReaderError):
        ring.by_id(made.key_id)
    with pytest.raises(AvtalError, match="redan återkallad"):
        revoke_key(path, made.key_id)
    with pytest.raises(AvtalError, match="ingen nyckel annan"):
        revoke_key(path, "annan")


def test_a_key_says_how_it_stands() -> None:
    now = datetime.now(UTC)
    made = create_key_like(now)
    assert made.state(now) == "gäller"
    assert replace(made, expires=now).state(now) == "utgången"


def create_key_like(now: datetime) -> ApiKey:
    return ApiKey("a", "anna", (), (Scope.READ,), now, now + timedelta(days=1), "0" * 64)


@pytest.mark.parametrize(("name", "days"), [("", 1), ("a\nb", 1), ("anna", 0), ("anna", 100_000)])
def test_a_key_needs_a_name_and_an_end(path: Path, name: str, days: int) -> None:
    with pytest.raises(AvtalError):
        create_key(path, name, (), [Scope.READ], days)


def test_keys_made_at_the_same_time_are_all_kept(path: Path) -> None:
    makers = [
        threading.Thread(target=create_key, args=(path, f"nr {n}", (), (Scope.READ,), 1)) for n in range(12)
    ]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    assert {key.name for key in read_keys(path)} == {f"nr {n}" for n in range(12)}


def test_a_session_lasts_a_working_day_and_is_kept_as_a_hash() -> None:
    now = [0.0]
    kept = Sessions(lambda: now[0])
    word = kept.begin("a")
    assert (kept.key_of(word), kept.key_of(""), kept.key_of(word + "x")) == ("a", None, None)
    assert word not in str(vars(kept))
    now[0] = SECONDS - 1.0
    assert kept.key_of(word) == "a"
    now[0] = float(SECONDS)
    assert kept.key_of(word) is None
    other = kept.begin("b")
    kept.end(other)
    assert kept.key_of(other) is None


def test_the_oldest_sessions_end_where_there_are_too_many() -> None:
    kept = Sessions()
    first = kept.begin("a")
    for _ in range(sessions.MOST):
        last = kept.begin("b")
    assert (kept.key_of(first), kept.key_of(last)) == (None, "b")


def test_what_an_identity_may_read() -> None:
    def agreement(name: str, *readers: str) -> Agreement:
        return Agreement(name, Document(name, FileFormat.TXT, ""), "", None, (), (), (), (), readers=readers)

    held = {
        a.agreement_id: a
        for a in (agreement("stängt"), agreement("öppet", "alla"), agreement("hr", "hr", "it"))
    }

    def reads(groups: tuple[str, ...], *scopes: Scope) -> set[str]:
        return set(Identity.of("anna", groups, scopes).readable(held))

    assert reads((), Scope.READ) == {"öppet"}
    assert reads(("HR ",), Scope.READ) == {"öppet", "hr"}
    assert reads(("it",), Scope.READ_ALL) == {"stängt", "öppet", "hr"}
    assert reads(("it",), Scope.ADMIN, Scope.METRICS) == set()
    assert (
        reads(
            (),
        )
        == set()
    )


def test_keys_by_the_command_line(avtal: Avtal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AVTAL_AUDIT", str(tmp_path / "logg.jsonl"))
    assert "AVTAL_KEYS" in avtal("key", "list").stderr
    monkeypatch.setenv("AVTAL_KEYS", str(tmp_path / "nycklar.json"))
    made = avtal("key", "create", "Anna Exempel", "--group", "HR", "--group", "it", "--days", "7")
    shown = made.stdout.strip()
    key_id = shown.split("_")[1]
    assert shown not in made.stderr and "Den visas bara nu" in made.stderr
    assert f"{key_id}  gäller" in avtal("key", "list").stdout
    assert "grupper: hr, it  får: read" in avtal("key", "list").stdout
    assert "gäller inte längre" in avtal("key", "revoke", key_id).stdout
    assert "återkallad" in avtal("key", "list").stdout
    assert avtal("key", "create", "x", "--scope", "allt").returncode == 2
    log = (tmp_path / "logg.jsonl").read_text(encoding="utf-8")
    assert ("access.key_created" in log, "access.key_revoked" in log, shown in log) == (True, True, False)
    assert verify(tmp_path / "logg.jsonl").entries == 2
