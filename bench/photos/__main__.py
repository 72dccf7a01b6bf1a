"""How much of what telephones take can be read, and by whom. Prints Markdown; `--save` puts it into docs/decoding.md.

python -m bench.photos closeup              13 conditions at 1.5 to 8 pixels a module
python -m bench.photos pages                a whole certificate in the frame, 1 to 12 megapixels; and chat copies
python -m bench.photos files ../shared/photos   other people's photographs, with the truth beside them
python -m bench.photos speed                a clean page of 8 megapixels against zxing-cpp alone
python -m bench.photos memory               peak memory of a picture of 50 megapixels

Seeds 0 and up are for figures; seeds from 100 were used while the reader was made. `pages` and `speed` need the
sample certificates in out/ (`./dev sample`).
"""

import argparse
import sys
from pathlib import Path

from bench import report
from bench.photos import closeup, modes

DOCUMENT = Path(__file__).parent.parent.parent / "docs" / "decoding.md"


def main() -> None:
    """Measure what the command line asks for."""
    options = _parser().parse_args()
    section = modes.MODES[options.mode](options)
    print(section)
    if options.save:
        report.save(section, DOCUMENT)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bench.photos",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("mode", choices=["closeup", "pages", "files", "speed", "memory"])
    parser.add_argument("folder", nargs="?", type=Path, help="of photographs, for files")
    parser.add_argument("--seeds", type=int, default=1, help="pictures of each kind (default 1)")
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument(
        "--only", help="conditions or levels, comma between", default=",".join(closeup.CONDITIONS)
    )
    parser.add_argument("--megapixels", default="1,2,3,5,8,12")
    parser.add_argument("--save", action="store_true")
    return parser


if __name__ == "__main__":
    sys.exit(main())
