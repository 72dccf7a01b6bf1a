"""The verification page in Chromium, at a desk's width and a phone's, with no network but this machine's."""

import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import cbor2
import pytest
from pypdf import PdfReader
from selenium.webdriver import Chrome
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from certgen.exchange import status_list
from certgen.exchange.status_list import Status
from tests.exchange.signing import signed
from tests.verify.web import browser, pages, world
from tests.verify.web.pages import Hand, built
from tests.verify.web.serving import running
from tests.verify.web.world import CLAIMS, CODE, World, picture, qr_text
from verify.trust.store import TrustStore
from verify.web import npm
from verify.web.examine import examiner

WORLD = World(statuses={99: Status.VOID})
TITLE = "职业技能等级证书核验"
VOID = replace(CLAIMS, status_index=99)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("page"), WORLD)


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[str]:
    with browser.served(folder) as address:
        yield address


@pytest.fixture(scope="module")
def driver() -> Iterator[Chrome]:
    with browser.chromium() as found:
        yield found


@pytest.fixture
def hand(driver: Chrome, tmp_path: Path) -> Iterator[Hand]:
    browser.size(driver, 1180, 860)
    browser.requests(driver)
    browser.complaints(driver)
    yield Hand(driver, tmp_path)
    assert browser.complaints(driver) == []


def test_a_picture_of_a_genuine_code_is_valid_and_leaves_the_device_by_no_way(
    hand: Hand, site: str
) -> None:
    hand.open(site)
    hand.choose(picture(qr_text()))
    assert hand.verdict == "VALID"
    assert hand.reasons == {}
    assert hand.fields == {
        "姓名": "欧阳海棠",
        "证件": "居民身份证",
        "证件号码末四位": "002X",
        "职业": "汽车维修工",
        "工种/职业方向": "汽车电器维修工",
        "职业技能等级": "三级/高级工",
        "证书编号": "S0000 41 019999 26 3 000001",
        "发证日期": "2026-01-15",
        "评价机构": world.NAME,
    }
    assert "请与纸面逐项比对" in hand.text
    assert pages.blocked(browser.requests(hand.driver), site) == []


def test_with_the_network_off_and_the_server_gone_it_still_answers(
    hand: Hand, folder: Path
) -> None:
    with browser.served(folder) as address:
        hand.open(address)
        hand._until(
            "return navigator.serviceWorker.getRegistration().then((one) => Boolean(one?.active))"
        )
    offline = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
    hand.driver.execute_cdp_cmd("Network.enable", {})
    hand.driver.execute_cdp_cmd("Network.emulateNetworkConditions", offline)
    try:
        hand.open(f"{address}{CODE}#{qr_text().partition('#')[2]}")
        hand.choose(picture(qr_text()))
        assert (hand.verdict, hand.reasons) == ("VALID", {})
    finally:
        online = {**offline, "offline": False, "downloadThroughput": -1, "uploadThroughput": -1}
        hand.driver.execute_cdp_cmd("Network.emulateNetworkConditions", online)
        hand.driver.get("about:blank")
        browser.complaints(hand.driver)  # the lists could not be asked for: that is the point


def test_opened_from_a_disk_it_works_without_any_server(hand: Hand, folder: Path) -> None:
    hand.open((folder / "index.html").as_uri())
    hand.choose(picture(qr_text()))
    assert (hand.verdict, hand.reasons) == ("VALID", {})
    assert pages.blocked(browser.requests(hand.driver), "file://") == []


