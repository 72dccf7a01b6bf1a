"""The sections of a filing pack behind its letter: measures, contents, seals, lint, faces, keys, digests."""

from itertools import count

from certgen.errors import Said
from certgen.exchange import fingerprints
from certgen.filing import content_table, measure_pages
from certgen.filing.measure_pages import Heading, place_text
from certgen.filing.pack import Pack
from certgen.filing.seal_table import Comparison, SealRow
from certgen.fonts.report import STYLES
from certgen.model.finding import Severity
from certgen.model.page import BLACK, Rule, Seal
from certgen.sheets.flow import FAINT, LEFT, RED, RIGHT, Cell, Column, Flow, cell
from certgen.standards.forms import FORMS

_NUMERALS = "一二三四五六七八九"


def draw(flow: Flow, pack: Pack) -> None:
    """All sections in order."""
    numbers = count(1)

    def heading(zh: str, en: str) -> None:
        number = next(numbers)
        flow.heading(Said(f"{_NUMERALS[number - 1]}、{zh}", f"{number}  {en}"))

    for section in (measure_pages.draw, _contents, _seals, _lint, _faces, _keys, _digests):
        section(flow, pack, heading)


def _contents(flow: Flow, pack: Pack, heading: Heading) -> None:
    heading("证书内容", "Contents of the certificate")
    clause = content_table.clause_of(pack.agency.form)
    if clause:
        flow.note(
            Said(
                f"{clause} 列举十五项内容，省级查询网址、印制流水码可以增加。",
                f"{clause} lists fifteen contents; the provincial query and the print number may be added.",
            )
        )
    else:
        source = FORMS[pack.agency.form].source
        flow.note(
            Said(
                f"人社鉴发〔2021〕1号 二(一) 的十五项内容不适用于本证书；以下为 {source} 的各栏。",
                f"the fifteen contents of 二(一) are of another certificate; these are the fields of {source}.",
            )
        )
    for table in pack.tables:
        flow.text(table.title.zh, 9.5, role="hei")
        flow.table(_CONTENT_COLUMNS, [
            (
                Cell(str(row.number)),
                cell(row.name),
                Cell("须有" if row.required else "—", "required" if row.required else ""),
                Cell(place_text(row.place).replace("\n", "，"))
                if row.place
                else Cell("未找到", "not found", RED),
            )
            for row in pack.contents_of(table)
        ])  # fmt: skip


_CONTENT_COLUMNS = (
    Column(12, Said("序号", "no.")),
    Column(76, Said("内容", "content")),
    Column(26, Said("要求", "asked")),
    Column(56, Said("位置（毫米）", "place (mm)")),
)


def _seals(flow: Flow, pack: Pack, heading: Heading) -> None:
    if not pack.seals:
        return
    heading("印章", "Seals")
    flow.note(
        Said(
            "机构配置中写明的印章文字与备案名称逐字比对；图片本身未识别，请对照图片核对。图片按实际大小。",
            "The wording that the agency file states is compared with the filed name character by character; the "
            "pictures are not read: compare them by eye. They are shown in true size.",
        )
    )
    for row in pack.seals:
        _seal(flow, row)


def _seal(flow: Flow, row: SealRow) -> None:
    tall = max(row.diameter_mm, 22.0) + 5
    flow.room(tall)
    if row.picture is not None:
        seal = Seal("seal", "", LEFT + 2, flow.y + 2, row.diameter_mm)
        flow.put([(seal, row.picture)])
    x = LEFT + 54
    bad = row.comparison is not Comparison.AGREES
    facts = (
        (f"{row.owner.zh}  {row.owner.en}", 10.0, "hei", BLACK),
        (f"图片 picture：{row.picture.name if row.picture else '—'}，直径 diameter {row.diameter_mm:g} mm", 9.0,
         "fangsong", BLACK),
        (f"印章文字 wording：{row.wording or '—'}", 9.0, "fangsong", BLACK),
        (f"应为 must be：{' / '.join(row.filed[:2])}〔{row.clause}〕", 8.0, "fangsong", FAINT),
        (f"{row.comparison.said.zh}  {row.comparison.said.en}", 9.0, "fangsong", RED if bad else BLACK),
        (f"SHA-256 {row.sha256}" if row.sha256 else "", 6.0, "times", FAINT),
    )  # fmt: skip
    top = flow.y
    for words, size, role, colour in facts:
        if words:
            flow.text(words, size, role=role, x0=x, colour=colour)
    flow.y = max(flow.y + 2, top + tall)
    flow.put([Rule("seal", LEFT, flow.y - 1, RIGHT, flow.y - 1, 0.3)])


