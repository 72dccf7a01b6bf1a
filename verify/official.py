"""What a person saw on the official query page, kept in a small file: found or not, when, who, a screenshot's digest.

The program never opens the page. The record is human evidence and is marked so wherever it is shown.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from certgen.errors import InputError

SCHEMA = "certverify-official/1"
_MAX_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class OfficialAnswer:
    """One person's record of one query."""

    code: str
    found: bool
    by: str  # who looked
    when: datetime
    note: str = ""
    screenshot: str = ""  # file name
    sha256: str = ""  # of the screenshot

    def to_json(self) -> dict[str, object]:
        """As the file keeps it."""
        return {
            "schema": SCHEMA,
            "code": self.code,
            "found": self.found,
            "by": self.by,
            "when": self.when.isoformat(),
            "note": self.note,
            "screenshot": self.screenshot,
            "sha256": self.sha256,
        }


def record(
    code: str,
    *,
    found: bool,
    by: str,
    when: datetime,
    note: str = "",
    screenshot: Path | None = None,
) -> OfficialAnswer:
    """An answer to keep; a screenshot is named by its digest, so that it cannot be exchanged unseen."""
    digest = ""
    if screenshot is not None:
        with screenshot.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    return OfficialAnswer(
        code, found, by, when, note, screenshot.name if screenshot else "", digest
    )


def write(answer: OfficialAnswer, path: Path) -> None:
    """Keep it."""
    text = json.dumps(answer.to_json(), ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8")


def read(path: Path) -> OfficialAnswer:
    """The record in `path`. Raises `InputError` for anything else."""
    try:
        with path.open("rb") as file:
            found = json.loads(file.read(_MAX_BYTES))
        answer = {SCHEMA: {True: True, False: False}}[found["schema"]][found["found"]]
        texts = {key: str(found.get(key, ""))[:500] for key in ("note", "screenshot", "sha256")}
        return OfficialAnswer(
            str(found["code"])[:64],
            answer,
            str(found["by"])[:100],
            datetime.fromisoformat(found["when"]),
            **texts,
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            zh=f"{path.name} 不是官方查询记录，请用 certverify record 生成",
            en=f"{path.name} is no record of an official query; make one with certverify record",
        ) from error
