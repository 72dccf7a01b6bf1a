"""The page on this computer, and the Python pipeline behind it: what `certverify serve` runs.

    GET  /c/...          the folder that `verify.web.build` made; /c/<code> is its page
    POST /c/api/check    a picture or PDF as the body; the report as JSON

Nothing is stored: a file lives in memory while a process with limits looks at it. Nothing is logged but counts
of answers: no address, no name, no content. Only pages of this server may ask (host and a header are compared).
"""

import asyncio
import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from certgen.errors import CertgenError, Said
from verify import bounded
from verify.web.build import CSP
from verify.web.limits import Limits, Rate

ASKING = "x-certverify"
"""A header that our page sends: a page of another site cannot without asking first, and is refused."""

Examine = Callable[[bytes], dict[str, Any]]
"""From a file's bytes to a report as JSON. Importable by name: it runs in a process of its own."""

HEADERS = {
    "content-security-policy": f"{CSP}; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(self), microphone=(), geolocation=(), clipboard-write=(self)",
    "cache-control": "no-cache",
}
_CODE = re.compile(r"[YS][0-9]{21}")
_TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".wasm": "application/wasm",
}

_TOO_LARGE = Said("文件过大", "the file is too large")
_TOO_OFTEN = Said("请求过于频繁，请稍后再试", "too many requests: try again in a moment")
_BUSY = Said("正在核验其他文件，请稍后再试", "busy with other files: try again in a moment")
_NOT_OURS = Said("只接受本页面发出的请求", "only this page may ask")
_SLOW = Said("上传过慢，已停止", "the upload was too slow and was stopped")
_EMPTY = Said("文件是空的", "the file is empty")


def application(
    folder: Path, examine: Examine, hosts: list[str], limits: Limits | None = None
) -> Starlette:
    """The server over a built folder; `hosts` are the names it answers to."""
    limits = limits or Limits()
    desk = _Desk(examine, limits)
    return Starlette(
        routes=[
            Route("/", _to_page),
            Route("/c", _to_page),
            Route("/c/api/check", desk.check, methods=["POST"]),
            Route("/c/{name:path}", partial(_file, _files(folder))),
        ],
        middleware=[
            Middleware(_Secured),
            Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False),
        ],
    )


class _Secured:
    """Sets the security headers on whatever is answered, refusals included."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                ours = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
                known = {name for name, _ in ours}
                message["headers"] = [
                    *(pair for pair in message.get("headers", []) if pair[0].lower() not in known),
                    *ours,
                ]
            await send(message)

        await self._app(scope, receive, secured if scope["type"] == "http" else send)


async def _to_page(request: Request) -> Response:
    del request
    return RedirectResponse("/c/")


def _files(folder: Path) -> dict[str, Path]:
    """The files of the folder by their plain names; nothing outside it has one."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path for path in found}


async def _file(files: Mapping[str, Path], request: Request) -> Response:
    name = request.path_params["name"]
    if name == "" or _CODE.fullmatch(name):
        name = "index.html"
    path = files.get(name)
    if path is None:
        return Response("404", status_code=404, media_type="text/plain")
    return FileResponse(path, media_type=_TYPES.get(path.suffix, "application/octet-stream"))


class _Desk:
    """Takes files, one client after another, and answers with reports."""

    def __init__(self, examine: Examine, limits: Limits) -> None:
        self._examine = examine
        self._limits = limits
        self._rate = Rate(limits.per_minute)
        self._busy = 0

    async def check(self, request: Request) -> Response:
        """One file."""
        if request.headers.get(ASKING) != "1":
            return _refused(403, _NOT_OURS)
        client = request.client.host if request.client else ""
        if (wait := self._rate.wait(client)) > 0:
            return _refused(429, _TOO_OFTEN, {"retry-after": f"{int(wait) + 1}"})
        if self._busy >= self._limits.at_once:
            return _refused(503, _BUSY, {"retry-after": "3"})
        self._busy += 1
        try:
            return await self._answer(request)
        finally:
            self._busy -= 1

    async def _answer(self, request: Request) -> Response:
        try:
            data = await asyncio.wait_for(self._received(request), self._limits.receive_seconds)
        except TimeoutError:
            return _refused(408, _SLOW, {"connection": "close"})
        except ClientDisconnect:
            return Response(status_code=400)
        if data is None:
            return _refused(413, _TOO_LARGE, {"connection": "close"})
        if not data:
            return _refused(400, _EMPTY)
        try:
            report = await run_in_threadpool(
                bounded.call,
                self._examine,
                data,
                seconds=self._limits.seconds,
                memory=self._limits.memory,
            )
        except CertgenError as problem:
            return _refused(422, problem.said)
        return JSONResponse(report)

    async def _received(self, request: Request) -> bytes | None:
        """The body, or None as soon as it is larger than allowed."""
        stated = request.headers.get("content-length", "0")
        if not stated.isascii() or not stated.isdigit() or int(stated) > self._limits.file_bytes:
            return None
        parts: list[bytes] = []
        size = 0
        async for part in request.stream():
            size += len(part)
            if size > self._limits.file_bytes:
                return None
            parts.append(part)
        return b"".join(parts)


def _refused(status: int, said: Said, headers: Mapping[str, str] | None = None) -> Response:
    return JSONResponse(
        {"error": {"zh": said.zh, "en": said.en}}, status_code=status, headers=dict(headers or {})
    )
