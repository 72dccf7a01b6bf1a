"""The first page of a filing pack: a letter to the filing authority (备案部门), as offices write one."""

from datetime import date
from functools import partial

from certgen.errors import Said
from certgen.exchange.agency import Agency
from certgen.filing.line import Verdict
from certgen.filing.pack import Pack
from certgen.model.finding import Severity
from certgen.model.page import Rule
from certgen.sheets.document import WIDTH
from certgen.sheets.flow import FAINT, LEFT, RED, RIGHT, Cell, Column, Flow, Row
from certgen.standards.codes.counting import CodeKind
from certgen.standards.codes.national import Category
from certgen.standards.forms import FORMS, FormId
from certgen.wrapping import wrap

_BASIS = (
    "根据《关于进一步规范职业技能等级证书样式及有关工作的通知》（人社鉴发〔2021〕1号）五（三）"
    "“证书样本（含印章内容）须在人力资源社会保障部门备案”的要求，"
)
_CATEGORIES = {
    Category.EMPLOYER: Said("用人单位（Y）", "employer (Y)"),
    Category.SOCIAL: Said("社会培训评价组织（S）", "social assessment body (S)"),
}
_SHOWN_SITES = 12


def draw(flow: Flow, pack: Pack) -> None:
    """Address, request, facts, enclosures, and where agency and clerk sign."""
    form = FORMS[pack.agency.form]
    title = f"关于报备{form.title.zh}样本的函"
    if pack.is_unconfirmed:
        title = f"{form.title.zh}样本（未经证实）"
    size = flow.setter.fitting(title, "hei", 20, RIGHT - LEFT)
    flow.gap(8)
    flow.put(flow.setter.centred(title, "hei", size, WIDTH / 2, flow.y + 4))
    flow.put(
        flow.setter.centred(
            "Filing pack: specimens of the certificates that we are going to print",
            "times", 10, WIDTH / 2, flow.y + 10,
        )
    )  # fmt: skip
    flow.gap(18)
    flow.put([Rule("authority", LEFT, flow.y + 6, LEFT + 72, flow.y + 6, 0.4)])
    flow.put(flow.line("（备案部门）：", "fangsong", 12, LEFT + 73, flow.y + 5))
    flow.gap(9)
    if pack.is_unconfirmed:
        flow.text(_warning(pack), 12, indent_em=2, step=7.4, colour=RED)
        flow.text(_WARNING_EN, 8.5, colour=RED)
    else:
        flow.text(_request(pack), 12, indent_em=2, step=7.4)
        flow.text("请予备案。", 12, indent_em=2, step=7.4)
        flow.text(_REQUEST_EN, 8.5, colour=FAINT)
    flow.gap(3)
    flow.table((Column(46, _ITEM), Column(RIGHT - LEFT - 46, _FACT)), _facts(pack))
    _result(flow, pack)
    _signatures(flow, pack.agency, pack.day)


_ITEM, _FACT = Said("项目", "item"), Said("内容", "")


_REQUEST_EN = "We submit these specimens, the wording of our seals and what was measured on them, and ask for filing."
_WARNING_EN = (
    "UNCONFIRMED: the style is fixed by its ministry and not public. These specimens show what the notice does say; "
    "they are no ground for filing or printing."
)


def _warning(pack: Pack) -> str:
    form = FORMS[pack.agency.form]
    return (
        f"{form.title.zh}的样式由退役军人事务部统一（{form.source}），尚未公开。所附样本未经证实，除通知写明的名称、"
        "等级和编码规则外均为推断，不能作为报备或印制的依据；取得样式后请写成自有版式，重新制作本材料。"
    )


def _request(pack: Pack) -> str:
    form = FORMS[pack.agency.form]
    basis = _BASIS if pack.agency.form is FormId.NATIONAL_2021 else ""
    styles = len({specimen.style.key for specimen in pack.specimens})
    return (
        f"{basis}现将我单位拟印制的{form.title.zh}样本（{styles} 种样式，{len(pack.specimens)} 份文件）"
        "及印章文字、实测尺寸等材料报上。"
    )


