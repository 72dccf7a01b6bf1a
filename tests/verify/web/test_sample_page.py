"""From a roster to the page: issued, its list published, the page built, the paper scanned, the network off."""

from io import BytesIO
from pathlib import Path

from click.testing import CliRunner
from office import MAIN, Office

from certgen.exchange import agency_file
from certgen.issuing import statuses
from certgen.sign import payload_keys
from tests.verify.web import browser
from tests.verify.web.pages import Hand
from verify.cli import main
from verify.pdf_page import open_pages, picture_of
from verify.trust import pins

CLOCK = """
  const Real = Date;
  globalThis.Date = class extends Real {
    constructor(...parts) { if (parts.length) super(...parts); else super(%d); }
    static now() { return %d; }
  };
"""


def scanned(path: Path) -> bytes:
    """The certificate as a scanner at 150 dpi has it."""
    file = BytesIO()
    with open_pages(path) as document:
        picture_of(document, 0, 150).convert("RGB").save(file, "JPEG", quality=80)
    return file.getvalue()


def published(office: Office, path: Path) -> Path:
    """The agency's status list as of now."""
    key = payload_keys.load(office.folder / "keys" / "payload.pem", b"sample")
    agency = agency_file.load(office.agency)
    with office.register() as register:
        path.write_bytes(statuses.publish(agency, register, key, now=office.now))
    return path


def page_of(trust: Path, lists: list[Path], folder: Path) -> Path:
    """Built by the commands that docs/verification-page.md names."""
    store = ["--trust", str(folder / "store"), "--allow-sample"]
    root = str(trust / "root.pem")
    named = [word for path in lists for word in ("--list", str(path))]
    for words in (
        ["trust", "add", root, "--label", "样例根", "--fingerprint", fingerprint(trust), *store],
        ["page", str(folder / "page"), "--publisher", "样例机构", *named, *store],
    ):
        done = CliRunner().invoke(main, words)
        assert done.exit_code == 0, done.output
    return folder / "page"


def fingerprint(trust: Path) -> str:
    """As it would be published."""
    return pins.read((trust / "root.pem").read_bytes(), label="样例根").fingerprint


def test_a_sample_certificate_is_valid_on_the_page_with_the_network_off(
    employer: Office, sample_agencies: Path, tmp_path: Path
) -> None:
    employer.roster(MAIN[:1])
    assert employer.issue().issued == 1
    (entry,) = employer.entries()
    (paper,) = employer.out.glob(f"*/{entry.code}.pdf")
    lists = [
        sample_agencies / "trust" / "samples.key-list",
        published(employer, tmp_path / "a.status-list"),
    ]
    page = page_of(sample_agencies / "trust", lists, tmp_path)
    with browser.chromium(phone=True) as driver:
        moment = int(employer.now.timestamp() * 1000)
        driver.execute_cdp_cmd(
            "Page.addScriptToEvaluateOnNewDocument", {"source": CLOCK % (moment, moment)}
        )
        offline = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
        driver.execute_cdp_cmd("Network.enable", {})
        driver.execute_cdp_cmd("Network.emulateNetworkConditions", offline)
        hand = Hand(driver, tmp_path)
        hand.open((page / "index.html").as_uri())
        hand.choose(scanned(paper), "scan.jpg")
        assert (hand.verdict, hand.reasons) == ("VALID", {})
        assert hand.fields["姓名"] == entry.record.name
        assert "核验结果不证明任何事" in hand.text
