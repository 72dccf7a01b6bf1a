"""The samples of the other forms are issued whole, twice the same, and refused where a notice refuses."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import other_forms
import pikepdf
import pytest
from other_forms import SampleForm

from certgen import api
from certgen.layouts import national_2021
from certgen.layouts.own_template import template

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
PAGES = {"ability": 5, "cards": 8, "reprints": 3}
ISSUED = [form for form in other_forms.FORMS if form.folder in PAGES]


def now() -> datetime:
    return NOW


def untouched(form: str, samples: Path, folder: Path) -> Path:
    """The folder of a sample as it was made, without the register of another test."""
    return shutil.copytree(
        samples / form, folder / form, ignore=shutil.ignore_patterns("register*")
    )


def issued(form: SampleForm, here: Path, out: Path) -> api.Account:
    return api.issue(
        here / "agency.toml", here / form.roster_name, out, photos=here / "photos", clock=now
    )


@pytest.mark.parametrize("form", ISSUED, ids=lambda form: form.folder)
def test_every_row_is_issued_on_paper_once(
    form: SampleForm, made_samples: Path, tmp_path: Path
) -> None:
    here = untouched(form.folder, made_samples, tmp_path)
    first = issued(form, here, tmp_path / "out")
    assert (first.rows, first.issued, first.refused) == (len(form.numbers),) * 2 + (0,)
    (file,) = first.prints
    with pikepdf.open(file) as pdf:
        assert len(pdf.pages) == PAGES[form.folder]
    again = issued(form, here, tmp_path / "out")
    assert (again.issued, again.already, again.adds_up) == (0, len(form.numbers), True)


def test_veterans_officers_are_refused_until_the_agency_has_the_style(
    made_samples: Path, tmp_path: Path
) -> None:
    """由退役军人事务部统一证书样式: 退役军人部发〔2024〕35号 二(二)."""
    form = other_forms.VETERANS
    here = untouched("veterans", made_samples, tmp_path)
    refused = api.check(here / "agency.toml", here / form.roster_name, clock=now)
    found = {finding.code: finding.clause for finding in refused.findings if finding.refuses}
    assert (refused.good, refused.refused) == (0, 3)
    assert found == {"form/not-published": "退役军人部发〔2024〕35号 二(二)"}
    (here / "style.toml").write_text(template(national_2021.style_1()), encoding="utf-8")
    with (here / "agency.toml").open("a", encoding="utf-8") as file:
        file.write('file = "style.toml"\n')
    account = issued(form, here, tmp_path / "out")
    assert (account.rows, account.issued, account.refused) == (3, 3, 0)
    listed = (account.folder / "issued.csv").read_text(encoding="utf-8-sig")
    # 按照人力资源社会保障部编码规则: 22 characters, a counter for each level.
    for code in ("S000041018996263000001", "S000041018996264000001", "S000041018996261000001"):
        assert code in listed


@pytest.mark.parametrize(
    ("form", "occupation", "code"),
    [
        ("veterans-2024", "车工", "form/other-occupation"),
        ("national-2021", "退役军人事务员", "form/of-a-ministry"),
    ],
)
def test_the_ministrys_style_and_its_occupation_go_together(
    form: str, occupation: str, code: str, made_samples: Path, tmp_path: Path
) -> None:
    here = untouched("veterans", made_samples, tmp_path)
    for name, old, new in (
        ("agency.toml", "veterans-2024", form),
        ("roster.csv", "退役军人事务员", occupation),
    ):
        text = (here / name).read_text(encoding="utf-8-sig")
        (here / name).write_text(text.replace(old, new), encoding="utf-8")
    report = api.check(here / "agency.toml", here / "roster.csv", clock=now)
    told = [finding for finding in report.findings if finding.code == code]
    assert [finding.clause for finding in told] == ["退役军人部发〔2024〕35号 二(二)"] * 3
    assert report.good == 0


def test_a_certificate_of_today_is_refused_on_the_form_of_2019(
    made_samples: Path, tmp_path: Path
) -> None:
    here = untouched("reprints", made_samples, tmp_path)
    roster = tmp_path / "roster.csv"
    text = (here / "roster.csv").read_text(encoding="utf-8-sig")
    text = text.replace("2020-06-01", "2026-05-01").replace("9203000001", "9263000001")
    roster.write_text(text, encoding="utf-8")
    report = api.check(here / "agency.toml", roster, photos=here / "photos", clock=now)
    assert (report.good, report.refused) == (2, 1)
    (finding,) = [finding for finding in report.findings if finding.refuses]
    assert (finding.code, finding.clause) == ("form/withdrawn", "人社鉴发〔2021〕1号 五(一)")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("男", "?", "sex/unknown"),
        ("大专", "", "education/missing"),
        ("85", "", "score/missing"),
        ("269999500100002", "259999500100002", "code/year"),
        ("269999500100002", "269999500200002", "code/site"),
        ("269999500100002", "S000041019999263000001", "code/form"),
    ],
)
def test_a_slip_in_a_special_ability_row_is_found(
    old: str, new: str, code: str, made_samples: Path, tmp_path: Path
) -> None:
    rows = [[str(cell) for cell in row] for row in other_forms.ABILITY.rows]
    rows[3] = [new if cell == old else cell for cell in rows[3]]
    roster = tmp_path / "roster.csv"
    roster.write_text("\n".join(",".join(row) for row in rows[1:]), encoding="utf-8")
    here = untouched("ability", made_samples, tmp_path)
    report = api.check(here / "agency.toml", roster, photos=here / "photos", clock=now)
    assert code in {finding.code for finding in report.findings if finding.refuses}
    assert report.good == 4
