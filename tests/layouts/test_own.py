"""An agency's own layout from TOML: what is read, what is refused, and that the samples of the notice pass."""

from dataclasses import replace
from pathlib import Path

import pytest

from certgen.errors import LayoutError
from certgen.layouts import checks, national_2021, own
from certgen.layouts.own_template import template
from certgen.layouts.slots import Layout, TextSlot

STYLES = {"一": national_2021.style_1(), "二": national_2021.style_2()}


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    return path


def loaded(tmp_path: Path, old: str = "", new: str = "") -> Layout:
    text = template(national_2021.style_1())
    assert old in text
    return own.load(written(tmp_path, text.replace(old, new, 1) if old else text))[0]


@pytest.mark.parametrize("style", STYLES)
def test_the_template_is_the_sample_slot_by_slot(style: str, tmp_path: Path) -> None:
    layout, free = own.load(written(tmp_path, template(STYLES[style])))
    assert free == {}
    assert (layout.width, layout.height) == (297, 210)
    for made, sample in zip(layout.texts, STYLES[style].texts, strict=True):
        measures = [
            (getattr(made, name), getattr(sample, name)) for name in ("x0", "x1", "baseline")
        ]
        assert all(one == pytest.approx(other, abs=0.001) for one, other in measures)
        assert facts(made) == facts(sample)


def facts(slot: TextSlot) -> tuple[object, ...]:
    """What a file says of a slot besides its place."""
    wraps = (
        slot.anchor,
        slot.leading,
        slot.max_lines,
        slot.indent_em,
        slot.after,
        slot.gap,
        slot.bottom,
    )
    return (
        slot.id,
        slot.parts,
        slot.size_pt,
        slot.align,
        *wraps,
        slot.optional,
        slot.bold,
        slot.static,
    )


@pytest.mark.parametrize("style", STYLES)
def test_the_samples_of_the_notice_pass(style: str) -> None:
    assert checks.findings(STYLES[style]) == ()


BREAKS = [
    pytest.param('content = "title.zh"', 'text = "证书"', "layout/missing-title", id="no title: 二(一)"),
    pytest.param('content = "job.value"', 'text = "--"', "layout/missing-job", id="no job: 二(一)"),
    pytest.param(
        'content = "certificate_query"', 'text = "x"', "layout/missing-certificate-query",
        id="no query address: 二(一)",
    ),
    pytest.param('role = "fangsong"\nsize_pt = 12', 'role = "kai"\nsize_pt = 12', "layout/filled-type",
                 id="统一使用小四号仿宋体字: 三(一)"),
    pytest.param("size_pt = 30", "size_pt = 28", "layout/other-size", id="楷体 30pt: 附件"),
    pytest.param("x = 176", "x = 290", "layout/beyond-edge", id="photo over the edge"),
    pytest.param("x = 176", "x = 230", "layout/overlap", id="photo on the QR code"),
    pytest.param("size = 30", "size = 12", "layout/small-qr", id="a QR code nobody can read"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code"), BREAKS)
def test_one_change_gives_its_finding(old: str, new: str, code: str, tmp_path: Path) -> None:
    assert code in {finding.code for finding in checks.findings(loaded(tmp_path, old, new))}


@pytest.mark.parametrize("what", ["photo", "qr"])
def test_a_layout_without_photo_or_qr_code_lacks_a_content(what: str) -> None:
    sample = national_2021.style_1()
    layout = replace(sample, photo=None) if what == "photo" else replace(sample, qr=None)
    assert [finding.code for finding in checks.findings(layout)] == [f"layout/missing-{what}"]


@pytest.mark.parametrize(
    ("old", "new", "line_and_key"),
    [
        ("size_pt = 30", 'size_pt = "30"', "text[1].size_pt"),
        ('role = "kai"', 'role = "song"', ".role"),
        ("[qr]", "[qrcode]", "qrcode"),
        ('align = "centre"', 'align = "middle"', ".align"),
        ("format = 1", "format = 2", "format"),
    ],
)
def test_what_cannot_be_read_is_told_with_line_and_key(
    old: str, new: str, line_and_key: str, tmp_path: Path
) -> None:
    with pytest.raises(LayoutError, match=r"own\.toml:[0-9]+  ") as told:
        loaded(tmp_path, old, new)
    assert line_and_key in told.value.said.zh


@pytest.mark.parametrize(
    "data", [b"\xff\xfe", b"[[[", b"a" * 100_000 + b"=", b"x = " + b"[" * 5000]
)
def test_what_is_no_toml_is_a_sentence(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(data)
    with pytest.raises(LayoutError):
        own.load(path)


def test_a_text_of_its_own_and_a_ground_are_read(tmp_path: Path) -> None:
    text = (
        template(national_2021.style_1())
        + """
[[text]]
id = "motto"
text = "精益求精"
role = "kai"
size_pt = 12
x0 = 30
x1 = 60
baseline = 150

[[shape]]
id = "ground"
x = 0
y = 0
width = 297
height = 210
fill = "#F4FAF0"
cmyk = "5 0 8 0"
"""
    )
    layout, free = own.load(written(tmp_path, text))
    assert free == {"free.motto": "精益求精"}
    (ground,) = layout.shapes
    assert ground.fill is not None
    assert ground.fill.cmyk == (0.05, 0, 0.08, 0)


def test_another_file_is_another_layout(tmp_path: Path) -> None:
    assert loaded(tmp_path).id != loaded(tmp_path, "x = 176", "x = 175").id


def test_a_file_that_is_no_layout_by_its_size_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match="more than 200000 bytes"):
        own.load(written(tmp_path, "#" * 200_001))
