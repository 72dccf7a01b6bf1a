"""Who takes part in the benchmark, and how many certificates each makes in a round."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Engine:
    """One competitor: `module` has `setup(material)`, which returns what makes one certificate."""

    id: str
    title: str
    module: str
    packages: tuple[str, ...]  # whose versions are stated
    sample: int  # certificates a round: few for a slow engine, so that no round lasts long
    signs_baseline: bool = False  # it only signs: the baseline's cost in the round is added


BASELINE = Engine(
    "baseline",
    "reportlab + qrcode, frozen baseline, unsigned",
    "bench.peers.naive",
    ("reportlab", "qrcode"),
    25,
)
TYPST = Engine("typst", "typst, unsigned", "bench.peers.typst_reused", ("typst", "zxing-cpp"), 40)
WEASYPRINT = Engine(
    "weasyprint",
    "WeasyPrint, unsigned",
    "bench.peers.weasyprint_html",
    ("weasyprint", "zxing-cpp"),
    8,
)
PYHANKO = Engine(
    "pyhanko",
    "baseline, then signed by pyHanko (P-256)",
    "bench.peers.pyhanko_signed",
    ("pyHanko",),
    20,
    signs_baseline=True,
)
CERTGEN = Engine(
    "certgen",
    "certgen, signed (P-256), PDF/A-2b",
    "bench.ours",
    ("certgen",),
    1000,
)
ENGINES = {one.id: one for one in (BASELINE, TYPST, WEASYPRINT, PYHANKO, CERTGEN)}
