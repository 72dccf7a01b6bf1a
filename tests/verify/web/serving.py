"""The server of `certverify serve` in a thread of the test."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from verify.web.limits import Limits
from verify.web.server import Examine, application


class Server(uvicorn.Server):
    """In a thread: signals belong to the test."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@contextmanager
def running(folder: Path, examine: Examine, limits: Limits | None = None) -> Iterator[int]:
    """The port of a running server."""
    app = application(folder, examine, ["127.0.0.1", "localhost"], limits)
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", access_log=False)
    server = Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.02)
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()
