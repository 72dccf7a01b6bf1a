"""How well a misplacement is found. Prints Markdown; `--save` puts it into docs/calibration.md.

python -m bench.calibration --trials 200 --seed 0      photographs by lot, and as many typed readings
python -m bench.calibration scans                      flat scans at 150, 300 and 600 dpi, lid black and lid white
python -m bench.calibration speed                      time and memory of pictures of 12 and 50 megapixels
python -m bench.calibration beyond --trials 40         what lies outside the stated ranges: refused, right or wrong

Seeds from 1000 were used while the reader was made; figures are from other seeds.
"""

import argparse
import sys
from pathlib import Path

from bench import report
from bench.calibration import modes

DOCUMENT = Path(__file__).parent.parent.parent / "docs" / "calibration.md"


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(
        prog="bench.calibration",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("mode", nargs="?", choices=list(modes.MODES), default="trials")
    parser.add_argument("--trials", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--save", action="store_true")
    options = parser.parse_args()
    section = modes.MODES[options.mode](options)
    print(section)
    if options.save:
        report.save(section, DOCUMENT)


if __name__ == "__main__":
    sys.exit(main())
