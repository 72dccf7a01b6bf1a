"""What is lawful in a definition and still said."""

from pathlib import Path

import pytest

from certgen.exchange.agency_shape import Tree
from certgen.standards.forms import FormId
from certgen.stock import advice
from certgen.stock.definition import Of
from tests.stock.definitions import a_stock, a_tree, changed
from tests.stock.scans import on_glass


def codes(tree: Tree, folder: Path = Path()) -> set[str]:
    return {finding.code for finding in advice.findings(a_stock(tree, folder))}


def with_scan(tree: Tree, folder: Path) -> Tree:
    on_glass(folder / "scan.jpg")
    return tree | {"scan": {"file": "scan.jpg", "dpi": 120, "x": 9, "y": 6}}


@pytest.mark.parametrize(
    "form", [FormId.NATIONAL_2021, FormId.NATIONAL_2019, FormId.SPECIAL_ABILITY]
)
def test_a_definition_as_the_layout_has_it_needs_no_advice(form: FormId, tmp_path: Path) -> None:
    assert codes(with_scan(a_tree(Of(form)), tmp_path), tmp_path) == set()


def test_what_is_worth_a_look_is_said(tmp_path: Path) -> None:
    tree = with_scan(a_tree(), tmp_path)
    tree["seal"][0]["state"] = "printed"
    tree = changed(tree, "name.value", x0=196.0, x1=240.0, baseline=69.6)
    tree = changed(tree, "job.value", max_lines=1) | {
        "qr": {"state": "data", "x": 265.0, "y": 24.5}
    }
    assert codes(tree, tmp_path) == {"stock/sealed-blank", "stock/narrow", "stock/near-edge"}


def test_a_missing_scan_is_said_and_a_broken_one_is_an_error(tmp_path: Path) -> None:
    assert codes(a_tree()) == {"stock/no-scan"}
    tree = with_scan(a_tree(), tmp_path)
    (tmp_path / "scan.jpg").write_bytes(b"")
    (finding,) = advice.findings(a_stock(tree, tmp_path))
    assert (finding.code, finding.refuses) == ("stock/scan", True)
    assert "cannot read the scan" in finding.said.en
