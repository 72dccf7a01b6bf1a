"""The assessment agency (评价机构) as its filing (备案) and its own settings describe it: the values, not the file.

`agency_file.load` reads these from one TOML file and guarantees what the field comments say.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from certgen.standards.forms import FormId
from certgen.standards.levels import Level

EMBOSSED_SEAL = "embossed"
"""The owner of the embossed seal (钢印) on the photo: the agency's or a branch's."""

AGENCY_SEAL = "agency"
"""The owner of the seal of the agency itself; every other owner is a branch id."""


class QrProfile(StrEnum):
    """What the QR code (二维码) says. No notice fixes it (人社鉴发〔2021〕1号 asks only that there is one)."""

    CODE = "code"  # the 22 characters alone
    OFFICIAL = "official"  # the official certificate-query address
    OWN_HOST = "own-host"  # https://<host>/c/<code>
    SIGNED = "signed"  # the same with signed data behind it: docs/wire-format.md


class PrintStandard(StrEnum):
    """What the print file is held to."""

    X1A = "x1a"  # no transparency, no colour but CMYK, the condition by its registered name
    X4 = "x4"  # the shop's ICC profile inside


class SealSide(StrEnum):
    """Where sample 一 has agency name, date and seal. The notice's picture is lost: right is inferred."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Site:
    """A filed place of assessment (站点) and the first 13 characters of its codes."""

    id: str
    prefix: str  # category, agency, province, site number: assigned by the filing authority
    filed_from: date
    filed_until: date
    suspended_from: date | None = None  # 暂停评价活动; None: never
    suspended_until: date | None = None  # the last day of it; None with a beginning: no end is set

    def suspended_on(self, day: date) -> bool:
        """Whether the supervising authority has suspended the site's assessments on that day."""
        if self.suspended_from is None or day < self.suspended_from:
            return False
        return self.suspended_until is None or day <= self.suspended_until


@dataclass(frozen=True, slots=True)
class SealPicture:
    """A picture of a seal with a transparent ground, and how large it is printed."""

    path: Path
    diameter_mm: float  # at most 45 (国发〔1999〕25号)
    wording: str = ""  # what stands in its ring, as filed; '' where the agency file does not say
    office: str = ""  # 人事劳动保障工作机构 whose seal stands for the employer's (代章)


@dataclass(frozen=True, slots=True)
class Branch:
    """A filed branch (分支机构) that issues in its own name: sample 二."""

    id: str
    name: str
    english_name: str
    site: str  # the id of the site whose prefix its codes carry


@dataclass(frozen=True, slots=True)
class ScopeEntry:
    """One line of the filed scope (备案职业范围)."""

    occupation: str
    job: str | None
    levels: frozenset[Level]
    occupation_code: str = ""  # 6-18-01-01, where the list gives it
    sites: frozenset[str] = frozenset()  # ids of the sites it is filed for; empty: all of them
    filed_from: date | None = None  # None: as long as the site
    filed_until: date | None = None

    def filed_at(self, site: str) -> bool:
        """Whether the line holds for that site."""
        return not self.sites or site in self.sites

    def filed_on(self, day: date) -> bool:
        """Whether the line holds on that day; the filing period of the site is another question."""
        if self.filed_from is not None and day < self.filed_from:
            return False
        return self.filed_until is None or day <= self.filed_until


class SignatureLevel(StrEnum):
    """How long a signature can be proved (ETSI EN 319 142-1): each level has what the one before has."""

    B_B = "B-B"  # the signature; its time is the signing machine's word
    B_T = "B-T"  # and a time stamp (时间戳) of an authority
    B_LT = "B-LT"  # and what shows that no certificate was revoked then
    B_LTA = "B-LTA"  # and a time stamp over all of it


@dataclass(frozen=True, slots=True)
class KeyFile:
    """Where a key that signs electronic certificates is kept: one of `pkcs12`, `pem` and `pkcs11`.

    Its passphrase (口令) or PIN is never in the file: only where to take it from.
    """

    pkcs12: Path | None = None  # key and certificates in one file
    pem: Path | None = None  # an encrypted PKCS#8 key; certificates in `certificates`
    certificates: Path | None = None  # PEM: the key's own certificate, then its issuers
    pkcs11: Path | None = None  # the library of a token (密码机, USB key): the key never leaves it
    token: str = ""  # label of the token; only with pkcs11
    label: str = ""  # label of the key on the token; only with pkcs11
    passphrase_env: str = ""  # name of an environment variable; empty means ask

    @property
    def shown(self) -> str:
        """The key as a message names it."""
        if self.pkcs11 is not None:
            return f"{self.token}/{self.label}"
        return str(self.pkcs12 or self.pem)


