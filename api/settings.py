"""Settings of the server: the only reader of the environment."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from api.admin.key import is_hash
from corpus.types import AvtalError


class Access(StrEnum):
    """How a reader is known. OFF: everyone who reaches the server reads every agreement."""

    OFF = "off"
    KEYS = "keys"
    OIDC = "oidc"
    PROXY = "proxy"


class Settings(BaseSettings):
    """Read once at start, from variables named `AVTAL_…`."""

    model_config = SettingsConfigDict(env_prefix="AVTAL_", frozen=True, env_ignore_empty=True)

    index: Path = Field(default=Path(".avtal"), description="Mappen med indexet")
    host: str = Field(default="127.0.0.1", description="Adress som servern lyssnar på")
    port: int = Field(default=8000, ge=0, le=65535, description="Port som servern lyssnar på")
    hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Värdnamn som servern svarar på utöver den egna datorns, med mellanrum emellan: avtal.example.se; tom: "
        "bara den egna datorns när access är off, annars alla",
    )
    most_hits: int = Field(default=50, ge=1, le=500, description="Högsta värde på limit i en sökning")
    box_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Webbplatser som får visa sökrutan, med mellanrum emellan: https://intranat.example.se",
    )
    feedback: Path | None = Field(
        default=None,
        description="Mapp där omdömen från sidan sparas som utkast till testfrågor; tom: inget tas emot",
    )
    audit: Path | None = Field(
        default=None,
        description="Fil där publiceringar, återgångar, ändrad behörighet och exporter bokförs i en kedja; tom: ingen",
    )
    folder: Path | None = Field(
        default=None,
        description="Mappen med avtal som registratorn får ändra från sidan; tom: inga sådana sidor",
    )
    admin_key_hash: str = Field(
        default="",
        description="Kontrollsumman av registratorns nyckel, som avtal admin-key skriver; tom: inga sådana sidor",
    )
    upload_megabytes: int = Field(
        default=50, ge=1, le=2000, description="Största fil som registratorn kan skicka in, i megabyte"
    )
    question_log: Path | None = Field(
        default=None, description="Fil där frågor sparas, maskade och utan avsändare; tom: inga frågor sparas"
    )
    question_log_days: int = Field(
        default=30, ge=1, le=30, description="Så många dagar sparas en fråga, om de sparas"
    )
    contact: str = Field(
        default="",
        description="E-postadress eller webbadress för frågor om sidans tillgänglighet; tom: redogörelsen säger att den saknas",
    )
    public_url: str = Field(
        default="", description="Adressen som sidan nås på utifrån; tom: den som anropet kom till"
    )
    at_work: int = Field(
        default=0,
        ge=0,
        le=1000,
        description="Så många anrop besvaras på en gång; dubbelt så många till får vänta, resten får 503; 0: ett, med språkmodell åtta",
    )
    request_seconds: float = Field(
        default=60.0, gt=0, le=3600, description="Så länge får ett anrop arbeta innan det ges upp med 503"
    )

    access: Access = Field(
        default=Access.OFF,
        description="Vem som får läsa: off (alla som når servern), keys, oidc eller proxy; se docs/access.md",
    )
    open: bool = Field(
        default=False,
        description="Sätt till 1 om alla som når servern ska läsa alla avtal, fast den nås utifrån och access är off",
    )
    views: int = Field(
        default=32, ge=1, le=10_000, description="Så många olika läsbara urval hålls i minnet, med access på"
    )
    admin_group: str = Field(
        default="", description="Gruppen vars medlemmar sköter tjänsten, med oidc och proxy; tom: ingen"
    )
    keys: Path | None = Field(
        default=None, description="Filen med API-nycklarnas kontrollsummor, med access keys"
    )
    oidc_issuer: str = Field(
        default="", description="Utfärdaren, som den står i en bricka (iss), med access oidc"
    )
    oidc_audience: str = Field(default="", description="Den här tjänstens namn hos utfärdaren (aud)")
    oidc_algorithms: Annotated[tuple[str, ...], NoDecode] = Field(
        default=("RS256", "ES256"), description="Signaturer som godtas, med mellanrum emellan"
    )
    oidc_keys: str = Field(
        default="", description="Utfärdarens publika nycklar (JWK Set): en https-adress eller en fil"
    )
    oidc_groups: str = Field(default="groups", description="Uppgiften i brickan som namnger läsarens grupper")
    proxy_addresses: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Den omvända proxyns adresser eller nät, med mellanrum emellan, med access proxy",
    )
    proxy_secret: SecretStr = Field(
        default=SecretStr(""),
        description="Hemligheten som proxyn visar i X-Avtal-Proxy-Secret, minst 32 tecken",
    )
    proxy_user: str = Field(default="X-Remote-User", description="Huvudet där proxyn namnger läsaren")
    proxy_groups: str = Field(
        default="X-Remote-Groups", description="Huvudet där proxyn namnger läsarens grupper"
    )
    proxy_separator: str = Field(
        default=",", min_length=1, max_length=1, description="Tecknet mellan grupperna i det huvudet"
    )

    telemetry: str = Field(
        default="",
        description="Adress som tar emot spår enligt OpenTelemetry (OTLP över http): http://127.0.0.1:4318/v1/traces; tom: inga",
    )

    language_model_url: str = Field(
        default="",
        description="Adress till en språkmodell som talar OpenAI:s gränssnitt: http://127.0.0.1:11434/v1; tom: ingen språkmodell",
    )
    language_model: str = Field(default="", description="Språkmodellens namn hos den adressen")
    language_model_key: SecretStr = Field(
        default=SecretStr(""), description="Nyckel till språkmodellen, där en behövs"
    )
    language_model_seconds: float = Field(
        default=20.0, gt=0, le=600, description="Så länge får språkmodellen hålla på med ett svar"
    )

    @field_validator("box_origins", mode="before")
    @classmethod
    def _origins(cls, value: object) -> object:
        """Origins (scheme, host, port) from words parted by blanks or commas. Raises ValueError for anything else."""
        words = value.replace(",", " ").split() if isinstance(value, str) else value
        for word in words if isinstance(words, list | tuple) else ():
            if not is_origin(word):
                raise ValueError("en adress som https://intranat.example.se behövs, utan sökväg och utan *")
        return words

    @field_validator("admin_key_hash")
    @classmethod
    def _hash(cls, value: str) -> str:
        """The hash of a key. Raises ValueError for anything else, the key itself for one."""
        if value and not is_hash(value):
            raise ValueError("64 tecken ur 0–9 och a–f behövs")
        return value

    @field_validator("hosts", mode="before")
    @classmethod
    def _hosts(cls, value: object) -> object:
        """Host names in small letters. Raises ValueError for an address with a scheme, a port, a path or *."""
        words = value.replace(",", " ").split() if isinstance(value, str) else value
        for word in words if isinstance(words, list | tuple) else ():
            if not isinstance(word, str) or set(word) & set(":/*@"):
                raise ValueError("ett värdnamn som avtal.example.se behövs, utan port och utan *")
        return tuple(word.casefold() for word in words) if isinstance(words, list | tuple) else words

    @field_validator("oidc_algorithms", "proxy_addresses", mode="before")
    @classmethod
    def _words(cls, value: object) -> object:
        return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value

    @field_validator("public_url", "language_model_url", "telemetry")
    @classmethod
    def _address(cls, value: str) -> str:
        """An address without its last slash. Raises ValueError for one that is no web address."""
        address = urlsplit(value)
        if value and (
            address.scheme not in ("http", "https")
            or not address.hostname
            or address.query
            or address.port == 0
        ):
            raise ValueError("en adress som https://avtal.example.se behövs")
        return value.rstrip("/")


def is_origin(word: object) -> bool:
    """True for what a browser sends as Origin: a web scheme, a host and perhaps a port, in small letters."""
    if not isinstance(word, str):
        return False
    address = urlsplit(word)
    whole = f"{address.scheme}://{address.netloc}" == word == word.casefold()
    return whole and address.scheme in ("http", "https") and bool(address.hostname) and "*" not in word


def read_settings() -> Settings:
    """The settings of the environment. Raises AvtalError naming the variable and its value."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "AVTAL_" + "_".join(str(part) for part in first["loc"]).upper()
        shown = "ett värde" if "KEY" in name else f"värdet {first['input']!r}"
        raise AvtalError(
            f"variabeln {name} har {shown}, som inte kan användas; rätta eller ta bort den"
        ) from error
