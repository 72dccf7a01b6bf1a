"""How exactly designs are read: places, sizes, what shows and what hides, seconds a page.

    .venv/bin/python bench/design_reading.py

Our own pages in every format, against what the composer meant. The figures stand in docs/reading-designs.md.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from certgen.model.page import Page, TextRun
from tests.design_samples import office, pages, pdf, svg
from tests.design_samples.pages import Plant, Way
from tests.render.builders import draw_seals, the_forms
from verify.design.design import Design, Painted
from verify.design.limits import Limits
from verify.design.read import read

WORD = "国家职业"
_Made = tuple[Page, Callable[[], bytes], str]
SHOWN = (
    *(Way.VISIBLE, Way.SCALED, Way.SPACED, Way.TWO_BOXES, Way.VERTICAL, Way.ROTATED, Way.ROUND),
    *(Way.FAKE_BOLD, Way.FORM_XOBJECT, Way.ON_DARK, Way.STAMPED),
)
HIDDEN = (
    *(Way.WHITE, Way.INVISIBLE_MODE, Way.TRANSPARENT, Way.COVERED, Way.UNDER_PICTURE),
    *(Way.UNDER_TYPE, Way.CLIPPED, Way.OFF_PAGE, Way.TINY, Way.LAYER_OFF),
)


def errors(page: Page, design: Design) -> tuple[float, float, int, int]:
    """Largest error of a left edge (mm) and of a size (pt); runs found, runs looked for."""
    place = size = 0.0
    found = 0
    runs = [item for item in page.items if isinstance(item, TextRun) and item.text.strip()]
    for item in runs:
        text = item.text.strip()
        near = [
            (
                abs(run.boxes[run.text.index(text)].x0 - item.x),
                abs((run.size_pt or 0) - item.size_pt),
            )
            for run in design.runs
            if run.boxes and text in run.text
        ]
        if near:
            found += 1
            best = min(near)
            place, size = max(place, best[0]), max(size, best[1])
    return place, size, found, len(runs)


def main() -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory() as folder:
        forms = the_forms(draw_seals(Path(folder, "seals")))
        page = pages.a_page()
        made: dict[str, _Made] = {
            f"press, {name}": (form.page, form.electronic, "pdf") for name, form in forms.items()
        } | {
            "drawing program": (page, lambda: pdf.drawn(page), "pdf"),
            "SVG": (page, lambda: svg.drawn(page).encode(), "svg"),
            "listing": (page, lambda: pages.listed(page).encode(), "json"),
            "DOCX by LibreOffice": (page, lambda: office.docx(page), "docx"),
            "PPTX by LibreOffice": (page, lambda: office.pptx(page), "pptx"),
        }
        print(f"{'source':28} runs found   place mm  size pt  CPU s a page")
        for name, (meant, make, suffix) in made.items():
            path = Path(folder, f"design.{suffix}")
            path.write_bytes(make())
            read(path, isolated=False)
            started = time.process_time()
            design = read(path, isolated=False)
            seconds = time.process_time() - started
            place, size, found, total = errors(meant, design)
            print(f"{name:28} {found:4} of {total:3} {place:9.3f} {size:8.3f} {seconds:9.2f}")
        right = sum(_state(folder, way) is Painted.PAINTED for way in SHOWN)
        hidden = sum(_state(folder, way) is Painted.UNPAINTED for way in HIDDEN)
        print(f"\nshown: {right} of {len(SHOWN)}; hidden: {hidden} of {len(HIDDEN)}")


def _state(folder: str, way: Way) -> Painted | None:
    path = Path(folder, "planted.pdf")
    path.write_bytes(pdf.drawn(pages.a_page(), [Plant(WORD, way)]))
    design = read(path, isolated=False, limits=Limits(dpi=100))
    states = {
        run.painted
        for block in design.blocks()
        if WORD in "".join(run.text for run in block)
        for run in block
    }
    return states.pop() if len(states) == 1 else None


if __name__ == "__main__":
    main()