@dataclass(frozen=True, slots=True)
class PayloadKeyFile:
    """Where the key that signs QR codes is kept.

    Its passphrase (口令) is never in the file: only where to take it from.
    """

    path: Path  # an encrypted PKCS#8 key in PEM, as `certgen keys make` writes it
    passphrase_env: str = ""  # name of an environment variable; empty means ask

    @property
    def shown(self) -> str:
        """The key as a message names it."""
        return str(self.path)


@dataclass(frozen=True, slots=True)
class SignaturePolicy:
    """How far a signature is to be provable, and whom it is compared with before a batch."""

    level: SignatureLevel = SignatureLevel.B_B
    root: Path | None = None  # PEM: the roots a signing certificate must lead to; None: not asked
    crl: Path | None = None  # a revocation list (CRL), or a folder of them
    ocsp_url: str = ""  # asked where no list speaks of a certificate; '' only lists
    timestamp_url: str = ""  # of the time-stamp authority (时间戳服务), from B-T
    timestamp_root: Path | None = None  # PEM: the roots of that authority


@dataclass(frozen=True, slots=True)
class FirstSerial:
    """Where counting starts for a site, year and level when earlier numbers were issued elsewhere."""

    site: str
    year: int  # four digits
    level: Level
    serial: int


@dataclass(frozen=True, slots=True)
class Overprinting:
    """How pre-printed sheets (套打) are printed here: their definitions, and the usual printer as it was calibrated."""

    stocks: tuple[Path, ...] = ()  # stock definitions (纸张定义), one a form version
    printer: str = ""  # '' prints without a correction
    tray: str = ""
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Agency:
    """Everything a batch needs to know about who issues."""

    name: str  # 备案名称, exactly as filed (人社鉴发〔2021〕1号 二(三))
    english_name: str
    category: str  # 'Y' 用人单位 or 'S' 社会培训评价组织
    sites: Mapping[str, Site]
    branches: Mapping[str, Branch] = field(default_factory=dict)
    scope: tuple[ScopeEntry, ...] = ()  # empty: no scope file named, nothing is checked against it
    seals: Mapping[str, SealPicture] = field(default_factory=dict)  # by owner
    key: KeyFile | None = None  # the agency's own
    branch_keys: Mapping[str, KeyFile] = field(default_factory=dict)  # by branch id
    signatures: SignaturePolicy = SignaturePolicy()
    sign_elsewhere: frozenset[str] = frozenset()  # branches that sign later, in another place
    qr: QrProfile = QrProfile.OFFICIAL
    qr_host: str = ""  # only for QrProfile.OWN_HOST and QrProfile.SIGNED
    payload_key: PayloadKeyFile | None = None  # only for QrProfile.SIGNED
    form: FormId = FormId.NATIONAL_2021
    layout_file: Path | None = None  # 自有版式; None: the form's own layout
    seal_side: SealSide = SealSide.RIGHT
    provincial_query: str = ""  # 省级证书查询网址, optional (人社鉴发〔2021〕1号 二(一))
    print_number: bool = False  # whether rows carry a 印制流水码
    electronic: bool = True  # make electronic certificates (needs a key to be signed)
    paper: bool = True  # make the print PDF
    print_seals: bool = False  # draw seals on the print PDF; off: the paper is stamped by hand
    print_standard: PrintStandard = PrintStandard.X1A
    print_condition: str = "FOGRA39"  # 输出条件: a name of the ICC's registry, for the shop's RIP
    print_profile: Path | None = None  # the shop's ICC profile; needed for X-4
    overprinting: Overprinting = Overprinting()
    sample: bool = False  # every page says 样例 SAMPLE
    technical_school: bool = False  # 技工院校职业技能等级认定中心; only of category Y
    approved_list: Path | None = (
        None  # 审核通过名单, from the centre (鉴定中心); new for every batch
    )
    approval_required: bool = False  # nothing is issued without such a list
    staff_list: Path | None = None  # 职工名单; only of category Y; None: nobody is compared
    first_serials: tuple[FirstSerial, ...] = ()
    adopt_numbers: bool = False  # numbers come with the roster (证书编号): a platform assigns them
    register: Path = Path("register.db")
    check_share: float | None = (
        None  # share of files read back deeply; None: all below 1,000 rows, else 5 %
    )
    font_folder: Path | None = None

    def site_of(self, site: str, branch: str | None) -> Site:
        """The site whose prefix a row's code carries: the branch's own, else the named one."""
        return self.sites[self.branches[branch].site if branch else site]

    def first_serial(self, site: str, year: int, level: Level | None) -> int:
        """The first serial to give for this counter: 1 unless the agency file says otherwise."""
        for first in self.first_serials:
            if (first.site, first.year, first.level) == (site, year, level):
                return first.serial
        return 1
