"""Reads a stock definition (纸张定义) from TOML, strictly: every problem at once, each with its line.

stock.toml:31  slot[4].x0: …
"""

import tomllib
from pathlib import Path

from certgen.errors import LayoutError, Said
from certgen.exchange.agency import SealSide
from certgen.exchange.agency_shape import Problem, Tree, fit
from certgen.layouts.own import at_lines
from certgen.standards.forms import FormId
from certgen.stock.definition import Of, Scan, Stock
from certgen.stock.draft import Draft
from certgen.stock.rules_of_form import RULES_OF_FORM
from certgen.stock.rules_of_place import RULES_OF_PLACE
from certgen.stock.shape import FORMAT, STOCK_FILE

LARGEST = 200_000
"""Bytes; a real one has some ten thousand."""


def load(path: Path) -> Stock:
    """The stock that the file describes; its paths count from the folder of the file.

    Raises `LayoutError`, whose message has one line for each problem.
    """
    return read(path.name, _text_of(path), path.parent)


def read(name: str, text: str, folder: Path) -> Stock:
    """The stock that `text` describes; `name` stands in messages."""
    tree = tree_of(name, text)
    of = _of(name, text, tree, folder)
    draft = Draft(tree, of.sides())
    for rules in (RULES_OF_FORM, RULES_OF_PLACE):
        problems = [one for rule in rules for one in rule(draft)]
        if problems:
            raise at_lines(name, text, problems)
    return Stock(
        version=tree["version"],
        of=of,
        states=draft.states,
        sides=draft.sides,
        check=draft.check,
        scan=_scan(tree, folder),
    )


def load_tree(path: Path) -> Tree:
    """The keys as the file has them, of a file that `load` accepts."""
    load(path)
    return tree_of(path.name, _text_of(path))


def tree_of(name: str, text: str) -> Tree:
    """The keys of the file, each of its kind. `LayoutError`."""
    try:
        tree = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise LayoutError(
            zh=f"{name}：不是有效的 TOML（{error}），请核对引号和等号",
            en=f"{name}: not valid TOML ({error}); check quotes and equals signs",
        ) from error
    fitted, problems = fit(tree, STOCK_FILE)
    found = list(problems)
    if not found and fitted["format"] != FORMAT:
        said = Said(f"本版本只能读取格式 {FORMAT}", f"this version reads format {FORMAT} only")
        found.append(Problem(("format",), said))
    if found:
        raise at_lines(name, text, found)
    return fitted


def _text_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise LayoutError(
                zh=f"{path.name} 超过 {LARGEST} 字节，不是纸张定义",
                en=f"{path.name} has more than {LARGEST} bytes: no stock definition",
            )
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise LayoutError(
            zh=f"无法读取纸张定义 {path.name}：请检查路径，或用 certgen stock new 新建",
            en=f"cannot read the stock definition {path.name}: check the path, or run certgen stock new",
        ) from error
    except UnicodeDecodeError as error:
        raise LayoutError(
            zh=f"{path.name} 不是 UTF-8 编码，请另存为 UTF-8",
            en=f"{path.name} is not UTF-8: save it as UTF-8",
        ) from error


def _of(name: str, text: str, tree: Tree, folder: Path) -> Of:
    problems: list[Problem] = []
    for key, known in (("form", list(FormId)), ("seal_side", list(SealSide))):
        if key in tree and tree[key] not in known:
            said = Said(f"应为 {'、'.join(known)} 之一", f"must be one of {', '.join(known)}")
            problems.append(Problem((key,), said))
    form = tree["form"]
    if tree.get("branch") and form not in {FormId.NATIONAL_2021, FormId.VETERANS_2024}:
        said = Said(
            "此式样没有分支机构的样式，请删去", "this form has no sample for branches: remove it"
        )
        problems.append(Problem(("branch",), said))
    if "layout_file" in tree and form not in {FormId.NATIONAL_2021, FormId.VETERANS_2024}:
        said = Said("此式样没有自有版式，请删去", "this form takes no own layout: remove it")
        problems.append(Problem(("layout_file",), said))
    if problems:
        raise at_lines(name, text, problems)
    own = tree.get("layout_file")
    side = SealSide(tree.get("seal_side", SealSide.RIGHT))
    return Of(FormId(form), tree.get("branch", False), side, folder / own if own else None)


def _scan(tree: Tree, folder: Path) -> Scan | None:
    if "scan" not in tree:
        return None
    scan = tree["scan"]
    return Scan(
        folder / scan["file"],
        float(scan["dpi"]),
        float(scan.get("x", 0.0)),
        float(scan.get("y", 0.0)),
        float(scan.get("angle_deg", 0.0)),
    )
