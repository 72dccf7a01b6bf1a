"""The fence around readers of hostile files: time, memory, crash and error each end as a sentence."""

import operator
import os
import time
from functools import partial
from itertools import repeat

import pytest

from certgen.errors import LevelError
from certgen.standards.levels import Level
from verify.bounded import Cause, Overrun, call, stream

ROOM = 1_000_000_000


def test_results_come_back() -> None:
    assert call(operator.mul, 21, 2, seconds=20, memory=ROOM) == 42
    assert list(stream(range, 3, seconds=20, memory=ROOM)) == [0, 1, 2]


@pytest.mark.parametrize(
    ("work", "cause", "seconds"),
    [
        (partial(time.sleep, 60), Cause.TIME, 0.5),
        (partial(bytearray, 2 * ROOM), Cause.MEMORY, 20),
        (os.abort, Cause.CRASH, 20),
        (partial(int, "190000200403010112x"), Cause.ERROR, 20),
    ],
)
def test_what_goes_wrong_is_a_sentence_that_quotes_nothing(
    work: object, cause: Cause, seconds: float
) -> None:
    with pytest.raises(Overrun) as caught:
        call(work, seconds=seconds, memory=ROOM)  # type: ignore[arg-type]
    assert caught.value.cause is cause
    assert "19000" not in caught.value.said.en + caught.value.said.zh


def test_an_error_for_the_caller_arrives_as_it_is() -> None:
    with pytest.raises(LevelError, match="level"):
        call(Level.parse, "九级", seconds=20, memory=ROOM)


def test_a_stream_may_be_left_half_read() -> None:
    parts = stream(repeat, bytes(100_000), seconds=20, memory=ROOM)
    assert len(next(parts)) == 100_000
    started = time.monotonic()
    parts.close()  # type: ignore[attr-defined]  # a generator
    assert time.monotonic() - started < 2
