"""Numbers that a roster brings (沿用编号): the 证书编号 column, held against every rule of the code.

Where a provincial platform assigns the certificate code (证书编码), it stands in the roster and is
used as it is; nothing is counted. Position by position it must agree with its row: 人社鉴发〔2019〕2号
附件1 二. What the register knows of the number is the register's to say.
"""

from collections.abc import Iterator
from datetime import date

from certgen.errors import CodeError
from certgen.intake.cells import Cell, Read, error, text_of, unquoted, warning
from certgen.intake.repeats import digest
from certgen.model.finding import Finding
from certgen.standards.codes import henan
from certgen.standards.codes.counting import AnyCode, CodeKind, has_prefix, parse
from certgen.standards.codes.identify import DocumentKind, identify
from certgen.standards.codes.national import CLAUSE, CertificateCode
from certgen.standards.levels import Level

_DOCUMENTS = {
    CodeKind.CERTIFICATE: DocumentKind.CERTIFICATE,
    CodeKind.SPECIAL_ABILITY: DocumentKind.SPECIAL_ABILITY,
    CodeKind.SUPERVISOR: DocumentKind.INTERNAL_SUPERVISOR,
}


class Adoption:
    """What to do with the 证书编号 column of one roster. Remembers the codes seen so far."""

    def __init__(self, *, adopts: bool, kind: CodeKind = CodeKind.CERTIFICATE) -> None:
        self._kind = kind
        self._adopts = adopts  # the agency file says [numbers] mode = "adopt"
        self._seen: dict[bytes, int] = {}

    def read(self, cell: Cell) -> Read[AnyCode]:
        """The code of the row; without findings None means that the row brings none and needs none.

        With mode "adopt" every row needs one; with "allocate" none may bring one, because the
        person would hold two numbers.
        """
        if self._adopts:
            return read_code(cell, self._kind)
        if not text_of(cell).strip():
            return Read(None)
        unexpected = error(
            "code/unexpected",
            zh="本行已有证书编号，而机构配置由本台账编号，一张证书会有两个编号；"
            '如编号由平台赋予，请在机构配置 [numbers] 中设 mode = "adopt"，否则请清空该列',
            en="the row brings a certificate code, but the agency file has this register give the "
            'numbers: the certificate would have two. Set mode = "adopt" under [numbers] if a '
            "platform assigns them, else empty the column",
            clause=f"{CLAUSE} 二(七)",
        )
        return Read(None, (unexpected,))

    def findings(
        self, row: int, code: AnyCode, *, prefix: str, issued: date, level: Level | None
    ) -> tuple[Finding, ...]:
        """What is wrong or doubtful about a code beside its row; `prefix` is that of its site."""
        return (*self._repeated(row, code), *contradictions(code, prefix, issued, level))

    def _repeated(self, row: int, code: AnyCode) -> Iterator[Finding]:
        earlier = self._seen.setdefault(digest(str(code)), row)
        if earlier != row:
            yield error(
                "code/duplicate",
                zh=f"证书编号 {code} 与第 {earlier} 行相同，一个编号只能用于一张证书，请更正其一",
                en=f"code {code} stands in row {earlier} too, and a number is used once: correct "
                "one of them",
                clause=f"{CLAUSE} 二(七)",
            )


def read_code(cell: Cell, kind: CodeKind = CodeKind.CERTIFICATE) -> Read[AnyCode]:
    """The code in a cell, exactly: only spaces around it are cut."""
    text = unquoted(text_of(cell)).strip()
    if not text:
        missing = error(
            "code/missing",
            zh="证书编号为空：编号由平台赋予时每行都要填写，请补上",
            en="no certificate code: where a platform assigns the numbers every row needs one",
            clause=CLAUSE,
        )
        return Read(None, (missing,))
    try:
        return Read(parse(kind, text))
    except CodeError as problem:
        found = identify(text)
        other = found.kind not in {_DOCUMENTS[kind], DocumentKind.UNKNOWN}
        zh, en = found.said if other else problem.said
        return Read(None, (error("code/form", zh=zh, en=en, clause=CLAUSE),))


def contradictions(
    code: AnyCode, prefix: str, issued: date, level: Level | None
) -> Iterator[Finding]:
    """Where the code and its row disagree, and what Henan's own rules make doubtful."""
    if isinstance(code, CertificateCode) and level is not None:
        yield from _of_certificate(code, prefix, issued, level)
        return
    if not has_prefix(str(code), prefix):
        yield error(
            "code/site",
            zh=f"编号 {code} 不属于本行站点（编码 {prefix}），请核对编号和站点",
            en=f"number {code} does not belong to the site of this row ({prefix}): check both",
        )
    if code.year != issued.year % 100:
        yield error(
            "code/year",
            zh=f"编号中的年份是 {code.year:02}，发证日期是 {issued}，请核对其一",
            en=f"the year in the number is {code.year:02}, the issue date is {issued}: check both",
        )


def _of_certificate(
    code: CertificateCode, prefix: str, issued: date, level: Level
) -> Iterator[Finding]:
    if code.prefix != prefix:
        yield error(
            "code/site",
            zh=f"证书编号前 13 位是 {code.prefix}，本行站点的备案编码是 {prefix}，请核对编号和站点",
            en=f"the code begins with {code.prefix}, the site of this row has {prefix}: check code "
            "and site",
            clause=f"{CLAUSE} 二(一)至(四)",
        )
    if code.issue_year != issued.year:
        yield error(
            "code/year",
            zh=f"证书编号第 14-15 位表示 {code.issue_year} 年，发证日期是 {issued}，请核对其一",
            en=f"positions 14 and 15 of the code mean {code.issue_year}, the issue date is "
            f"{issued}: check both",
            clause=f"{CLAUSE} 二(五)",
        )
    if code.level is not level:
        yield error(
            "code/level",
            zh=f"证书编号第 16 位表示{code.level.written}，本行写{level.written}，请核对其一",
            en=f"position 16 of the code means level {code.level:d}, the row says level "
            f"{level:d}: check both",
            clause=f"{CLAUSE} 二(六)",
        )
    for doubt in henan.doubts(code, issued):
        yield warning(doubt.code, zh=doubt.said.zh, en=doubt.said.en, clause=doubt.clause)
