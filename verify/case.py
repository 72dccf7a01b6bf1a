"""A case (案卷): everything one verdict rests on, in a folder, so that anybody can go through it again years later.

The original is copied untouched, with its digest; beside it lie the report, the trust store as it was,
what the register and a person answered, and `case.json`, which says how it was done. `certverify rerun` does it again.
"""

import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from certgen.errors import InputError, Said, StorageError
from certgen.exchange.register_view import Registered, RegisterView, Standing
from certgen.standards.identity_types import IdentityType
from verify import html, official
from verify.pipeline import Against, verify_code, verify_pdf, verify_photo
from verify.report import Report
from verify.trust_store import Held

SCHEMA = "certverify-case/1"
_README = """这是一个核验案卷：原件、报告、当时的名单，以及核验的方法（case.json）。
重新核验：certverify rerun 本文件夹
original/ 中的原件未经改动，其 SHA-256 记在 case.json。

A verification case: the original, the report, the lists as they were, and how it was done (case.json).
Do it again with: certverify rerun THIS-FOLDER
"""


@dataclass(frozen=True, slots=True)
class How:
    """How a verdict was reached: what `case.json` keeps besides digests."""

    kind: str  # 'photo', 'pdf', 'code'
    source: str = ""  # file name in original/
    code: str = ""  # the typed code
    page: int | None = None
    asked: str = ""
    ocr: bool = False
    allow_sample: bool = False
    now: str = ""  # ISO 8601: the moment the verdict is for
    software: str = ""


class Answered:
    """A register that answers as it did then. Satisfies `RegisterView`."""

    def __init__(self, source: str, answers: Mapping[str, Registered]) -> None:
        self._source, self._answers = source, answers

    @property
    def source(self) -> str:
        """The file that was asked."""
        return self._source

    def find(self, code: str) -> Registered | None:
        """The recorded answer."""
        return self._answers.get(code)

    def close(self) -> None:
        """Nothing to let go of."""


def keep(
    folder: Path,
    report: Report,
    how: How,
    original: Path | None,
    trust: Path,
    against: Against,
) -> None:
    """Write the case. Raises `InputError` where the folder holds something, `StorageError` where the disk refuses."""
    if folder.exists() and any(folder.iterdir()):
        raise InputError(
            zh=f"文件夹 {folder} 不是空的，请换一个",
            en=f"the folder {folder} is not empty: choose another",
        )
    try:
        _write(folder, report, how, original, trust, against)
    except OSError as problem:
        raise StorageError(
            zh=f"无法写入案卷 {folder}：{problem.strerror}",
            en=f"cannot write the case {folder}: {problem.strerror}",
        ) from problem


