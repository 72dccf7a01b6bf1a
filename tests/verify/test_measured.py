"""Measuring: true sizes whatever the matrix, the trim box as corner, and no guess about what is no PDF."""

import io

import pikepdf
import pytest

from certgen.errors import InputError
from verify.measured import measure


def a_page(content: bytes, **boxes: list[float]) -> bytes:
    made = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(400, 300))
        page = pdf.pages[0]
        for name, box in boxes.items():
            page.obj[f"/{name}"] = pikepdf.Array(box)
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1,
                                  BaseFont=pikepdf.Name("/Helvetica"))  # fmt: skip
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.obj.Contents = pdf.make_stream(content)
        pdf.save(made)
    return made.getvalue()


def test_a_size_is_type_size_times_matrix() -> None:
    (page,) = measure(a_page(b"BT /F1 24 Tf 0.5 0 0 0.5 72 144 Tm (Ab) Tj ET"))
    (text,) = page.texts
    assert (text.text, text.face) == ("Ab", "Helvetica")
    assert text.size_pt == pytest.approx(12)
    assert (text.x, text.baseline) == pytest.approx((25.4, (300 - 144) * 25.4 / 72))
    assert (text.angle_deg, text.bold) == (0, False)


def test_bold_is_type_whose_outline_is_drawn_too() -> None:
    (page,) = measure(a_page(b"BT 2 Tr /F1 12 Tf 72 144 Td (Ab) Tj ET"))
    assert page.texts[0].bold


def test_places_count_from_the_trim_box() -> None:
    content = b"20 40 m 60 40 l 60 80 l 20 80 l h f"
    (page,) = measure(a_page(content, TrimBox=[20, 40, 380, 280]))
    assert (page.width, page.height) == pytest.approx((360 * 25.4 / 72, 240 * 25.4 / 72))
    (box,) = page.paths
    assert (box.x0, box.y1) == pytest.approx((0, page.height), abs=0.01)
    assert (box.width, box.height) == pytest.approx((40 * 25.4 / 72,) * 2, abs=0.01)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\nnothing", b"\x89PNG"])
def test_what_is_no_pdf_is_a_sentence(data: bytes) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        measure(data)
