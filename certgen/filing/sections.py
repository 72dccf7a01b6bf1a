"""The sections of a filing pack behind its letter: measures, contents, seals, lint, faces, keys, digests."""

from collections.abc import Callable
from itertools import count

from certgen.errors import Said
from certgen.exchange import fingerprints
from certgen.filing import content_table
from certgen.filing.line import Extent, Line, Verdict
from certgen.filing.measures import Table
from certgen.filing.pack import Pack
from certgen.filing.seal_table import Comparison, SealRow
from certgen.fonts.report import STYLES
from certgen.intake.jpeg import Jpeg
from certgen.model.finding import Severity
from certgen.model.page import BLACK, Colour, Photo, Rule, Seal
from certgen.render import preview
from certgen.sheets.flow import FAINT, LEFT, RED, RIGHT, Cell, Column, Flow, Row, cell
from certgen.standards.forms import FORMS

_NUMERALS = "一二三四五六七八九"
_PICTURE_WIDTH = 110.0  # mm, of a specimen beside its table
_PICTURE_DPI = 110


def draw(flow: Flow, pack: Pack) -> None:
    """All sections in order."""
    numbers = count(1)

    def heading(zh: str, en: str) -> None:
        number = next(numbers)
        flow.heading(Said(f"{_NUMERALS[number - 1]}、{zh}", f"{number}  {en}"))

    for section in (_measures, _contents, _seals, _lint, _faces, _keys, _digests):
        section(flow, pack, heading)


_Heading = Callable[[str, str], None]


def _measures(flow: Flow, pack: Pack, heading: _Heading) -> None:
    flow.new_page()
    heading("尺寸、字体与位置", "Sizes, faces and places")
    flow.note(
        Said(
            "以下各项由另一程序（pdfium）在制成的 PDF 上量取。位置自成品左上角起算，单位毫米；通知未给出坐标，"
            "位置及“未作规定”各项均为本工具推断，不作为通知要求。",
            "Measured on the finished PDF by another engine (pdfium). Places are millimetres from the top left of the "
            "trimmed sheet; no notice gives coordinates: they, and every line 'nothing asked', are inferred.",
        )
    )
    for table in pack.tables:
        _picture(flow, table)
        flow.table(_MEASURE_COLUMNS, [_measure_row(line, table) for line in table.lines])
    reasons = dict.fromkeys(
        line.asked.inferred for table in pack.tables for line in table.lines if line.asked.inferred
    )
    if reasons:
        flow.text("推断的理由 Why inferred", 8, colour=FAINT)
        for reason in reasons:
            flow.text(f"· {reason}", 7, step=3.0, colour=FAINT)


_MEASURE_COLUMNS = (
    Column(33, Said("项目", "item")),
    Column(52, Said("通知要求及依据", "what is asked, clause")),
    Column(37, Said("实测", "measured")),
    Column(26, Said("位置（推断）", "place (inferred)")),
    Column(22, Said("结论", "verdict")),
)


def _picture(flow: Flow, table: Table) -> None:
    """The style, small, with its title."""
    data, width, height = preview.jpeg(table.specimen.data, dpi=_PICTURE_DPI)
    shown = _PICTURE_WIDTH if width > height else _PICTURE_WIDTH * 0.5
    tall = shown * height / width
    flow.room(tall + 40)
    flow.gap(2)
    named = Said(table.title.zh, f"{table.title.en} · {len(table.files)} 份文件 files")
    flow.put(flow.line(named.zh, "hei", 10.5, LEFT, flow.y + 3))
    flow.put(flow.line(named.en, "fangsong", 8, LEFT, flow.y + 7.2, FAINT))
    flow.gap(9)
    x = (LEFT + RIGHT - shown) / 2
    box = Photo("specimen", None, x, flow.y, shown, tall)
    flow.put([(box, Jpeg(data, width, height))])
    corners = ((x, flow.y), (x + shown, flow.y), (x + shown, flow.y + tall), (x, flow.y + tall))
    for (x0, y0), (x1, y1) in zip(corners, (*corners[1:], corners[0]), strict=True):
        flow.put([Rule("frame", x0, y0, x1, y1, 0.3)])
    flow.gap(tall + 4)


def _measure_row(line: Line, table: Table) -> Row:
    asked = cell(line.asked.said)
    if line.asked.clause:
        asked = Cell(f"{asked.zh}\n〔{line.asked.clause}〕", asked.en)
    remark = line.remark
    measured = Cell(
        line.measured + (f"\n（{remark.zh}）" if remark else ""), remark.en if remark else ""
    )
    said = line.verdict.said
    only = _only(line, table)
    verdict = Cell(
        said.zh + (f"\n{only.zh}" if only else ""),
        f"{said.en} {only.en if only else ''}".strip(),
        _COLOURS[line.verdict],
    )
    return (cell(line.item), asked, measured, Cell(place_text(line.place)), verdict)


_COLOURS: dict[Verdict, Colour] = {
    Verdict.MET: BLACK,
    Verdict.NOT_MET: RED,
    Verdict.NOT_ASKED: FAINT,
}


def _only(line: Line, table: Table) -> Said | None:
    """That a line holds for some of the files alone."""
    if len(line.files) == len(table.files):
        return None
    of = f"{len(line.files)}/{len(table.files)}"
    return Said(f"（{of} 份）", f"({of} files)")


_POINTS = {"": "左 x", "middle": "中 x", "right": "右 x", "corner": "左上 x"}


def place_text(place: Extent | None) -> str:
    """'中 x 81.2, y 37.0'; a range where a line is about several places."""
    if place is None:
        return "—"
    x, y = span(place.x0, place.x1), span(place.y0, place.y1)
    return f"{_POINTS[place.of]} {x}\ny {y}"


def span(low: float, high: float) -> str:
    """One length, or from where to where: '69.6–136.8'."""
    return f"{low:.1f}" if high - low < 0.1 else f"{low:.1f}–{high:.1f}"


def _contents(flow: Flow, pack: Pack, heading: _Heading) -> None:
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


def _seals(flow: Flow, pack: Pack, heading: _Heading) -> None:
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


def _lint(flow: Flow, pack: Pack, heading: _Heading) -> None:
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


def _faces(flow: Flow, pack: Pack, heading: _Heading) -> None:
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


def _keys(flow: Flow, pack: Pack, heading: _Heading) -> None:
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


def _digests(flow: Flow, pack: Pack, heading: _Heading) -> None:
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