@pytest.mark.parametrize(
    ("text", "verdict", "check", "reason"),
    [
        pytest.param(
            world.forged(qr_text()), "INVALID", "payload/signature", "bad-signature", id="forged"
        ),
        pytest.param(
            qr_text(signer=world.STRANGER), "INDETERMINATE", "payload/key", "key-unknown", id="unknown key"
        ),
        pytest.param(qr_text(claims=VOID), "INVALID", "status/standing", "void", id="void"),
        pytest.param(
            f"https://{world.HOST}/c/{CODE}", "INDETERMINATE", "payload/form", "plain-address", id="plain"
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(
    hand: Hand, site: str, text: str, verdict: str, check: str, reason: str
) -> None:
    hand.open(site)
    hand.choose(picture(text))
    assert (hand.verdict, hand.reasons.get(check)) == (verdict, reason)


def test_what_was_not_proved_is_shown_as_not_proved(hand: Hand, site: str) -> None:
    hand.open(site)
    hand.choose(picture(qr_text(signer=world.STRANGER)))
    assert hand.fields["姓名"] == "欧阳海棠"
    assert "未经证实" in hand.text
    assert hand.driver.find_elements(By.CSS_SELECTOR, ".tick") == []


def test_an_expired_list_is_never_green(hand: Hand, tmp_path: Path) -> None:
    late = replace(WORLD, status_age=timedelta(days=40))
    with browser.served(built(tmp_path / "page", late)) as address:
        hand.open(address)
        hand.choose(picture(qr_text()))
    assert hand.verdict == "INDETERMINATE"
    assert hand.reasons == {"status/list-age": "list-expired"}


def test_compressed_data_that_goes_on_behind_its_end_is_refused(hand: Hand, tmp_path: Path) -> None:
    # Node.js would let it pass, so this one is asked of the browser.
    good = WORLD.status_list()
    line, domain = status_list.FORM.line, status_list.FORM.domain
    body = cbor2.loads(cbor2.loads(good[len(line) :])[2])
    body[5] += b"\0"
    place = built(tmp_path / "page", WORLD)
    with browser.served(place) as address:
        (place / "lists" / "status.certgen").write_bytes(
            line + signed(cbor2.dumps(body), domain, world.AGENCY)
        )
        hand.open(address)
        hand.click("#trust summary")
        assert "无法读取（compression）" in hand.text
        hand.choose(picture(qr_text()))
    assert hand.verdict == "VALID"  # by the list that was built in


def test_a_list_older_than_one_seen_before_is_refused(hand: Hand, tmp_path: Path) -> None:
    # The lists of this folder are replaced, as an agency does, then by older ones, as an attacker would.
    place = built(tmp_path / "page", WORLD)
    newer = replace(WORLD, status_number=8, statuses={CLAIMS.status_index: Status.VOID})
    published = place / "lists" / "status.certgen"
    with browser.served(place) as address:
        published.write_bytes(newer.status_list())
        hand.open(address)
        hand.choose(picture(qr_text()))
        assert (hand.verdict, hand.reasons) == ("INVALID", {"status/standing": "void"})
        published.write_bytes(WORLD.status_list())
        hand.driver.execute_async_script("caches.delete('certverify-lists').then(arguments[0])")
        hand.open(address)
        hand.choose(picture(qr_text()))
    assert (hand.verdict, hand.reasons) == (
        "INDETERMINATE",
        {"status/standing": "list-rolled-back"},
    )


def test_a_browser_that_cannot_check_a_key_says_so(hand: Hand, site: str) -> None:
    script = (
        "const one = SubtleCrypto.prototype.importKey; SubtleCrypto.prototype.importKey = function (form, data, how) {"
        " if (how.name === 'Ed25519') throw new DOMException('no', 'NotSupportedError');"
        " return one.apply(this, arguments); };"
    )
    added = hand.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": script})
    try:
        hand.open(site)
        hand.choose(picture(qr_text(signer=world.MODERN)))
        assert (hand.verdict, hand.reasons) == ("INDETERMINATE", {"payload/signature": "broken"})
    finally:
        hand.driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)
    hand.open(site)
    hand.choose(picture(qr_text(signer=world.MODERN)))
    assert hand.verdict == "VALID"


def test_a_typed_number_is_explained_and_the_official_address_given(hand: Hand, site: str) -> None:
    hand.open(site)
    hand.type_code("Y0000 41 120123 19 5 000001")
    assert hand.verdict == "INDETERMINATE"
    assert hand.reasons["payload/form"] == "no-payload"
    for shown in (
        "三门峡市",
        "五级/初级工",
        "人社鉴发〔2019〕2号 附件1 二(三)",
        "http://jndj.osta.org.cn/",
    ):
        assert shown in hand.text
    assert hand.driver.find_elements(By.CSS_SELECTOR, "#answer a") == []  # nothing to click


@pytest.mark.parametrize(
    ("typed", "reason", "said"),
    [
        ("Y000099120123195000001", "code-malformed", "第 6-7 位省级代码“99”不存在"),
        ("Y00004112012319500001", "code-malformed", "应为 22 位，现为 21 位"),
        ("1234567890123456", "other-document", "职业资格证书"),
        ("<img src=x onerror=alert(1)>", "code-malformed", "应为 22 位"),
    ],
)
def test_a_number_with_a_slip_is_told_where(
    hand: Hand, site: str, typed: str, reason: str, said: str
) -> None:
    hand.open(site)
    hand.type_code(typed)
    assert (hand.verdict, hand.reasons["code/form"]) == ("INDETERMINATE", reason)
    assert said in hand.text


def test_the_address_of_a_scanned_code_is_read_and_forgotten_on_request(
    hand: Hand, site: str
) -> None:
    # The host of the address is the page's own: the signature covers the code, not the host.
    hand.open(f"{site}{CODE}#{qr_text().partition('#')[2]}")
    hand.wait()
    assert hand.driver.current_url.endswith(qr_text().partition("#")[2])
    assert hand.fields["姓名"] == "欧阳海棠"
    hand.click("#answer .actions button:last-child")
    assert hand.driver.current_url == site
    assert hand.fields["姓名"] == "欧阳海棠"


def test_what_a_certificate_says_never_becomes_markup(hand: Hand, site: str) -> None:
    name = '<img src=x onerror="document.title=1">'
    hand.open(site)
    hand.choose(picture(qr_text(claims=replace(CLAIMS, name=name))))
    assert (hand.verdict, hand.fields["姓名"]) == ("VALID", name)
    assert hand.driver.title == TITLE


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7 no picture", "浏览器打不开这个文件"),
        (
            b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + (60_000).to_bytes(4) * 2 + b"\x08\x02\0\0\0",
            "图片过大",
        ),
        (picture("https://example.com/shop"), "不是带签名的证书二维码"),
    ],
    ids=["no picture", "bomb", "other code"],
)
def test_a_picture_that_cannot_be_used_is_told_why(
    hand: Hand, site: str, data: bytes, said: str
) -> None:
    hand.open(site)
    hand.choose(data)
    assert hand.verdict == ""
    assert said in hand.said


