"""A language model behind an address that speaks OpenAI's chat completions: Ollama, vLLM, llama.cpp, a provider's."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import urlsplit

from api.settings import Settings
from corpus.types import AvtalError
from retriever.phrasing.model import Message, ModelError

MOST_BYTES = 1_000_000
"""Of the model's answer; a longer one is refused, not cut."""
MOST_TOKENS = 600
AT_ONCE = 4
"""Calls at the same time; a reader beyond them gets the answer without the model at once."""
_CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class HttpModel:
    """The model `name` at `url` (the address before /chat/completions). Follows no redirects and uses no proxy.

    `seconds` is the time for a whole call, from the connection to the last byte.
    """

    url: str
    name: str
    key: str = field(repr=False)
    seconds: float
    slots: threading.BoundedSemaphore = field(default_factory=lambda: threading.BoundedSemaphore(AT_ONCE))

    def complete(self, messages: Sequence[Message]) -> str:
        """The text of the model's answer. Raises ModelError for whatever goes wrong."""
        if not self.slots.acquire(blocking=False):
            raise ModelError("språkmodellen är upptagen med andra frågor")
        try:
            return _text_of(self._call(messages))
        finally:
            self.slots.release()

    def _call(self, messages: Sequence[Message]) -> bytes:
        body = {
            "model": self.name,
            "messages": [asdict(message) for message in messages],
            "temperature": 0,
            "seed": 0,
            "max_tokens": MOST_TOKENS,
            "stream": False,
        }
        deadline = time.monotonic() + self.seconds
        connection = _connection(self.url, self.seconds)
        hung_up: threading.Timer | None = None
        try:
            connection.connect()
            hung_up = _hang_up_at(connection.sock, deadline)
            connection.request(
                "POST", f"{urlsplit(self.url).path}/chat/completions", json.dumps(body), self._headers()
            )
            response = connection.getresponse()
            if response.status != 200:
                raise ModelError(f"språkmodellen svarade med felkod {response.status}")
            read = _read(response)
        except (OSError, http.client.HTTPException, ValueError) as error:
            if time.monotonic() >= deadline or isinstance(error, TimeoutError):
                raise ModelError(f"språkmodellen svarade inte inom {self.seconds:g} sekunder") from error
            raise ModelError("språkmodellen går inte att nå") from error
        finally:
            if hung_up is not None:
                hung_up.cancel()
            connection.close()
        if time.monotonic() >= deadline:
            raise ModelError(f"språkmodellen svarade inte inom {self.seconds:g} sekunder")
        return read

    def _headers(self) -> dict[str, str]:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        return {**headers, "Authorization": f"Bearer {self.key}"} if self.key else headers


def open_language_model(settings: Settings) -> HttpModel | None:
    """The model of the settings; None where they name no address. Nothing is sent before a question is asked.

    Raises AvtalError for an address without a model's name.
    """
    if not settings.language_model_url:
        return None
    if not settings.language_model:
        raise AvtalError(
            "variabeln AVTAL_LANGUAGE_MODEL_URL är satt men inte AVTAL_LANGUAGE_MODEL; ange modellens namn, till exempel llama3.1:8b"
        )
    key = settings.language_model_key.get_secret_value()
    return HttpModel(
        settings.language_model_url, settings.language_model, key, settings.language_model_seconds
    )


def _connection(url: str, seconds: float) -> http.client.HTTPConnection:
    address = urlsplit(url)
    host = address.hostname or ""
    if address.scheme == "https":
        return http.client.HTTPSConnection(host, address.port, timeout=seconds)
    return http.client.HTTPConnection(host, address.port, timeout=seconds)


def _hang_up_at(held: socket.socket, deadline: float) -> threading.Timer:
    """Ends the call when its time is out, also one that still gives a byte now and then."""

    def hang_up() -> None:
        with suppress(OSError):  # the other end was faster
            held.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(0.0, deadline - time.monotonic()), hang_up)
    timer.daemon = True
    timer.start()
    return timer


def _read(response: http.client.HTTPResponse) -> bytes:
    read = b""
    while chunk := response.read1(_CHUNK):
        read += chunk
        if len(read) > MOST_BYTES:
            raise ModelError(f"språkmodellens svar är längre än {MOST_BYTES // 1000} kB")
    return read


def _text_of(body: bytes) -> str:
    """The text of a chat completion, without the thoughts that some models write first."""
    try:
        answer: Any = json.loads(body)
        text = answer["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise ModelError("språkmodellens svar går inte att läsa") from error
    if not isinstance(text, str):
        raise ModelError("språkmodellens svar går inte att läsa")
    return text.rpartition("</think>")[2]
