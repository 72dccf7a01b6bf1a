"""The pack as whoever receives it opens it: digests, other engines, what its pages say; and its bounds."""

import csv
import io
import json
import socket
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from certgen.errors import Said
from certgen.exchange.agency import AGENCY_SEAL, PayloadKeyFile, SealPicture
from certgen.exchange.cose import Algorithm
from certgen.filing import seal_table
from certgen.filing.opinion import Opinion, Remark, merged
from certgen.filing.pack import Pack
from certgen.filing.seal_table import Comparison
from certgen.model.finding import Severity
from certgen.sign import payload_keys
from certgen.sign.public_halves import public_halves
from certgen.standards.contents import CONTENTS
from tests.filing.builders import DAY, an_employer, packed, with_branches
from tests.render.builders import NAME_39, NAME_39_EN, run
from tests.render.other_forms import the_other_forms

Filed = tuple[Pack, Path]


def text_of(path: Path) -> str:
    return "".join(run(["pdftotext", path, "-"]).stdout.split())


def pages_of(path: Path) -> int:
    with pikepdf.open(path) as file:
        return len(file.pages)


def test_the_digests_are_those_of_every_file(filed: Filed) -> None:
    _, folder = filed
    done = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS"],  # noqa: S607
        cwd=folder, capture_output=True, text=True, check=True,
    )  # fmt: skip
    listed = {line.partition(": ")[0] for line in done.stdout.splitlines()}
    assert listed == {path.name for path in folder.iterdir()} - {"SHA256SUMS"}


def test_the_paper_prints_the_digests_of_the_other_files(filed: Filed) -> None:
    pack, folder = filed
    text = text_of(folder / "filing-pack.pdf")
    assert set(pack.digests) == {path.name for path in folder.iterdir()} - {
        "SHA256SUMS",
        "filing-pack.pdf",
    }
    for name, digest in pack.digests.items():
        assert name in text
        assert digest in text


def test_other_engines_open_the_paper(filed: Filed, tmp_path: Path) -> None:
    pdf = filed[1] / "filing-pack.pdf"
    checked = run(["qpdf", "--check", pdf])
    assert (checked.returncode, "warning" in checked.stderr.lower()) == (0, False)
    drawn = run(["mutool", "draw", "-o", tmp_path / "p%d.png", "-r", "20", pdf])
    assert drawn.returncode == 0, drawn.stderr
    assert len(list(tmp_path.glob("p*.png"))) == pages_of(pdf)


def test_the_letter_asks_in_the_words_of_the_notice(filed: Filed) -> None:
    pack, folder = filed
    text = text_of(folder / "filing-pack.pdf")
    assert "关于报备职业技能等级证书样本的函" in text
    assert "证书样本（含印章内容）须在人力资源社会保障部门备案" in text
    assert "（盖章）" in text
    assert "2026年6月1日" in text
    assert "请予备案" in text
    for branch in pack.agency.branches.values():
        assert branch.name in text
    for site in pack.agency.sites.values():
        assert site.prefix in text


def test_the_fifteen_contents_each_have_a_place(filed: Filed) -> None:
    """二(一): 证书应包括以下内容."""
    pack, folder = filed
    text = text_of(folder / "filing-pack.pdf")
    for table in pack.tables:
        rows = pack.contents_of(table)
        required = [row for row in rows if row.required]
        assert [row.name for row in required] == [one.name for one in CONTENTS if one.required]
        assert len(required) == 15
        assert all(row.place for row in rows)
        assert all(row.name.zh in text for row in rows)


def test_specimens_stand_behind_in_true_size(filed: Filed) -> None:
    pack, folder = filed
    with pikepdf.open(folder / "filing-pack.pdf") as file:
        sizes = [
            tuple(round(float(edge) * 25.4 / 72) for edge in list(page.trimbox)[2:])
            for page in file.pages
        ]
    own = len(sizes) - len(pack.specimens)
    assert set(sizes[:own]) == {(210, 297)}
    assert sizes[own] == (297, 210)
    assert f"共{len(sizes)}页" in text_of(folder / "filing-pack.pdf")