def _facts(pack: Pack) -> list[Row]:
    agency, form = pack.agency, FORMS[pack.agency.form]
    rows: list[Row] = [
        (_label("评价机构", "agency"), Cell(agency.name, agency.english_name)),
        (_label("机构类别", "category"), _category(agency)),
        (_label("证书式样", "form"), Cell(f"{form.title.zh}（{form.source}）", form.title.en)),
        (_label("编码前缀及站点", "prefixes and sites"), _sites(agency)),
    ]
    if agency.branches:
        names = [branch.name for branch in agency.branches.values()]
        shown = "；".join(names[:4]) + (f" 等 {len(names)} 个" if len(names) > 4 else "")
        rows.append((_label("分支机构", "branches"), Cell(shown)))
    if form.numbers is CodeKind.CERTIFICATE:
        rows.append((_label("备案职业范围", "filed scope"), _scope(agency)))
    rows.append((_label("制作日期", "date"), Cell(chinese_day(pack.day), pack.day.isoformat())))
    rows.append((_label("制作工具", "made with"), Cell(f"certgen {pack.version}")))
    return rows


def _label(zh: str, en: str) -> Cell:
    return Cell(zh, en)


def _category(agency: Agency) -> Cell:
    known = _CATEGORIES[Category(agency.category)]
    return Cell(known.zh, known.en)


def _sites(agency: Agency) -> Cell:
    lines = [
        f"{site.prefix}（{site.id}），备案 {site.filed_from} 至 {site.filed_until}"
        for site in agency.sites.values()
    ]
    more = len(lines) - _SHOWN_SITES
    shown = lines[:_SHOWN_SITES] + ([f"等 {len(lines)} 个站点"] if more > 0 else [])
    return Cell("\n".join(shown))


def _scope(agency: Agency) -> Cell:
    if not agency.scope:
        return Cell("机构配置未提供备案职业范围", "no scope file is named")
    occupations = dict.fromkeys(entry.occupation for entry in agency.scope)
    named = list(occupations)
    shown = "、".join(named[:8]) + (" 等" if len(named) > 8 else "")
    return Cell(
        f"{len(named)} 个职业、{len(agency.scope)} 项：{shown}",
        f"{len(named)} occupations, {len(agency.scope)} lines",
    )


def _result(flow: Flow, pack: Pack) -> None:
    """What a reader looks for first: whether something is not as asked."""
    met, not_met, open_ = (
        pack.count(one) for one in (Verdict.MET, Verdict.NOT_MET, Verdict.NOT_ASKED)
    )
    look = sum(finding.severity is Severity.REVIEW for finding in pack.findings())
    flow.text(
        f"实测结果：符合 {met} 项，不符合 {not_met} 项，通知未作规定 {open_} 项；另有 {look} 项须人工核对。",
        10.5, role="hei", colour=RED if not_met else FAINT,
    )  # fmt: skip
    flow.text(
        f"Measured: {met} met, {not_met} not met, {open_} where nothing is asked; {look} to be looked at by eye.",
        8, colour=FAINT,
    )  # fmt: skip


def _signatures(flow: Flow, agency: Agency, day: date) -> None:
    """Bottom right, with room for a seal of 45 mm over name and date."""
    flow.room(58)
    flow.gap(8)
    left = LEFT + 4
    for zh, en in (("经办人（签字）：", "prepared by"), ("负责人（签字）：", "approved by")):
        flow.put(flow.line(zh, "fangsong", 11, left, flow.y + 6))
        flow.put(flow.line(en, "times", 8, left, flow.y + 10, FAINT))
        flow.gap(16)
    middle = RIGHT - 42
    width = partial(flow.setter.width, role="fangsong", size_pt=12)
    lines = wrap(agency.name, width, 82)
    for number, line in enumerate(reversed(lines)):
        baseline = flow.y - 18 - number * 6
        flow.put(flow.setter.centred(line, "fangsong", 12, middle, baseline))
    flow.put(flow.setter.centred("（盖章）Seal of the agency", "fangsong", 9, middle, flow.y - 11))
    flow.put(flow.setter.centred(chinese_day(day), "fangsong", 12, middle, flow.y - 3))


def chinese_day(day: date) -> str:
    """'2026年6月1日'."""
    return f"{day.year}年{day.month}月{day.day}日"
