"""How much one client may ask of `certverify serve`, and how much is done at a time."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic


@dataclass(frozen=True, slots=True)
class Limits:
    """All limits of the server. None is a promise: they keep one computer usable."""

    file_bytes: int = 40 << 20
    at_once: int = 2  # files being checked
    seconds: float = 60.0  # for one file
    memory: int = 3 << 30  # bytes, for one file
    per_minute: int = 30  # files of one client
    receive_seconds: float = 60.0  # for the upload itself


class Rate:
    """Counts what each client asked for in the last minute; knows at most `clients` of them."""

    def __init__(
        self, per_minute: int, *, clients: int = 1024, clock: Callable[[], float] = monotonic
    ) -> None:
        self._per_minute = per_minute
        self._clients = clients
        self._clock = clock
        self._asked: OrderedDict[str, list[float]] = OrderedDict()

    def wait(self, client: str) -> float:
        """0 where the client may ask now, which is then counted; else the seconds to wait."""
        now = self._clock()
        recent = [moment for moment in self._asked.pop(client, []) if moment > now - 60]
        self._asked[client] = recent
        while len(self._asked) > self._clients:
            self._asked.popitem(last=False)
        if len(recent) >= self._per_minute:
            return recent[0] + 60 - now
        recent.append(now)
        return 0.0
