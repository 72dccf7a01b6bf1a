"""Seals of a certificate that a branch issues: the agency's left, the branch's right, and both there."""

from collections.abc import Iterator

from certgen.errors import Said
from certgen.model.box import Box
from verify.design import clauses
from verify.design.case import Case
from verify.design.finding import Finding, Kind
from verify.design.rule import Rule, on_page
from verify.design.rules.title_other_title import close


def _check(rule: Rule, case: Case) -> Iterator[Finding]:
    if case.filing is None or not case.filing.branches:
        return
    agency, branch = _places(case)
    for page, box in branch:
        for other_page, other in agency:
            if page == other_page and other.centre[0] >= box.centre[0]:
                yield rule.finding(
                    Said(
                        "评价机构印章不在分支机构印章的左侧",
                        "the agency's seal does not stand left of the branch's",
                    ),
                    on_page(page, other, box),
                )
        if not any(page == other_page for other_page, _ in agency):
            yield rule.finding(
                Said(
                    "分支机构颁发的证书上没有评价机构印章",
                    "the branch's seal stands without the agency's",
                ),
                on_page(page, box),
            )


def _places(case: Case) -> tuple[list[tuple[int, Box]], list[tuple[int, Box]]]:
    """Where the seals of the agency and of branches stand: by role, else by what they say."""
    agency: list[tuple[int, Box]] = []
    branch: list[tuple[int, Box]] = []
    for graphic in case.design.graphics:
        owner = (
            (graphic.role or "").removeprefix("seal.")
            if (graphic.role or "").startswith("seal.")
            else ""
        )
        if owner:
            (agency if owner == "agency" else branch).append((graphic.page, graphic.box))
    branches = [close(name) for name in case.filing.branches] if case.filing else []
    for part in case.parts.seals:
        written, box = close(part.written), part.text.box
        if box is not None:
            of_branch = any(written.startswith(name) for name in branches)
            (branch if of_branch else agency).append((part.text.page, box))
    return agency, branch


RULE = Rule(
    id="seal/branch-position",
    said=Said("分支机构证书的印章位置不符", "seals of a branch out of place"),
    clause=clauses.BRANCH_SEAL,
    kind=Kind.ERROR,
    looks_at=Said(
        "备案有分支机构时，两枚印章的左右位置",
        "left and right of the two seals, where branches are filed",
    ),
    passes=Said(
        "只有评价机构印章的证书（样式一）；读不出文字的印章",
        "certificates with the agency's seal alone (样式一); seals that could not be read",
    ),
    decided_by="geometry, filing",
    check=_check,
    remedy=Said(
        "评价机构印章在左侧，分支机构印章在右侧", "the agency's seal left, the branch's right"
    ),
)
