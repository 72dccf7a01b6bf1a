"""Flip every byte of signed certificates: `python -m bench.flips [--step 1] [--bits 1] [--kinds 'B-LTA, 2' …]`.

Each file is flipped one bit at a time; a flip must be refused, or page, fields, signers and times must be what they
were. Exit code 1 if one slips through. The figures of the last run stand in docs/signatures.md.
"""

import argparse
import sys
import time

from tests.forger import longterm
from tests.forger.flips import first_rules_refuse, flipped, proves_more, said
from tests.forger.genuine import policy
from tests.forger.house import NOW
from verify.checks.signed_pdf.examination import examine_here
from verify.checks.signed_pdf.policy import Question


def main() -> int:
    """The command line."""
    files = longterm.genuine()
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--step", type=int, default=1, help="bytes between flips")
    parser.add_argument("--bits", type=int, default=1, choices=range(1, 9), help="flips a byte")
    parser.add_argument("--kinds", nargs="+", choices=files, default=list(files))
    asked = parser.parse_args()
    question, slipped = Question(policy(), NOW), 0
    for kind in asked.kinds:
        data, began = files[kind], time.monotonic()
        genuine = examine_here(data, question)
        counts = {"first rules": 0, "later rules": 0, "accepted, unchanged": 0, "slipped": 0}
        for position in range(0, len(data), asked.step):
            for bit in range(asked.bits):
                changed = flipped(data, position, (position + bit) % 8)
                if first_rules_refuse(changed):
                    counts["first rules"] += 1
                    continue
                report = examine_here(changed, question)
                if not report.accepted:
                    counts["later rules"] += 1
                elif said(report) == said(genuine) and not proves_more(report, genuine):
                    counts["accepted, unchanged"] += 1
                else:
                    counts["slipped"] += 1
                    print("SLIPPED", kind, position, data[max(0, position - 30) : position + 10])
        slipped += counts["slipped"]
        print(kind, len(data), "bytes:", counts, f"{time.monotonic() - began:.0f} s", flush=True)
    return 1 if slipped else 0


if __name__ == "__main__":
    sys.exit(main())