def _lint(flow: Flow, pack: Pack, heading: Heading) -> None:
    heading("样式检查", "The linter's verdict")
    profiles = dict.fromkeys(one.profile for one in pack.opinions.values() if one.profile)
    unread = [file for file, one in pack.opinions.items() if not one.profile]
    for profile in profiles:
        judged = [one for one in pack.opinions.values() if one.profile == profile]
        flow.note(
            Said(
                f"检查方案 {profile}：{judged[0].rules} 条规则，{len(judged)} 份样本。"
                "“无法判断”须人工核对，不等于符合。",
                f"profile {profile}: {judged[0].rules} rules, {len(judged)} specimens. 'Undecided' is not 'in order': "
                "a person must look.",
            )
        )
    if unread:
        flow.note(
            Said(
                f"{len(unread)} 份样本没有适用的检查方案，未作检查。",
                f"no profile fits {len(unread)} of the specimens: they were not judged.",
            )
        )
    rows = [
        (
            cell(remark.kind, RED if remark.severity is Severity.ERROR else BLACK),
            cell(remark.said),
            cell(remark.remedy),
            Cell(remark.clause),
            Cell(f"{len(remark.files)} 份"),
        )
        for remark in pack.remarks
    ]
    if rows:
        flow.table(_LINT_COLUMNS, rows)
    elif profiles:
        flow.note(Said("没有须处理的问题。", "nothing to mend and nothing left open."))


_LINT_COLUMNS = (
    Column(20, Said("级别", "kind")),
    Column(56, Said("发现", "found")),
    Column(46, Said("处理", "remedy")),
    Column(34, Said("依据", "clause")),
    Column(14, Said("文件", "files")),
)


def _faces(flow: Flow, pack: Pack, heading: Heading) -> None:
    heading("实际使用的字体", "The faces that really draw")
    rows = [
        (
            cell(STYLES[row.role]),
            Cell(row.family),
            cell(row.substitution.said)
            if row.substitution
            else Cell("通知所指字体", "the face the notice means"),
            Cell(row.licence or "由使用者负责", "" if row.licence else "the user's own"),
            Cell(row.sha256),
        )
        for row in pack.faces
    ]
    flow.table(_FACE_COLUMNS, rows)


_FACE_COLUMNS = (
    Column(30, Said("角色", "role")),
    Column(42, Said("字体", "face")),
    Column(42, Said("说明", "remark")),
    Column(36, Said("许可", "licence")),
    Column(20, Said("SHA-256", "")),
)


def _keys(flow: Flow, pack: Pack, heading: Heading) -> None:
    if not pack.keys:
        return
    heading("密钥指纹", "Fingerprints of keys")
    flow.note(
        Said(
            "样本未签名。收件人可用指纹核对日后收到的证书是否由本机构密钥签名。",
            "The specimens are unsigned. By the fingerprints a recipient knows our keys later.",
        )
    )
    rows = []
    for key in pack.keys:
        shown = "\n".join(fingerprints.lines(key.fingerprint))
        closed = Cell(
            "密钥已加密或在令牌中，制作本材料时未打开", "locked: not opened for this pack"
        )
        rows.append((cell(key.owner), Cell(shown) if key.fingerprint else closed))
    flow.table(
        (Column(66, Said("密钥", "key")), Column(104, Said("指纹", "fingerprint, SHA-256"))), rows
    )


def _digests(flow: Flow, pack: Pack, heading: Heading) -> None:
    heading("文件清单与校验值", "Files and their digests")
    flow.note(
        Said(
            "本文件自身的校验值见文件夹中的 SHA256SUMS，可用 sha256sum -c SHA256SUMS 核对。",
            "The digest of this file itself stands in SHA256SUMS: sha256sum -c SHA256SUMS checks them all.",
        )
    )
    rows = [(Cell(name), Cell(digest)) for name, digest in pack.digests.items()]
    flow.table((Column(60, Said("文件", "file")), Column(110, Said("SHA-256", ""))), rows)
    flow.note(
        Said(
            f"其后 {len(pack.specimens)} 份样本按原大装订。序列码全为 0，证件号码不存在，未签名，不具有证书效力。",
            f"The {len(pack.specimens)} specimens follow in true size. A serial of noughts is nobody's, the identity "
            "number cannot exist, nothing is signed: they are no certificates.",
        )
    )
