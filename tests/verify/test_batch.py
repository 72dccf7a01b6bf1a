"""Many at once: pages matched to rows, written back into the user's own list, compared across, resumed."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import portraits as portraits_drawn
import pytest
from openpyxl.comments import Comment
from PIL import Image

from certgen.errors import InputError
from certgen.layouts import national_2021
from tests.verify.world import NOW, a_trust, certificate, photo, rasterised, signed
from verify.batch import portraits, seeing
from verify.batch import run as batch_run
from verify.batch.listing import read
from verify.batch.results import Account
from verify.batch.run import Order, run
from verify.verdict import Verdict

PEOPLE = (
    ("Y000041018999263000001", "丁一", "190000200403010112", "车工", "数控车床", 3),
    ("Y000041018999263000002", "戊二", "19000020040301012X", "车工", "普通车床", 3),
    ("Y000041018999264000001", "己三", "190000200403010139", "钳工", None, 4),
)


@cache
def page(number: int) -> bytes:
    """The certificate of one of the people, as a PDF, its QR code signed."""
    code, name, identity, occupation, job, level = PEOPLE[number]
    qr = signed(code, name=name, last_four=identity[-4:], occupation=occupation, job=job)
    return certificate(
        qr, code, name=name, identity_number=identity, occupation=occupation, job=job, level=level
    )


@cache
def scan() -> bytes:
    """The three on one scanner: a PDF of pictures, with an empty page between."""
    one, *others = (Image.open(io.BytesIO(rasterised(page(n), 150))) for n in range(3))
    empty = Image.new("RGB", one.size, "white")

    out = io.BytesIO()
    one.save(out, "PDF", save_all=True, append_images=[empty, *others], resolution=150)
    return out.getvalue()


def rows(*changes: tuple[int, str, str]) -> list[list[str]]:
    """The list as it should be, but for (person, column, value)."""
    head = ["序号", "姓名", "证件号码", "职业名称", "工种", "职业技能等级", "证书编号", "发证日期"]
    lines = [
        [
            str(n + 1),
            name,
            identity,
            occupation,
            job or "--",
            f"{'一二三四五'[level - 1]}级",
            code,
            "2026年1月15日",
        ]
        for n, (code, name, identity, occupation, job, level) in enumerate(PEOPLE)
    ]
    for person, column, value in changes:
        lines[person][head.index(column)] = value
    return [["某公司持证人员名单"], head, *lines]


def workbook(folder: Path, lines: list[list[str]]) -> Path:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for line in lines:
        sheet.append(line)
    sheet["C3"].comment = Comment("请勿外传", "人事")
    path = folder / "名单.xlsx"
    book.save(path)
    return path


def done(where: Path | None, out: Path, listed: Path | None = None, **order: Any) -> Account:
    listing = read(listed) if listed else None
    return run(Order(where, listing, out, a_trust(), **order), NOW)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    where = tmp_path / "送验"
    where.mkdir()
    for number, (code, name, identity, occupation, job, _) in enumerate(PEOPLE):
        text = signed(code, name=name, last_four=identity[-4:], occupation=occupation, job=job)
        (where / f"{number}.png").write_bytes(photo(text))
    return where


def test_a_folder_is_verified_file_by_file(folder: Path, tmp_path: Path) -> None:
    (folder / "空白.png").write_bytes(photo())
    (folder / "坏.jpg").write_bytes(b"\xff\xd8 no picture")
    (folder / "说明.txt").write_text("不是证书", encoding="utf-8")
    account = done(folder, tmp_path / "out", ocr=False)
    assert account.counts == {"VALID": 3, "INVALID": 0, "INDETERMINATE": 1, "unreadable": 1}
    assert sum(account.counts.values()) == len(account.results)
    assert {one.where for one in account.residue} == {"空白.png", "坏.jpg"}
    assert account.exit_code == 3


def test_a_scan_is_split_and_matched_to_rows_and_written_back_into_the_users_own_workbook(
    tmp_path: Path,
) -> None:
    (tmp_path / "扫描.pdf").write_bytes(scan())
    listed = workbook(tmp_path, rows((1, "职业技能等级", "二级"), (2, "姓名", "己四")))
    before = listed.read_bytes()
    account = done(tmp_path / "扫描.pdf", tmp_path / "out", listed, ocr=False)
    assert listed.read_bytes() == before
    assert [result.verdict for result in account.rows.values()] == [
        Verdict.VALID,
        Verdict.INDETERMINATE,
        Verdict.INDETERMINATE,
    ]
    assert [result.differs for result in account.rows.values()] == [(), ("level",), ("name",)]
    copy: Any = openpyxl.load_workbook(tmp_path / "out" / "名单-核验.xlsx").active
    assert [cell.value for cell in copy[2]][:8] == rows()[1]
    assert copy["C3"].comment.text == "请勿外传"
    assert [cell.value for cell in copy[2]][8:] == ["核验结论", "说明", "与名单不一致", "文件/页"]
    assert [copy.cell(row, 9).value for row in (3, 4, 5)] == ["有效", "待核实", "待核实"]
    assert [copy.cell(row, 11).value for row in (3, 4, 5)] == [None, "职业技能等级", "姓名"]
    assert copy.cell(4, 12).value == "扫描.pdf#page=3"


def test_a_list_alone_says_what_its_numbers_say(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    lines = rows((0, "证书编号", "Y0000990189992630000"), (1, "发证日期", "2025-01-15"))
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows(lines)
    account = done(None, tmp_path / "out", path)
    assert account.without_page == 3
    assert {one.verdict for one in account.rows.values()} == {Verdict.INDETERMINATE}
    text = (tmp_path / "out" / "名单-核验.csv").read_text(encoding="utf-8-sig")
    back = list(csv.reader(io.StringIO(text)))
    assert [line[:8] for line in back[1:]] == lines[1:]
    assert "21" in back[2][9] or "20" in back[2][9]
    assert "2025" in back[3][9]


def test_pages_without_number_are_matched_by_who_and_what(tmp_path: Path, folder: Path) -> None:
    listed = workbook(tmp_path, rows(*((n, "证书编号", "") for n in range(3))))
    account = done(folder, tmp_path / "out", listed, ocr=False)
    assert account.without_page == 0
    assert [one.where for one in account.rows.values()] == ["0.png", "1.png", "2.png"]


def test_the_same_command_goes_on_where_it_was(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    genuine = seeing.see

    def stopping(units: Any, *, ocr: bool | None) -> Iterator[Any]:
        seen.append(len(units))
        for number, one in enumerate(genuine(units, ocr=ocr)):
            if len(seen) == 1 and number == 2:
                raise KeyboardInterrupt
            yield one

    monkeypatch.setattr(batch_run, "see", stopping)
    with pytest.raises(KeyboardInterrupt):
        done(folder, tmp_path / "out", ocr=False)
    state = tmp_path / "out" / "reports.jsonl"
    with state.open("a", encoding="utf-8") as file:
        file.write('{"key": "torn')  # the power went
    account = done(folder, tmp_path / "out", ocr=False)
    assert seen == [3, 1]
    assert account.counts["VALID"] == 3
    assert len([json.loads(line) for line in state.read_text("utf-8").splitlines()]) == 4


def test_when_what_is_trusted_changes_everything_is_judged_anew(
    tmp_path: Path, folder: Path
) -> None:
    done(folder, tmp_path / "out", ocr=False, trust_digest="a")
    watched: list[str] = []
    order = Order(folder, None, tmp_path / "out", None, trust_digest="b", ocr=False)
    account = run(order, NOW, lambda _done, _total, name: watched.append(name))
    assert account.counts["INDETERMINATE"] == 3
    assert (tmp_path / "out" / "reports.old.jsonl").exists()


def test_a_zip_is_read_where_it_lies_with_names_from_chinese_windows(tmp_path: Path) -> None:
    path = tmp_path / "证书.zip"
    name = "张三.png".encode("gb18030").decode("cp437")
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo(name)
        info.flag_bits = 0
        archive.writestr(info, photo(signed()))
        archive.writestr("../../外面.png", photo(signed(PEOPLE[1][0], name="戊二")))
        archive.writestr("__MACOSX/._1.pdf", b"")
    account = done(path, tmp_path / "out", ocr=False)
    assert account.counts["VALID"] == 2
    assert {p.name for p in (tmp_path / "out").iterdir()} == {
        "reports.jsonl",
        "pages.csv",
        "residue.csv",
    }


def test_one_number_for_two_people_is_found(tmp_path: Path, folder: Path) -> None:
    code = PEOPLE[0][0]
    (folder / "另一人.png").write_bytes(photo(signed(code, name="庚四", last_four="0155")))
    account = done(folder, tmp_path / "out", ocr=False)
    (found,) = (one for one in account.across if one.code == "across/one-number")
    assert set(found.where) == {"0.png", "另一人.png"}
    assert "across/one-number" in (tmp_path / "out" / "across.csv").read_text("utf-8-sig")


def test_one_portrait_for_two_people_is_found_and_other_portraits_are_not(tmp_path: Path) -> None:
    """Two people with one drawn face, a third with another; each scanned at another resolution."""
    folder = tmp_path / "scans"
    folder.mkdir()
    for number, (seed, dpi) in enumerate(((1, 150), (1, 170), (0, 150))):
        face = portrait(portraits_drawn.portrait(seed, female=seed == 0))
        scanned = Image.open(io.BytesIO(rasterised(page(number), dpi))).convert("RGB")
        mm = scanned.width / 297
        box = (round(176 * mm), round(22 * mm), round(201 * mm), round(57 * mm))
        scanned.paste(face.resize((box[2] - box[0], box[3] - box[1])), box)
        scanned.save(folder / f"{number}.jpg", quality=85)
    account = done(folder, tmp_path / "out", ocr=False)
    assert account.counts["VALID"] == 3
    (found,) = account.across
    assert (found.code, found.where) == ("across/one-portrait", ("0.jpg", "1.jpg"))


def portrait(drawn: Image.Image) -> Image.Image:
    return drawn.convert("RGB")


def test_one_person_too_often_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    codes = [f"Y00004101899926300000{n}" for n in range(1, 5)]
    for n, code in enumerate(codes):
        occupation = ("车工", "车工", "钳工", "焊工")[n]
        qr = signed(code, occupation=occupation, issue_date=date(2026, 2, n + 1))
        (folder / f"{n}.png").write_bytes(photo(qr))
    account = done(folder, tmp_path / "out", ocr=False)
    by_code = {one.code: one for one in account.across}
    assert set(by_code) == {"across/same-skill-twice", "across/more-than-three-a-year"}
    assert set(by_code["across/same-skill-twice"].where) == {"0.png", "1.png"}
    assert all(one.clause == "国办发〔2019〕24号 (十二)" for one in account.across)
    assert account.exit_code == 3


def test_a_formula_from_a_certificate_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "名单.xlsx"
    workbook(tmp_path, rows((0, "姓名", "=HYPERLINK(1)")))
    done(None, tmp_path / "out", path)
    copy: Any = openpyxl.load_workbook(tmp_path / "out" / "名单-核验.xlsx").active
    assert all(cell.data_type != "f" for row in copy.iter_rows(min_col=9) for cell in row)


def test_a_list_without_header_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match="no header"):
        read(path)


def test_the_portrait_is_looked_for_where_the_layout_puts_it() -> None:
    photo_slot, qr_slot = national_2021.PHOTO, national_2021.QR
    dx = photo_slot.x + photo_slot.width / 2 - (qr_slot.x + qr_slot.size / 2)
    dy = photo_slot.y + photo_slot.height / 2 - (qr_slot.y + qr_slot.size / 2)
    assert (dx, dy) == portraits.OFFSET_MM
    assert (photo_slot.width, photo_slot.height) == portraits.SIZE_MM
