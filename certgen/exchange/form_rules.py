"""Rules for the form (证书式样) that an agency file chooses, and for what goes with it: prefixes, numbers, editions."""

from collections.abc import Iterator

from certgen.errors import CodeError
from certgen.exchange.agency_draft import Draft, Rule, problem
from certgen.exchange.agency_shape import Problem
from certgen.standards.codes.counting import CodeKind, check_prefix
from certgen.standards.codes.national import Category
from certgen.standards.forms import FORMS, FormId


def _form_is_known(draft: Draft) -> Iterator[Problem]:
    named = draft.table("layout").get("form")
    if named is not None and named not in list(FormId):
        listed = "、".join(f"{form}（{FORMS[form].title.zh}）" for form in FormId)
        yield problem(
            ("layout", "form"),
            f"没有这种式样；可用：{listed}",
            f"no such form; known: {', '.join(FormId)}",
        )


def _prefixes_are_codes(draft: Draft) -> Iterator[Problem]:
    kind = FORMS[draft.form].numbers
    category = draft.table("agency").get("category")
    seen: set[str] = set()
    for path, row in draft.rows("sites"):
        prefix = row.get("prefix")
        if not prefix:
            continue
        here = (*path, "prefix")
        try:
            check_prefix(kind, prefix)
        except CodeError as error:
            yield Problem(here, error.said)
            continue
        if category in list(Category) and prefix[0] in list(Category) and prefix[0] != category:
            yield problem(
                here,
                f"首字母 {prefix[0]} 与 agency.category = {category} 不一致，请按备案文件核对",
                f"begins with {prefix[0]}, but agency.category is {category}; see the filing",
            )
        if prefix in seen:
            yield problem(
                here,
                "两个站点的前缀相同，流水号会重复；请合并为一个站点",
                "two sites share this prefix and would give the same numbers; make them one site",
            )
        seen.add(prefix)


def _numbers_come_from_where_they_are_given(draft: Draft) -> Iterator[Problem]:
    facts = FORMS[draft.form]
    if facts.allocates or draft.table("numbers").get("mode", "adopt") != "allocate":
        return
    if facts.numbers is CodeKind.SPECIAL_ABILITY:
        yield problem(
            ("numbers", "mode"),
            "专项职业能力证书的编码由考务系统生成（豫人社办函〔2020〕41号 四(一)）："
            "请删去本行，编号随名册填写",
            "the provincial system gives these numbers (豫人社办函〔2020〕41号 四(一)): remove this line, the "
            "roster brings them",
        )
    else:
        yield problem(
            ("numbers", "mode"),
            f"此式样已停用（{facts.withdrawn_by}），只能补印已有编号的证书：请删去本行",
            f"this form is withdrawn ({facts.withdrawn_by}); only what has a number is printed again: remove "
            "this line",
        )


def _cards_are_paper(draft: Draft) -> Iterator[Problem]:
    facts = FORMS[draft.form]
    if facts.paper_only and draft.electronic:
        step = ("output", "electronic") if "output" in draft.data else ("key",)
        yield problem(
            step,
            f"{facts.title.zh}是实物证卡，没有电子版：请设 electronic = false，并去掉 [key]",
            f"the {facts.title.en} is a thing of paper and plastic: set electronic = false and leave out [key]",
        )


def _branches_issue_on_the_national_form(draft: Draft) -> Iterator[Problem]:
    if draft.rows("branches") and draft.form is not FormId.NATIONAL_2021:
        yield problem(
            ("branches",),
            "只有现行职业技能等级证书有分支机构的式样（人社鉴发〔2021〕1号 四(二)），请删去",
            "only the present skill-level certificate has a sample for branches (人社鉴发〔2021〕1号 四(二)): "
            "remove them",
        )


def _own_layouts_are_for_skill_levels(draft: Draft) -> Iterator[Problem]:
    own = {FormId.NATIONAL_2021, FormId.VETERANS_2024}
    if draft.table("layout").get("file") and draft.form not in own:
        yield problem(
            ("layout", "file"),
            f"自有版式只用于现行职业技能等级证书；{FORMS[draft.form].title.zh}的式样已有规定，请删去",
            f"an own layout is for the present skill-level certificate; the {FORMS[draft.form].title.en} has a "
            "form of its own: remove it",
        )


FORM_RULES: tuple[Rule, ...] = (
    _form_is_known,
    _prefixes_are_codes,
    _numbers_come_from_where_they_are_given,
    _cards_are_paper,
    _branches_issue_on_the_national_form,
    _own_layouts_are_for_skill_levels,
)
"""In the order of the file."""
