"""What is answered at the door to who is not let in: a problem document, or a page where a person can sign in."""

from __future__ import annotations

import logging

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.access.guard import Guard, NotAllowedError, StrangeHostError
from api.access.identity import NOT_VALID, NOTHING_SHOWN, UnknownReaderError
from api.access.sign_in import sign_in_page
from api.refusal import refusal, wants_page
from api.settings import Access
from corpus.types import AvtalError

logger = logging.getLogger("avtal")

_TOLD = {
    NOTHING_SHOWN: (
        "tjänsten behöver veta vem som frågar; visa en giltig nyckel eller bricka i huvudet Authorization",
        "the service needs to know who is asking; show a valid key or token in the Authorization header",
    ),
    NOT_VALID: (
        "nyckeln, brickan eller inloggningen gäller inte; logga in på nytt eller be om en ny",
        "the key, token or session is not valid; sign in again or ask for a new one",
    ),
}
_NOT_FOR_THIS = (
    "den du är inloggad som får inte göra det här; be den som sköter tjänsten",
    "who you are signed in as may not do this; ask those who run the service",
)
_STRANGE_HOST = (
    "tjänsten svarar inte under det namnet; gå till den på localhost eller 127.0.0.1, eller låt den som sköter den lägga till "
    "namnet i AVTAL_HOSTS",
    "the service does not answer by that name; go to it at localhost or 127.0.0.1, or have those who run it add the name to "
    "AVTAL_HOSTS",
)
_CANNOT_KNOW = (
    "det går inte att ta reda på vem som frågar just nu; försök igen om en stund",
    "it cannot be found out who is asking just now; try again in a moment",
)


async def refused(guard: Guard, request: Request, with_page: bool = True) -> Response | None:
    """The answer to who is not let in; None for who is, with the identity noted on the request.

    Without a page, a browser too gets a problem document.
    """
    try:
        if guard.access is Access.OIDC:  # may fetch the issuer's keys
            await run_in_threadpool(guard.admit, request)
        else:
            guard.admit(request)
    except UnknownReaderError as error:
        if with_page and wants_page(request):
            return sign_in_page(request, 401, error.told if error.told == NOT_VALID else "")
        response = refusal(request, 401, _TOLD[error.told])
        response.headers["WWW-Authenticate"] = guard.challenge(error.told)
        return response
    except StrangeHostError:
        return refusal(request, 421, _STRANGE_HOST)
    except NotAllowedError:
        return refusal(request, 403, _NOT_FOR_THIS)
    except AvtalError as error:
        logger.error("%s", error)
        return refusal(request, 503, _CANNOT_KNOW)
    return None