def _write(
    folder: Path, report: Report, how: How, original: Path | None, trust: Path, against: Against
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if original is not None:
        (folder / "original").mkdir()
        shutil.copy2(original, folder / "original" / original.name)
    (folder / "trust").mkdir()
    for path in sorted(trust.rglob("*")) if trust.is_dir() else ():
        if path.is_file():
            target = folder / "trust" / path.relative_to(trust)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    if against.official is not None:
        official.write(against.official, folder / "official.json")
    if against.register is not None:
        _dump(folder / "register.json", _asked(against.register, report))
    _dump(folder / "report.json", report.to_json())
    (folder / "report.html").write_text(html.render(report), encoding="utf-8")
    (folder / "README.txt").write_text(_README, encoding="utf-8")
    files = {
        str(path.relative_to(folder)): _digest(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    _dump(folder / "case.json", {"schema": SCHEMA, "how": asdict(how), "files": files})


@dataclass(frozen=True, slots=True)
class Rerun:
    """What came of doing it again."""

    report: Report
    differences: tuple[Said, ...]  # () where it came out the same


def rerun(folder: Path, now: datetime | None = None) -> Rerun:
    """Go through the case again, for the moment it was made, or for `now`.

    Raises `InputError` where the folder holds no case.
    """
    try:
        kept = json.loads((folder / "case.json").read_text(encoding="utf-8"))
        how = How(**kept["how"])
        then = json.loads((folder / "report.json").read_text(encoding="utf-8"))
        moment = now or datetime.fromisoformat(how.now)
        against = Against(_register(folder), _official(folder), asked=how.asked)
        files = dict(kept["files"])
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise InputError(
            zh=f"{folder} 不是案卷，或已损坏", en=f"{folder} is no case, or it is damaged"
        ) from problem
    altered = _altered(folder, files)
    trust = Held.open(folder / "trust", allow_sample=how.allow_sample)
    report = _again(folder, how, trust, moment, against)
    return Rerun(report, (*altered, *differences(then, report.to_json())))


def _again(folder: Path, how: How, trust: Held, now: datetime, against: Against) -> Report:
    if how.kind == "code":
        return verify_code(how.code, trust, now, against=against)
    source = folder / "original" / Path(how.source).name
    if not source.is_file():
        raise InputError(
            zh=f"案卷缺少原件 {how.source}", en=f"the case lacks its original {how.source}"
        )
    if how.kind == "pdf":
        return verify_pdf(source, trust, now, page=how.page, ocr=how.ocr, against=against)
    return verify_photo(source, trust, now, ocr=how.ocr, against=against)


def differences(then: Mapping[str, Any], again: Mapping[str, Any]) -> tuple[Said, ...]:
    """What two reports say differently: verdict, evidence, claims. Times of reading do not count."""
    found = []
    if then["verdict"] != again["verdict"]:
        found.append(_differs("结论", "verdict", then["verdict"], again["verdict"]))
    if then["software"] != again["software"]:
        found.append(_differs("软件", "software", then["software"], again["software"]))
    before, after = _evidence(then), _evidence(again)
    for check in sorted(before.keys() | after.keys()):
        one, other = before.get(check, "—"), after.get(check, "—")
        if one != other:
            found.append(_differs(f"检查 {check}", f"check {check}", one, other))
    if _claims(then) != _claims(again):
        found.append(Said("读到的内容不同", "what was read differs"))
    return tuple(found)


def _evidence(report: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in report["evidence"]:
        word = f"{one['outcome']} {one['reason']}".strip()
        found[one["check"]] = " + ".join(filter(None, (found.get(one["check"], ""), word)))
    return found


def _claims(report: Mapping[str, Any]) -> set[tuple[str, str, str]]:
    return {(one["channel"], one["field"], one["value"]) for one in report["claims"]}


def _differs(zh: str, en: str, then: str, again: str) -> Said:
    return Said(f"{zh}：当时 {then}，现在 {again}", f"{en}: then {then}, now {again}")


def _altered(folder: Path, files: Mapping[str, str]) -> tuple[Said, ...]:
    found = []
    for name, digest in files.items():
        path = folder / name
        if folder.resolve() not in path.resolve().parents or not path.is_file():
            found.append(Said(f"案卷缺少文件 {name}", f"the case lacks the file {name}"))
        elif _digest(path) != digest:
            found.append(
                Said(f"案卷中的 {name} 已被改动", f"the file {name} of the case was altered")
            )
    return tuple(found)


def _asked(register: RegisterView, report: Report) -> dict[str, Any]:
    codes = {claim.value for claim in report.claims if claim.field.value == "code"}
    answers = {code: register.find(code) for code in sorted(codes)}
    return {
        "source": register.source,
        "answers": {
            code: {**asdict(found), "issue_date": found.issue_date.isoformat()}
            for code, found in answers.items()
            if found is not None
        },
    }


def _register(folder: Path) -> Answered | None:
    path = folder / "register.json"
    if not path.exists():
        return None
    kept = json.loads(path.read_text(encoding="utf-8"))
    answers = {
        code: Registered(
            **{
                **values,
                "standing": Standing(values["standing"]),
                "identity_type": IdentityType(values["identity_type"]),
                "issue_date": date.fromisoformat(values["issue_date"]),
            }
        )
        for code, values in kept["answers"].items()
    }
    return Answered(kept["source"], answers)


def _official(folder: Path) -> official.OfficialAnswer | None:
    path = folder / "official.json"
    return official.read(path) if path.exists() else None


def _dump(path: Path, values: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(values, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
