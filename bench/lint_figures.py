"""How often each rule of the linter is right: writes docs/lint-figures.md. Takes some minutes.

    python -m bench.lint_figures            PDF and SVG
    python -m bench.lint_figures --office   and DOCX, PPTX through LibreOffice: half an hour

Designs that break one thing each: in memory (every rule, every disguise, every hidden place), and real
PDF, SVG, DOCX and PPTX files with a word planted in every way they know. Designs that break nothing:
what each rule lets pass, our own pages with the names of eighteen agencies, their scans, and the
lawful cases of the study. A finding counts where somebody would have to act on it.
"""

import resource
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.design_samples import pages, pdf, scans
from tests.first_batch import FIRST_BATCH
from tests.verify.design import case_files
from tests.verify.design.designs import FILING, base, found, plain, rules_of
from tests.verify.design.mutations import in_memory, of_files, untouched_file
from tests.verify.design.rule_samples import samples
from verify.design.filing import Filing
from verify.design.finding import Kind
from verify.design.linter import lint
from verify.design.profiles import combined
from verify.design.read import read

FORMATS = ("pdf", "svg", "docx", "pptx") if "--office" in sys.argv else ("pdf", "svg")
OUT = Path(__file__).resolve().parent.parent / "docs" / "lint-figures.md"


