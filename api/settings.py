"""Settings of the server: the only reader of the environment."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.types import AvtalError


class Settings(BaseSettings):
    """Read once at start, from variables named `AVTAL_…`."""

    model_config = SettingsConfigDict(env_prefix="AVTAL_", frozen=True)

    index: Path = Field(default=Path(".avtal"), description="Mappen med indexet")
    host: str = Field(default="127.0.0.1", description="Adress som servern lyssnar på")
    port: int = Field(default=8000, ge=0, le=65535, description="Port som servern lyssnar på")
    most_hits: int = Field(default=50, ge=1, le=500, description="Högsta värde på limit i en sökning")


def read_settings() -> Settings:
    """The settings of the environment. Raises AvtalError naming the variable and its value."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "AVTAL_" + "_".join(str(part) for part in first["loc"]).upper()
        raise AvtalError(
            f"variabeln {name} har värdet {first['input']!r}, som inte kan användas; rätta eller ta bort den"
        ) from error
