"""How well a blank sheet, its words and its lines are found in a scan: `python -m bench.stock_scans [COUNT]`.

The invented sheet of the samples, on the glass of a scanner at a random place, angle (±3°), resolution and lid. Prints
the share found by its edges, how far points of the sheet come out from where they are, how far values are proposed
from the printed lines, and how many slots are judged wrongly. Figures of the last run stand in docs/print.md.
"""

import random
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from certgen.compose import Composer
from certgen.exchange import agency_file
from certgen.fonts import fontset
from certgen.layouts import national_2021
from certgen.standards.forms import FormId
from certgen.stock import drafting, edges, proposing
from certgen.stock.definition import FRONT, Key, Of, Scan

sys.path.insert(0, str(Path(__file__).parents[1] / "samples"))

import blank_sheet
import make

SHEET = (blank_sheet.WIDTH, blank_sheet.HEIGHT)
GLASS = (320.0, 240.0)
POINTS = [(x, y) for x in (10.0, 150.0, 287.0) for y in (10.0, 105.0, 200.0)]
RESOLUTIONS = (150, 200, 300)


def main() -> None:
    """Draw, find, measure, print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    chance = random.Random(20260601)  # noqa: S311  (a simulation)
    with tempfile.TemporaryDirectory() as folder:
        _run(Path(folder), count, chance)


def _run(folder: Path, count: int, chance: random.Random) -> None:
    fonts = fontset.load()
    make.make(folder, datetime(2026, 6, 1, tzinfo=UTC), fonts.faces["hei"][0].path)
    agency = agency_file.load(folder / "yunhe" / "agency.toml")
    composer = Composer(agency, None, fonts)
    flats = {dpi: blank_sheet.sheet(agency, fonts, dpi) for dpi in RESOLUTIONS}
    lines = {rule.id: rule for rule in blank_sheet.as_printed(agency).sides[FRONT].rules}
    of = Of(FormId.NATIONAL_2021)
    by_edges, wrong, missed = 0, 0, 0
    off: list[float] = []
    values: list[float] = []
    for _ in range(count):
        dpi = chance.choice(RESOLUTIONS)
        angle = chance.uniform(-3, 3)
        corner = (chance.uniform(12, 16), chance.uniform(3, 9) + max(0.0, -angle) * 5.2)
        lying = Scan(folder / "scan.jpg", dpi, corner[0], corner[1], angle)
        lid = chance.choice([0, 40, 96, 150, 215])
        scan = blank_sheet.on_glass(flats[dpi], lying, GLASS, lid, grain=chance.uniform(1, 6))
        scan.save(lying.path, quality=chance.randint(60, 95))
        found = edges.find(lying.path, SHEET)
        by_edges += found.by_edges
        if not found.by_edges:
            continue
        off += [_apart(lying, found.scan, point) for point in POINTS]
        made = proposing.propose(found, of, "1", composer, folder)
        missed += 7 - made.snapped
        wrong += sum(
            drafting.row_of(made.tree, Key(FRONT, text.id))["state"] != "printed"
            for text in national_2021.style_1().texts
            if text.static and text.id not in {"sample_mark", "provincial_query"}
        )
        for field in national_2021.FIELDS:
            row = drafting.row_of(made.tree, Key(FRONT, f"{field}.value"))
            if "baseline" in row:
                values.append(abs(row["baseline"] + 1.3 - lines[f"{field}.line"].y))
    print(f"{count} scans, {by_edges} found by their edges")
    print(f"points of the sheet: {_spread(off)} mm from where they are")
    print(
        f"values: {_spread(values)} mm from above their lines; {missed} lines missed, {wrong} words not seen"
    )


def _apart(true: Scan, found: Scan, point: tuple[float, float]) -> float:
    """In millimetres: where the scan has the point, against where it is looked for."""
    a, b = true.pixel(point), found.pixel(point)
    return float(np.hypot(a[0] - b[0], a[1] - b[1])) * 25.4 / true.dpi


def _spread(values: list[float]) -> str:
    return f"median {np.median(values):.2f}, 95 % within {np.percentile(values, 95):.2f}, worst {max(values):.2f}"


if __name__ == "__main__":
    main()
