"""What a language model must be able to do to phrase an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from corpus.types import AvtalError


class ModelError(AvtalError):
    """A model that gave no usable text. The message is a Swedish clause that says why, without a full stop."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation, as the chat completions of OpenAI have it."""

    role: Literal["system", "user"]
    content: str


class LanguageModel(Protocol):
    """Anything that continues a conversation."""

    @property
    def name(self) -> str:
        """The name that the reader sees."""
        ...

    def complete(self, messages: Sequence[Message]) -> str:
        """The text that the model writes. Raises ModelError where there is none, for whatever reason."""
        ...