def test_the_measures_are_a_table_for_a_spreadsheet(filed: Filed) -> None:
    pack, folder = filed
    text = (folder / "measures.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == 1 + sum(len(table.lines) for table in pack.tables)
    assert {len(row) for row in rows} == {len(rows[0])}
    assert json.loads((folder / "filing-pack.json").read_text(encoding="utf-8"))["agency"]


def test_the_faces_are_those_that_drew_something(filed: Filed) -> None:
    pack, folder = filed
    drawn = {(row.role, row.family): row.licence for row in pack.faces}
    assert {role for role, _ in drawn} == {"kai", "fangsong", "hei", "times"}
    assert drawn["times", "Liberation Serif"] == "OFL-1.1"
    assert "BabelStone Han" not in {family for _, family in drawn}
    assert "OFL-1.1" in text_of(folder / "filing-pack.pdf")


def test_the_same_day_gives_the_same_folder(filed: Filed, tmp_path: Path) -> None:
    pack, folder = filed
    packed(pack.agency, tmp_path / "again")
    for path in folder.iterdir():
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes(), path.name


# Seals and keys


def test_a_seal_is_compared_as_stated_and_its_picture_is_not_read(filed: Filed) -> None:
    """应加盖“评价机构名称”或“评价机构名称+职业技能等级认定专用章”: 四(一)."""
    own, branch = filed[0].seals
    assert (own.comparison, own.wording) == (Comparison.AGREES, filed[0].agency.name)
    assert own.filed == (own.wording, f"{own.wording}职业技能等级认定专用章")
    assert branch.comparison is Comparison.NOT_STATED
    told = {finding.code: finding.severity for finding in filed[0].findings()}
    assert told == {"filing-pack/seal-not-stated": Severity.REVIEW}


def test_another_wording_is_an_error_and_no_picture_is_told(tmp_path: Path) -> None:
    agency = an_employer(tmp_path)
    other = SealPicture(tmp_path / "seals/agency.png", 42, wording="云河机械厂")
    rows = seal_table.rows(replace(agency, seals={AGENCY_SEAL: other}))
    assert [row.comparison for row in rows] == [Comparison.DIFFERS, Comparison.NO_PICTURE]


def test_a_card_has_no_seals_to_file(tmp_path: Path) -> None:
    assert seal_table.rows(the_other_forms(tmp_path)["supervisor"].agency) == ()


def test_the_fingerprint_of_a_public_key_is_told_without_its_passphrase(tmp_path: Path) -> None:
    path = tmp_path / "payload.pem"
    key = payload_keys.make(path, b"passphrase", Algorithm.ES256)
    agency = an_employer(tmp_path, payload_key=PayloadKeyFile(path), branches={})
    (half,) = public_halves(agency)
    assert half.fingerprint == key.fingerprint
    payload_keys.public_path(path).unlink()
    assert public_halves(agency)[0].fingerprint == ""


# The linter


def test_remarks_of_several_files_are_one_and_the_gravest_comes_first() -> None:
    def remark(rule: str, severity: Severity) -> Remark:
        return Remark(rule, Said("级别", "kind"), severity, Said("甲", "a"), Said("乙", "b"), "")

    seal, title = remark("seal/other-text", Severity.REVIEW), remark("t", Severity.ERROR)
    opinions = {"one.pdf": Opinion("p", 2, (seal,)), "two.pdf": Opinion("p", 2, (seal, title))}
    found = merged(opinions.items())
    assert [(one.rule, one.files) for one in found] == [
        ("t", ("two.pdf",)),
        ("seal/other-text", ("one.pdf", "two.pdf")),
    ]


# Bounds


def test_twenty_branches_of_the_longest_name_stay_within_bounds(tmp_path: Path) -> None:
    agency = an_employer(tmp_path, name=NAME_39, english_name=NAME_39_EN)
    began = time.monotonic()
    pack = packed(with_branches(agency, 20), tmp_path / "pack")
    assert time.monotonic() - began < 60
    assert len(pack.specimens) == 42
    assert len(pack.tables) == 2
    assert pages_of(tmp_path / "pack/filing-pack.pdf") <= 42 + 20
    assert (tmp_path / "pack/filing-pack.pdf").stat().st_size < 10_000_000
    assert run(["qpdf", "--check", tmp_path / "pack/filing-pack.pdf"]).returncode == 0


def test_no_register_is_opened_and_nothing_is_asked_of_the_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(socket.socket, "connect", refuse)
    register = tmp_path / "register.db"
    register.write_bytes(b"no register at all: whoever opened it would say so")
    agency = an_employer(tmp_path, register=register, branches={}, paper=False)
    packed(agency, tmp_path / "pack")
    assert register.read_bytes().startswith(b"no register at all")
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"register.db", "seals", "pack"}


def test_a_style_that_is_not_public_is_no_ground_for_filing(tmp_path: Path) -> None:
    form = the_other_forms(tmp_path)["veterans"]
    agency = replace(form.agency, seals={}, electronic=False)
    pack = packed(agency, tmp_path / "pack", DAY)
    assert "filing-pack/unconfirmed" in {finding.code for finding in pack.findings()}
    text = text_of(tmp_path / "pack/filing-pack.pdf")
    assert "未经证实" in text
    assert "退役军人部发〔2024〕35号二(二)" in text
    assert "请予备案" not in text
