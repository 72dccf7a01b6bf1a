"""Invented agencies and holders, and what a batch makes of them: for the tests from composing to signing."""

import io
import re
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from PIL import Image, ImageDraw

from certgen.compose import Composer
from certgen.exchange.agency import (
    AGENCY_SEAL,
    Agency,
    Branch,
    QrProfile,
    SealPicture,
    SealSide,
    Site,
)
from certgen.fonts import fontset
from certgen.fonts.faces import Face
from certgen.fonts.fontset import FontSet
from certgen.model.page import Page, TextRun
from certgen.model.record import Record
from certgen.render.paper import PrintFile
from certgen.render.plan import Plan, Usage, make_plan
from certgen.render.signature import Signing
from certgen.render.stamp import Portrait, Stamper
from certgen.sign.cms import Signer
from certgen.sign.keys import Key
from certgen.standards.identity import IdentityType
from certgen.standards.levels import Level

CODE = "Y000041018999263000001"
MADE = datetime(2026, 1, 15, 9, 30, tzinfo=UTC)
RARE = "𬭎䶮㛃𫖯"  # Extension F, A, A, C: two of them beyond the BMP
LONGEST = "阿依古丽努尔·阿卜杜外力伊明江"
NAME_39 = "云河样例高端精密机械装备新型材料研究设计制造及工程技术服务集团股份有限公司总部"
NAME_39_EN = (
    "Yunhe Sample High-end Precision Machinery Equipment and New Materials Research, Design, "
    "Manufacturing and Engineering Technology Service Group Co., Ltd."
)
PHOTO_BLUE = (20, 60, 160)


