"""What every answer of the server carries: protective headers, and the visitor's cookie on pages."""

import secrets
from http.cookies import SimpleCookie

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hall.cases.access import VISITOR_COOKIE
from hall.settings import settings

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), microphone=()",
}


class SecurityHeaders:
    """Adds headers to every HTTP answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One connection."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, with_headers)


class VisitorCookie:
    """Gives each browser a random token, kept until it is closed: who opened a case needs no code again.

    Scripts can't read it, other sites don't send it, and only its digest is stored, with the cases.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One connection; only pages get the cookie."""
        if scope["type"] != "http" or VISITOR_COOKIE in HTTPConnection(scope).cookies:
            await self.app(scope, receive, send)
            return

        async def with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    headers.append("set-cookie", _cookie())
            await send(message)

        await self.app(scope, receive, with_cookie)


def _cookie() -> str:
    cookie: SimpleCookie = SimpleCookie()
    cookie[VISITOR_COOKIE] = secrets.token_urlsafe(32)
    cookie[VISITOR_COOKIE]["path"], cookie[VISITOR_COOKIE]["samesite"] = "/", "Lax"
    cookie[VISITOR_COOKIE]["httponly"] = True
    if settings().address.startswith("https"):
        cookie[VISITOR_COOKIE]["secure"] = True
    return cookie.output(header="").strip()
