"""Makes the pictures of docs/verification-page.md anew: .venv/bin/python -m tests.verify.web.screenshots

Needs a Chinese font in the system (Debian: fonts-noto-cjk). Look at them before they are committed.
"""

import io
import tempfile
from base64 import b64decode
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

from certgen.exchange.status_list import Status
from tests.verify import world as press
from tests.verify.web import browser, world
from tests.verify.web.pages import Hand, built
from tests.verify.web.world import World, qr_text
from verify.verdict import Verdict

PICTURES = Path(__file__).parents[3] / "docs" / "pictures"
DESK = (1100, 980)
PHONE = (390, 844)
COLOURS = 96


def photographed() -> bytes:
    """A sample certificate on a desk, photographed a little askew."""
    text = qr_text(press.CODE, claims=press.CLAIMS)
    page = Image.open(io.BytesIO(press.rasterised(press.certificate(text), 150)))
    desk = Image.new("RGB", (page.width + 260, page.height + 220), "#8a6f55")
    shadow = Image.new("L", desk.size, 0)
    ImageDraw.Draw(shadow).rectangle((140, 120, 140 + page.width, 120 + page.height), fill=150)
    desk.paste("#3c2d20", mask=shadow.filter(ImageFilter.GaussianBlur(18)))
    desk.paste(page, (130, 105))
    turned = desk.rotate(-2.5, Image.Resampling.BICUBIC, fillcolor="#8a6f55")
    out = io.BytesIO()
    turned.filter(ImageFilter.GaussianBlur(0.7)).save(out, "JPEG", quality=85)
    return out.getvalue()


def shot(hand: Hand, size: tuple[int, int]) -> Image.Image:
    """What the window shows."""
    taken = hand.driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})
    return Image.open(io.BytesIO(b64decode(taken["data"]))).convert("RGB").resize(size)


def side_by_side(shots: list[Image.Image]) -> Image.Image:
    """Phones in a row."""
    gap = 26
    width = sum(one.width for one in shots) + gap * (len(shots) + 1)
    whole = Image.new("RGB", (width, shots[0].height + 2 * gap), "#dfe6ea")
    x = gap
    for one in shots:
        whole.paste(one, (x, gap))
        x += one.width + gap
    return whole


def save(picture: Image.Image, name: str) -> None:
    """Small, and the same on every machine that has the same fonts."""
    path = PICTURES / name
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(path, path.stat().st_size)  # noqa: T201


def main() -> None:
    """All of them."""
    of = World(name=press.AGENCY, prefix=press.CODE[:13], statuses={9: Status.VOID})
    with tempfile.TemporaryDirectory() as place:
        folder = built(Path(place) / "page", of, sample=True)
        photo = photographed()
        with browser.served(folder) as address, browser.chromium() as driver:
            hand = Hand(driver, Path(place))
            still = {"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]}
            driver.execute_cdp_cmd("Emulation.setEmulatedMedia", still)
            browser.size(driver, *DESK)
            hand.open(address)
            hand.choose(photo, "photo.jpg")
            assert hand.verdict == Verdict.VALID, hand.reasons
            save(shot(hand, DESK), "page-desk.png")

            browser.size(driver, *PHONE)
            hand.open(address)
            phones = [shot(hand, PHONE)]
            hand.choose(photo, "photo.jpg")
            phones.append(shot(hand, PHONE))
            hand.choose(world.picture(world.forged(qr_text())))
            phones.append(shot(hand, PHONE))
            save(side_by_side(phones), "page-phone.png")


if __name__ == "__main__":
    main()
