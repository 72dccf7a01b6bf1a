"""What a batch has done so far: one line a page, appended and flushed, so that a batch that was stopped goes on.

The first line says what everything was held against. Where that has changed, old lines count no longer.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SCHEMA = "certverify-batch/1"


class State:
    """The file `reports.jsonl` of one batch."""

    def __init__(self, path: Path, basis: Mapping[str, str]) -> None:
        """Open or begin it. `basis` is what verdicts depend on: software, lists, register, the user's list."""
        header = {"schema": SCHEMA, "basis": dict(basis)}
        self.path = path
        self.done: dict[str, dict[str, Any]] = {}
        if path.exists() and not self._taken_over(header):
            path.replace(path.with_suffix(".old.jsonl"))
        if not path.exists():
            self._append(header)

    def _taken_over(self, header: Mapping[str, Any]) -> bool:
        """Read the lines of an earlier run; a torn last one is cut off. False: they were held against other things."""
        whole = 0
        with self.path.open("rb") as file:
            for number, line in enumerate(file):
                try:
                    found = json.loads(line)
                except ValueError:
                    break  # the power went while it was written
                if number == 0 and found != header:
                    return False
                if number:
                    self.done[found["key"]] = _brief(found)
                whole += len(line)
        os.truncate(self.path, whole)
        return whole > 0

    def add(self, record: dict[str, Any]) -> None:
        """Keep one page's report; on the disk when this returns."""
        self._append(record)
        self.done[record["key"]] = _brief(record)

    def _append(self, record: Mapping[str, Any]) -> None:
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())


def _brief(record: dict[str, Any]) -> dict[str, Any]:
    """What stays in memory: not the report itself."""
    return {key: value for key, value in record.items() if key != "report"}