class Tally:
    """Right, missed and false, by rule."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.missed: Counter[str] = Counter()
        self.false: Counter[str] = Counter()
        self.designs: Counter[str] = Counter()
        self.wrong: list[str] = []

    def add(self, what: str, id_: str, expected: set[str], got: set[str]) -> None:
        """One design: what was expected, what was found."""
        self.designs[what] += 1
        self.right.update(expected & got)
        self.missed.update(expected - got)
        self.false.update(got - expected)
        if expected != got:
            self.wrong.append(f"{what}: {id_}: expected {sorted(expected)}, found {sorted(got)}")


def broken(tally: Tally) -> None:
    """Designs that break one thing, in memory."""
    for mutation in in_memory():
        findings = found(
            mutation.design, *mutation.profiles, filing=mutation.filing, art=mutation.art
        )
        undecided = {f.rule for f in findings if f.kind is Kind.UNDECIDED}
        got = rules_of(findings) | (undecided & mutation.rules)
        tally.add("one thing broken, in memory", mutation.id, set(mutation.rules), got)


def broken_files(tally: Tally, folder: Path) -> None:
    """Real files with a word planted; any one of the rules that may say it counts."""
    usual: dict[str, set[str]] = {}
    for mutation in of_files(formats=FORMATS):
        path = folder / mutation.name
        path.write_bytes(mutation.data)
        kind = path.suffix[1:].upper()
        if kind not in usual:  # what the same file gives without the word, for its pictures
            bare = folder / f"bare{path.suffix}"
            bare.write_bytes(untouched_file(path.suffix[1:]))
            usual[kind] = {f.rule for f in found(read(bare, isolated=False))}
        findings = found(read(path, isolated=False))
        every = {f.rule for f in findings} - usual[kind]
        hit = every & mutation.rules
        expected = hit or {min(mutation.rules)}
        got = (rules_of(findings) - usual[kind]) | hit
        tally.add(f"a word planted, {kind}", mutation.id, expected, got)


def lawful(tally: Tally, folder: Path) -> None:
    """Designs in which nothing is to be found."""
    for rule, (_, good) in samples().items():
        for sample in good:
            findings = found(sample.design, *sample.profiles, filing=sample.filing, art=sample.art)
            tally.add("let pass", f"{rule}: {sample.id}", set(), rules_of(findings) & {rule})
    for name in FIRST_BATCH:
        filing = Filing(name, FILING.english_name, "Y", association=False, qr_host=FILING.qr_host)
        for design in (base(name=name), plain(name=name)):
            tally.add(
                "agencies of the first batch", name, set(), rules_of(found(design, filing=filing))
            )
    for id_, path in untouched(folder):
        got = rules_of(found(read(path, isolated=False)))
        tally.add("untouched files and scans", id_, set(), got)
    for case in case_files.read():
        got = {finding.rule for finding in case_files.found(case)}
        what = (
            "cases of the study, lawful"
            if not case["expected"]
            else "cases of the study, violating"
        )
        tally.add(what, case["id"], set(case["expected"]), got)


def untouched(folder: Path) -> Iterator[tuple[str, Path]]:
    """Our own pages as files, and as scanners give them."""
    for branch in (None, "zezhou"):
        data = pdf.drawn(pages.a_page(branch))
        path = folder / f"untouched-{branch}.pdf"
        path.write_bytes(data)
        yield path.name, path
        for number, look in enumerate(
            ({}, {"skew_deg": 1.5, "noise": 4}, {"border_mm": 8, "skew_deg": -1, "form": "JPEG"})
        ):
            path = folder / f"scan-{branch}-{number}.png"
            path.write_bytes(scans.scanned(data, **look))  # type: ignore[arg-type]
            yield path.name, path


def spent() -> float:
    """Processor seconds so far, of this process and those it started."""
    own, children = (
        resource.getrusage(resource.RUSAGE_SELF),
        resource.getrusage(resource.RUSAGE_CHILDREN),
    )
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def speed(folder: Path) -> tuple[float, float, float]:
    """Processor seconds: the rules alone, and with reading, of one page; and of a file of sixty pages."""
    path = folder / "speed.pdf"
    path.write_bytes(pdf.drawn(pages.a_page()))
    whole, rules = [], []
    for _ in range(5):
        start = spent()
        design = read(path, isolated=False)
        middle = spent()
        lint(design, combined(), FILING)
        rules.append(spent() - middle)
        whole.append(spent() - start)
    path.write_bytes(pdf.drawn(pages.a_page(), pages=60))
    start = spent()
    lint(read(path, isolated=False), combined(), FILING)
    return median(rules), median(whole), spent() - start


def table(tally: Tally, figures: tuple[float, float, float]) -> str:
    """The page of the docs."""
    rules = sorted({*tally.right, *tally.missed, *tally.false})
    rows = "\n".join(
        f"| `{rule}` | {tally.right[rule]} | {tally.missed[rule]} | {tally.false[rule]} "
        f"| {_share(tally.right[rule], tally.false[rule])} | {_share(tally.right[rule], tally.missed[rule])} |"
        for rule in rules
    )
    designs = "\n".join(f"| {what} | {count} |" for what, count in sorted(tally.designs.items()))
    wrong = "\n".join(f"- {line}" for line in tally.wrong) or "None."
    one, two, many = figures
    return (
        "# How often the linter is right 检查准确率\n\n"
        "Made by `python -m bench.lint_figures` from designs of our own and the cases of the study; real designs of\n"
        "agencies are not public. Without OCR. 由本工具自制的样式和研究案例测得，未使用文字识别。\n\n"
        f"| designs 样式 | number |\n|---|---|\n{designs}\n\n"
        "| rule 规则 | right 命中 | missed 漏报 | false 误报 | "
        "precision 精确率 | recall 召回率 |\n|---|---|---|---|---|---|\n"
        f"{rows}\n\n"
        "## What was not as expected 与预期不符的\n\n"
        f"{wrong}\n\n"
        "## Speed 速度\n\n"
        f"Of one page {two:.2f} s of processor time, of which the rules take {one * 1000:.0f} ms; "
        f"of sixty pages {many:.1f} s.\n"
        "Median of five, read in one process; the start of the program, and of the process of its own in which\n"
        "a file is read for safety, is not counted.\n"
    )


def _share(right: int, other: int) -> str:
    return f"{100 * right / (right + other):.1f} %" if right + other else "–"


if __name__ == "__main__":
    tally = Tally()
    with tempfile.TemporaryDirectory() as made:
        here = Path(made)
        broken(tally)
        lawful(tally, here)
        broken_files(tally, here)
        OUT.write_text(table(tally, speed(here)), encoding="utf-8")
    print(OUT)
