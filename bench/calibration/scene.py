"""A calibration target lying on a table, as a telephone takes it: what is drawn by lot, and in which ranges."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from certgen.model.misplacement import Misplacement

Floats = NDArray[np.float64]

FOCAL = 0.75  # of the picture's long side: a telephone's main lens, 26 mm on 35 mm film
GROUNDS = ("dark", "plain", "wood", "stone")


@dataclass(frozen=True, slots=True)
class Scene:
    """One photograph. Lengths on the table in millimetres, on the sensor in pixels."""

    printer: Misplacement
    sheet: tuple[float, float]  # as the target has it
    paper: tuple[float, float]  # as the paper really is
    megapixels: float
    tilt: float  # degrees, about an axis that lies `about`
    about: float
    spin: float  # how the sheet is turned in the picture
    fill: float  # of the picture's shorter way, by the sheet
    k1: float  # radial distortion at the picture's corner
    k2: float
    off_centre: tuple[float, float]  # of the lens, as a share of the long side
    curl: float  # how high the curled side stands
    curl_way: float  # degrees: towards which side
    curl_power: float  # 2: a cylinder; more: only the end bends up
    curl_both: bool  # the other side too
    white: float  # reflectance of the paper
    ground: str
    shade: float  # reflectance of the ground
    defocus: float  # diameter
    motion: float  # length
    electrons: float
    level: float
    uneven: float
    smooth: float
    sharpen: float
    jpeg: int
    seed: int  # of noise, texture and shadow


def drawn(
    rng: np.random.Generator, sheet: tuple[float, float], *, megapixels: float | None = None
) -> Scene:
    """A scene by lot: the ranges that docs/calibration.md states."""
    turns = rng.choice([0, 90, 180, 270])
    return Scene(
        printer=Misplacement(
            dx=rng.uniform(-3, 3),
            dy=rng.uniform(-3, 3),
            scale_x=rng.uniform(0.97, 1.02),
            scale_y=rng.uniform(0.97, 1.02),
            angle_deg=rng.uniform(-1.5, 1.5),
        ),
        sheet=sheet,
        paper=sheet,
        megapixels=megapixels or float(rng.uniform(3, 12)),
        tilt=rng.uniform(0, 25),
        about=rng.uniform(0, 360),
        spin=turns + rng.uniform(-10, 10),
        fill=rng.uniform(0.7, 0.95),
        k1=rng.uniform(-0.03, 0.03),
        k2=rng.uniform(-0.01, 0.01),
        off_centre=(rng.uniform(-0.01, 0.01), rng.uniform(-0.01, 0.01)),
        curl=rng.uniform(0.3, 2.0) if rng.random() < 0.25 else 0.0,
        curl_way=float(rng.choice([0, 90, 180, 270, 45, 135, 225, 315])),
        curl_power=rng.uniform(2, 4),
        curl_both=bool(rng.random() < 0.5),
        white=rng.uniform(0.8, 0.95),
        ground=str(rng.choice(GROUNDS)),
        shade=rng.uniform(0.03, 0.4),
        defocus=rng.uniform(0.5, 3.0),
        motion=rng.uniform(0.5, 2.5) if rng.random() < 0.5 else 0.0,
        electrons=float(np.exp(rng.uniform(np.log(250), np.log(5000)))),
        level=rng.uniform(0.35, 0.8),
        uneven=rng.uniform(0, 0.6),
        smooth=0.5 if rng.random() < 0.3 else 0.0,
        sharpen=float(rng.choice([0.0, 0.4, 0.8])),
        jpeg=int(rng.integers(70, 96)),
        seed=int(rng.integers(2**32)),
    )


def plain(sheet: tuple[float, float], printer: Misplacement, **changes: object) -> Scene:
    """An easy photograph, to change one thing about it."""
    easy = Scene(
        printer, sheet, sheet, 4.0, 5.0, 30.0, 2.0, 0.9, 0.01, 0.0, (0.0, 0.0), 0.0, 0.0, 2.0, True, 0.9,
        "plain", 0.1, 1.0, 0.0, 3000, 0.7, 0.2, 0.0, 0.4, 90, 7,
    )  # fmt: skip
    return replace(easy, **changes)  # type: ignore[arg-type]


class Camera:
    """Where each pixel looks to: rays, the lens undone, met with the paper however it is curled."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.width = round((scene.megapixels * 1e6 * 4 / 3) ** 0.5)
        self.height = self.width * 3 // 4
        self.focal = FOCAL * self.width
        self.middle = (
            self.width * (0.5 + scene.off_centre[0]),
            self.height * 0.5 + self.width * scene.off_centre[1],
        )
        self.half = 0.5 * float(np.hypot(self.width, self.height))
        self.turn = (
            _about(scene.about) @ _tilt(scene.tilt) @ _about(-scene.about) @ _about(scene.spin)
        )
        self.distance = self._distance()

    def _distance(self) -> float:
        """As near as the whole sheet still fits `fill` of the picture."""
        width, height = self.scene.paper
        corners = (
            np.array([[-width, -height], [width, -height], [width, height], [-width, height]]) / 2
        )
        distance = 200.0
        while True:
            x, y = self._seen(corners, distance)
            room = self.scene.fill
            if (abs(x - self.width / 2) <= room * self.width / 2).all() and (
                abs(y - self.height / 2) <= room * self.height / 2
            ).all():
                return distance
            distance *= 1.01

    def _seen(self, table: Floats, distance: float) -> tuple[Floats, Floats]:
        points = np.column_stack([table, np.zeros(len(table))]) @ self.turn.T
        depth = points[:, 2] + distance
        x, y = self.focal * points[:, 0] / depth, self.focal * points[:, 1] / depth
        square = (x**2 + y**2) / self.half**2
        bent = 1 + self.scene.k1 * square + self.scene.k2 * square**2
        return x * bent + self.middle[0], y * bent + self.middle[1]

    def paper_at(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """The place on the paper, from its top left corner, that the pixels (x, y) show."""
        bent_x, bent_y = (x - self.middle[0]) / self.half, (y - self.middle[1]) / self.half
        ray_x, ray_y = bent_x, bent_y
        for _ in range(4):
            square = ray_x**2 + ray_y**2
            factor = 1 + self.scene.k1 * square + self.scene.k2 * square**2
            ray_x, ray_y = bent_x / factor, bent_y / factor
        scale = self.half / self.focal
        # In the paper's own frame: the camera's place and the direction of each ray.
        eye = self.turn.T @ np.array([0.0, 0.0, -self.distance])
        way = [
            self.turn[0, axis] * ray_x * scale
            + self.turn[1, axis] * ray_y * scale
            + self.turn[2, axis]
            for axis in range(3)
        ]
        lift: Floats | float = 0.0
        for _ in range(3 if self.scene.curl else 1):
            reach = (-lift - eye[2]) / way[2]
            at_x, at_y = eye[0] + reach * way[0], eye[1] + reach * way[1]
            lift = self._lift(at_x, at_y)
        return at_x + self.scene.paper[0] / 2, at_y + self.scene.paper[1] / 2

    def _lift(self, x: Floats, y: Floats) -> Floats:
        """How high the paper stands at places counted from its middle."""
        scene, turn = self.scene, np.radians(self.scene.curl_way)
        cos, sin = float(np.cos(turn)), float(np.sin(turn))
        reach = (abs(cos) * scene.paper[0] + abs(sin) * scene.paper[1]) / 2
        far = (x * cos + y * sin) / reach
        far = np.abs(far) if scene.curl_both else np.maximum(far, 0)
        return np.asarray(scene.curl * np.minimum(far, 1.1) ** scene.curl_power)


def _about(angle: float) -> Floats:
    turn = np.radians(angle)
    return np.array(
        [[np.cos(turn), -np.sin(turn), 0], [np.sin(turn), np.cos(turn), 0], [0, 0, 1.0]]
    )


def _tilt(angle: float) -> Floats:
    turn = np.radians(angle)
    return np.array(
        [[1.0, 0, 0], [0, np.cos(turn), -np.sin(turn)], [0, np.sin(turn), np.cos(turn)]]
    )