@cache
def fonts() -> FontSet[Face]:
    """The open faces of the cache, whatever else the machine has: goldens name faces."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fontset, "system_folders", tuple)
        return fontset.load()


def a_record(**changes: Any) -> Record:
    """An invented holder; place 190000 exists in no identity number."""
    if "level" in changes:
        changes["level"] = Level(changes["level"])
    record = Record(
        name="丁一",
        identity_type=IdentityType.RESIDENT_CARD,
        identity_number="190000200403010112",
        occupation="车工",
        job="数控车床",
        level=Level.THREE,
        issue_date=date(2026, 1, 15),
        site="main",
    )
    return replace(record, **changes)


def an_agency(pictures: Path = Path("seals"), **changes: Any) -> Agency:
    """An invented employer; its seals need a file only where something is drawn."""
    start, end = date(2024, 3, 1), date(2027, 2, 28)
    agency = Agency(
        name="云河样例机械制造有限公司",
        english_name="Yunhe Sample Machinery Manufacturing Co., Ltd.",
        category="Y",
        sites={"main": Site("main", CODE[:13], start, end)},
        branches={
            "zezhou": Branch(
                "zezhou", "云河样例机械制造有限公司泽州分公司", "Zezhou Branch", "main"
            )
        },
        seals={
            AGENCY_SEAL: SealPicture(pictures / "agency.png", 42),
            "zezhou": SealPicture(pictures / "branch.png", 40),
        },
        qr=QrProfile.OWN_HOST,
        qr_host="cert.yunhe.example",
    )
    return replace(agency, **changes)


def composer(branch: str | None = None, **changes: Any) -> Composer:
    """A form of an invented agency."""
    return Composer(an_agency(**changes), branch, fonts())


EVERYTHING: dict[str, Any] = {
    "name": NAME_39,
    "english_name": NAME_39_EN,
    "provincial_query": "http://chaxun.henan.example/",
    "print_number": True,
    "sample": True,
}
"""Every optional content, and the longest filed name that we know of in length."""


def draw_seals(folder: Path) -> Path:
    """Two rings, to be told apart by their colours."""
    folder.mkdir(exist_ok=True)
    for name, red in (("agency.png", 200), ("branch.png", 160)):
        seal = Image.new("RGBA", (300, 300), (red, 20, 30, 0))
        ImageDraw.Draw(seal).ellipse((0, 0, 299, 299), outline=(red, 20, 30, 255), width=12)
        seal.save(folder / name)
    return folder


@cache
def a_portrait() -> Portrait:
    """A plain blue picture: where it ends can be measured."""
    made = io.BytesIO()
    Image.new("RGB", (250, 350), PHOTO_BLUE).save(made, "JPEG", quality=95)
    return Portrait(made.getvalue(), 250, 350)


@dataclass(frozen=True)
class Form:
    """One form of one agency, planned for a batch of records; the first is the one looked at."""

    agency: Agency
    branch: str | None
    records: tuple[Record, ...]
    code: str = CODE
    mark: str = ""

    @property
    def record(self) -> Record:
        return self.records[0]

    @cached_property
    def composer(self) -> Composer:
        return Composer(self.agency, self.branch, fonts(), mark=self.mark)

    @cached_property
    def page(self) -> Page:
        return self.composer.page(self.record, self.code)

    def runs(self) -> tuple[TextRun, ...]:
        return tuple(item for item in self.page.items if isinstance(item, TextRun))

    def plan(self, *, signed: bool = True, signing: Signing | None = None) -> Plan:
        usage = Usage()
        for record in self.records:
            usage.add(self.composer.values(record, self.code))
        signing = signing or (Signing.AGENCY if signed else Signing.NOBODY)
        return make_plan(self.composer, self.branch, fonts(), usage, signing)

    def electronic(self, signer: Signer | None = None) -> bytes:
        plan = self.plan(signed=signer is not None)
        stamper = Stamper(plan, self.composer, signer)
        return stamper.stamp(self.record, self.code, a_portrait(), MADE).data

    def printed(self, portrait: Portrait | None) -> bytes:
        made = io.BytesIO()
        file = PrintFile(made, "样例批次", MADE)
        plan = self.plan(signed=False)
        for record in self.records:
            file.add(plan, self.composer, record, self.code, portrait)
        file.finish()
        return made.getvalue()


def the_forms(seals: Path) -> dict[str, Form]:
    """The forms that every test of the renderer goes through."""
    ordinary = (a_record(), a_record(name=LONGEST, job=None))
    rare = a_record(name=f"王{RARE}", job=None, level=5, print_number="88000005")
    return {
        "style-1": Form(an_agency(seals), None, ordinary),
        "style-1-left": Form(an_agency(seals, seal_side=SealSide.LEFT), None, ordinary),
        "style-2": Form(
            an_agency(seals, qr=QrProfile.CODE), "zezhou", (a_record(name="阿卜杜拉·买买提"),)
        ),
        "style-2-everything": Form(
            an_agency(seals, qr=QrProfile.OFFICIAL, **EVERYTHING), "zezhou", (rare, *ordinary)
        ),
    }


FORMS = tuple(the_forms(Path("seals")))


@cache
def a_key(kind: str) -> Key:
    """'P-256' or 'RSA-2048', with a certificate of a sample CA made for this run."""
    own: Any = (
        rsa.generate_private_key(65537, 2048)
        if kind == "RSA-2048"
        else ec.generate_private_key(ec.SECP256R1())
    )
    ca = ec.generate_private_key(ec.SECP256R1())
    root = _certificate("样例根证书 SAMPLE ROOT", ca, "样例根证书 SAMPLE ROOT", ca)
    return Key(own, _certificate("样例机构 SAMPLE", own, "样例根证书 SAMPLE ROOT", ca), (root,))


def _certificate(subject: str, own: Any, issuer: str, key: Any) -> x509.Certificate:
    def name(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])

    day, now = timedelta(days=1), datetime.now(UTC)
    is_ca = subject == issuer
    builder = x509.CertificateBuilder(
        name(issuer),
        name(subject),
        own.public_key(),
        x509.random_serial_number(),
        now - day,
        now + 30 * day,
    )
    uses = ("digital_signature", "content_commitment", "key_cert_sign", "crl_sign")
    others = ("key_encipherment", "data_encipherment", "key_agreement")
    usage = {use: (use in uses[2:]) == is_ca for use in uses} | dict.fromkeys(others, False)
    return (
        builder.add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(**usage, encipher_only=False, decipher_only=False), critical=True
        )
        .sign(key, hashes.SHA256())
    )


def run(command: Sequence[str | Path]) -> subprocess.CompletedProcess[str]:
    """The outcome of another engine. One that is missing fails the test: nothing is skipped."""
    program = str(command[0])
    if shutil.which(program) is None:
        pytest.fail(f"{program} is not installed: run the set-up of the tests")
    return subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)  # noqa: S603 - our own files


JARS = Path("/usr/share/java")
PREFLIGHT = ("preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging")
JAVA_XML = ("javax.activation", "jaxb-api")  # Java dropped them from its own library in 11

ONLY_IN_A1 = {
    "2.1.6": "the colour profile is ICC version 4: ISO 19005-2 6.2.3 allows it, part 1 does not",
    "2.2.2": "soft masks: ISO 19005-2 6.2.10 allows transparency, part 1 does not",
    "4.1.3": "blend modes: the same",
    "3.1.11": "no CIDSet: ISO 19005-2 6.2.11.4.2 makes it optional, part 1 demands it",
    "7.11.2": "the file says part 2, which it is",
}
"""What PDFBox, which knows PDF/A-1b alone, reports of a correct PDF/A-2b file."""


def pdfbox_codes(file: Path) -> set[str]:
    """What PDFBox holds against a file, beyond what part 1 of PDF/A alone forbids."""
    jars = [JARS / f"{jar}.jar" for jar in (*PREFLIGHT, *JAVA_XML)]
    missing = [jar.name for jar in jars if not jar.exists()]
    assert not missing, f"{missing} are not installed: run the set-up of the tests"
    path = ":".join(map(str, jars))
    main = "org.apache.pdfbox.preflight.Validator_A1b"
    done = run(["java", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", path, main, file])
    assert "is not a valid PDF/A-1b file" in done.stdout, done.stderr
    codes = set(re.findall(r"^([0-9.]+) :", done.stdout, re.MULTILINE))
    assert "7.11.2" in codes  # it did read the metadata
    return codes - set(ONLY_IN_A1)


def squeezed(text: str) -> str:
    """Without white space: readers differ in where they put it."""
    return "".join(text.split())


def joined(runs: Iterable[TextRun], slot: str) -> str:
    """What stands in a slot."""
    return "".join(run.text for run in runs if run.slot == slot)