def test_it_speaks_english_when_asked_and_remembers(hand: Hand, site: str) -> None:
    hand.open(site)
    hand.choose(picture(qr_text()))
    hand.click(".tick input")
    hand.click("#language")
    assert hand.fields["Name"] == "欧阳海棠"
    assert "1 of 9 compared" in hand.text  # what was compared stays compared
    assert hand.driver.find_element(By.TAG_NAME, "html").get_attribute("lang") == "en"
    words = re.sub(r"[\s\x20-\x7e–—…✓]", "", hand.driver.find_element(By.TAG_NAME, "footer").text)
    assert words == ""
    hand.open(site)
    assert hand.driver.title == "Skill-level certificate check"
    hand.click("#language")


def test_the_keyboard_alone_reaches_everything(hand: Hand, site: str) -> None:
    hand.open(site)
    order = []
    for _ in range(6):
        ActionChains(hand.driver).send_keys(Keys.TAB).perform()
        active = hand.driver.switch_to.active_element
        order.append(active.get_attribute("id") or active.get_attribute("class") or active.text)
    assert order == ["skip", "language", "camera", "file", "code", "primary"]
    hand.driver.find_element(By.ID, "code").send_keys("Y000041120123195000001", Keys.ENTER)
    hand.wait()
    assert hand.driver.switch_to.active_element.get_attribute("id") == "answer-title"


@pytest.mark.parametrize("width", [360, 1180])
def test_nothing_is_cut_off_and_axe_finds_nothing(hand: Hand, site: str, width: int) -> None:
    (source,) = npm.files("axe-core", "axe.min.js")
    browser.size(hand.driver, width, 800)
    hand.open(site)
    hand.choose(picture(qr_text(claims=VOID)))
    hand.click("#trust summary")
    overflow = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert hand.driver.execute_script(overflow) <= 0
    assert pages.axe(hand.driver, source.decode()) == []


