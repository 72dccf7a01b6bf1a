"""The seals (印章) of an agency file: their wording as stated, held against the filed name; what nobody compared.

五(三) of 人社鉴发〔2021〕1号 wants the contents of the seals filed with the specimens.
"""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from certgen.errors import InputError, Said
from certgen.exchange.agency import AGENCY_SEAL, EMBOSSED_SEAL, Agency, SealPicture
from certgen.forms import form_of
from certgen.standards import seals
from certgen.standards.codes.counting import CodeKind
from certgen.standards.forms import FORMS


class Comparison(StrEnum):
    """What became of the wording of a seal. A picture is never read."""

    AGREES = "agrees"
    DIFFERS = "differs"
    NOT_STATED = "not-stated"
    NO_PICTURE = "no-picture"

    @property
    def said(self) -> Said:
        """As the pack prints it."""
        return _SAID[self]


_SAID = {
    Comparison.AGREES: Said("所填文字与备案名称一致", "as stated: agrees with the filed name"),
    Comparison.DIFFERS: Said("所填文字与备案名称不一致", "as stated: NOT the filed name"),
    Comparison.NOT_STATED: Said(
        "机构配置未写印章文字，未比对", "no wording is stated: nothing was compared"
    ),
    Comparison.NO_PICTURE: Said("没有提供印章图片", "no picture was given"),
}


@dataclass(frozen=True, slots=True)
class SealRow:
    """One seal, or the one that a body should have."""

    owner: Said
    filed: tuple[str, ...]  # the wordings that are right
    clause: str
    comparison: Comparison
    picture: Path | None = None
    diameter_mm: float = 0.0
    wording: str = ""
    sha256: str = ""  # of the picture


def rows(agency: Agency) -> tuple[SealRow, ...]:
    """The agency's seal, one a branch, and the embossed seal where there is one; none on a form without seals."""
    if not any(side.seals for side in form_of(agency.form).sides(agency, None)):
        return ()
    facts = FORMS[agency.form]
    clause = seals.CLAUSE if facts.numbers is CodeKind.CERTIFICATE else facts.source
    made = [_row(agency, AGENCY_SEAL, Said("评价机构", "agency"), (agency.name,), clause)]
    for branch in agency.branches.values():
        owner = Said(f"分支机构 {branch.name}", f"branch {branch.id}")
        made.append(_row(agency, branch.id, owner, (branch.name,), seals.CLAUSE))
    if EMBOSSED_SEAL in agency.seals:
        names = (agency.name, *(branch.name for branch in agency.branches.values()))
        owner = Said("钢印", "embossed seal")
        made.append(_row(agency, EMBOSSED_SEAL, owner, names, seals.EMBOSSED_CLAUSE))
    return tuple(made)


def _row(agency: Agency, key: str, owner: Said, names: tuple[str, ...], clause: str) -> SealRow:
    seal = agency.seals.get(key)
    office = seal.office if seal else ""
    filed = tuple(text for name in names for text in seals.allowed(name, office))
    if seal is None:
        return SealRow(owner, filed, clause, Comparison.NO_PICTURE)
    return SealRow(
        owner,
        filed,
        seals.OFFICE_CLAUSE if office else clause,
        _compared(seal, filed),
        seal.path,
        seal.diameter_mm,
        seal.wording,
        _digest(seal.path),
    )


def _compared(seal: SealPicture, filed: tuple[str, ...]) -> Comparison:
    if not seal.wording:
        return Comparison.NOT_STATED
    return Comparison.AGREES if seal.wording in filed else Comparison.DIFFERS


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as problem:
        raise InputError(
            zh=f"无法读取印章图片 {path.name}：请检查机构配置 [seals] 中的路径",
            en=f"cannot read the seal picture {path.name}: check its path under [seals]",
        ) from problem