def test_the_camera_reads_a_code_that_is_held_before_it(site: str, tmp_path: Path) -> None:
    film = tmp_path / "film.mjpeg"
    film.write_bytes(world.frame(qr_text()))
    flags = (
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    )
    with browser.chromium(*flags, phone=True) as driver:
        hand = Hand(driver, tmp_path)
        hand.open(site)
        hand.click("#camera")
        hand.wait()
        assert (hand.verdict, hand.fields["姓名"]) == ("VALID", "欧阳海棠")
        assert not driver.find_element(By.ID, "viewfinder").is_displayed()
        is_off = "return document.getElementById('video').srcObject === null"
        assert driver.execute_script(is_off)
        assert browser.complaints(driver) == []


def test_without_a_camera_it_offers_the_other_ways(hand: Hand, site: str) -> None:
    hand.open(site)
    hand.click("#camera")
    hand.wait()
    assert "无法使用摄像头" in hand.said


def test_served_here_the_program_checks_pictures_and_says_so(
    hand: Hand, tmp_path_factory: pytest.TempPathFactory
) -> None:
    trust = tmp_path_factory.mktemp("trust")
    store = TrustStore.open(trust)
    store.add(world.PIN, by="test", now=world.NOW)
    for data in WORLD.lists().values():
        store.update(data, world.NOW)
    place = built(tmp_path_factory.mktemp("page"), WORLD, api="api/check")
    with running(place, examiner(trust, allow_sample=False)) as port:
        hand.open(f"http://127.0.0.1:{port}/c/")
        assert "由本机的 certverify 程序核验" in hand.text
        hand.choose(picture(qr_text(claims=VOID)))
        assert (hand.verdict, hand.reasons["status/standing"]) == ("INVALID", "void")
        assert (hand.fields["姓名"], "本机的 certverify" in hand.text) == ("欧阳海棠", True)
        hand.choose(b"no picture", "letter.pdf")
        assert "未能核验" in hand.said
    # The answer to the second file is 422, which the browser writes down.
    (complaint,) = browser.complaints(hand.driver)
    assert "422" in complaint


def test_a_result_prints_on_one_sheet(hand: Hand, site: str) -> None:
    hand.open(site)
    hand.choose(picture(qr_text()))
    a4 = {"paperWidth": 8.27, "paperHeight": 11.69, "printBackground": True}
    printed = hand.driver.execute_cdp_cmd("Page.printToPDF", a4)["data"]
    pages_ = PdfReader(BytesIO(b64decode(printed))).pages
    assert len(pages_) == 1
    assert "欧阳海棠" in pages_[0].extract_text()


def test_the_page_allows_no_script_but_its_own(hand: Hand, site: str) -> None:
    hand.open(site)
    hand.driver.execute_script(
        "const one = document.createElement('script'); one.textContent = 'document.title = 1';"
        "document.head.append(one);"
    )
    assert hand.driver.title == TITLE
    (complaint,) = browser.complaints(hand.driver)
    assert "Content Security Policy" in complaint


def test_on_plain_http_it_says_that_it_cannot_check(hand: Hand, site: str) -> None:
    # A name that is neither https nor this machine's own: browsers give it no cryptography.
    with browser.chromium("--host-resolver-rules=MAP plain.example 127.0.0.1") as driver:
        other = Hand(driver, hand.folder)
        other.open(site.replace("127.0.0.1", "plain.example"))
        other.choose(picture(qr_text()))
        assert (other.verdict, "https" in other.said) == ("", True)
        other.type_code(CODE)
        assert other.verdict == "INDETERMINATE"


def test_two_pictures_at_once_never_change_places(hand: Hand, site: str) -> None:
    hand.open(site)
    void, good = hand.folder / "void.png", hand.folder / "good.png"
    void.write_bytes(picture(qr_text(claims=VOID)))
    good.write_bytes(picture(qr_text()))
    field = hand.driver.find_element(By.ID, "file")
    for path in (void, good, void, good):
        field.send_keys(str(path))
    hand.wait()
    hand._until("return document.querySelector('.verdict')?.classList[1] === 'VALID'")
    assert hand.reasons == {}
