"""What `certgen calibrate` says about a measurement and about kept profiles."""

from certgen.calibration.measuring import Measured, Method
from certgen.calibration.profiles import Profile
from certgen.errors import Said
from certgen.exchange.calibration_target import Corner
from certgen.model.misplacement import Misplacement

METHODS = {Method.PHOTO: Said("照片", "photograph"), Method.READINGS: Said("直尺读数", "ruler")}
CORNERS = {
    Corner.TOP_LEFT: Said(
        "左上角：十字到左边，到上边", "top left: to the left edge, to the top edge"
    ),
    Corner.TOP_RIGHT: Said(
        "右上角：十字到右边，到上边", "top right: to the right edge, to the top edge"
    ),
    Corner.BOTTOM_RIGHT: Said(
        "右下角：十字到右边，到下边", "bottom right: to the right edge, to the bottom edge"
    ),
    Corner.BOTTOM_LEFT: Said(
        "左下角：十字到左边，到下边", "bottom left: to the left edge, to the bottom edge"
    ),
}
PAPER = Said(
    "这张纸实测的宽x高（毫米，不量就直接回车）",
    "the sheet's own width x height in mm (Enter if not measured)",
)


def missed(printer: Misplacement) -> Said:
    """'0.52 mm right, 0.21 mm up; scale 100.12 % x 99.95 %; 0.12° clockwise'."""
    right = Said("右", "right") if printer.dx >= 0 else Said("左", "left")
    down = Said("下", "down") if printer.dy >= 0 else Said("上", "up")
    turn = (
        Said("顺时针", "clockwise")
        if printer.angle_deg >= 0
        else Said("逆时针", "counter-clockwise")
    )
    dx, dy, angle = abs(printer.dx), abs(printer.dy), abs(printer.angle_deg)
    return Said(
        f"向{right.zh} {dx:.2f} 毫米，向{down.zh} {dy:.2f} 毫米；"
        f"比例 {printer.scale_x:.2%} × {printer.scale_y:.2%}；{turn.zh} {angle:.3f}°",
        f"{dx:.2f} mm {right.en}, {dy:.2f} mm {down.en}; "
        f"scale {printer.scale_x:.2%} x {printer.scale_y:.2%}; {angle:.3f}° {turn.en}",
    )


def measured(found: Measured) -> Said:
    """Two lines: how the printer misses, and how well that is known."""
    width, height = found.target.size
    says = missed(found.printer)
    off, method = found.off_by(), METHODS[found.method]
    return Said(
        f"打印机偏差（纸正中）：{says.zh}\n"
        f"最差的角偏 {off:.2f} 毫米；残差 最大 {found.residual:.2f}，均方根 {found.rms:.2f} 毫米"
        f"（{width:g}×{height:g} 毫米，{method.zh}；以纸的左边和上边为准）",
        f"printer misses, at the middle of the sheet: {says.en}\n"
        f"worst corner off by {off:.2f} mm; residual at most {found.residual:.2f}, rms {found.rms:.2f} mm "
        f"({width:g} x {height:g} mm, {method.en}; counted from the left and top edges)",
    )


def confirmed(found: Measured, limit: float) -> Said:
    """Of a check sheet that is as it should be."""
    off = found.off_by()
    return Said(
        f"核对通过：修正后最差的角偏 {off:.2f} 毫米（限 {limit:g} 毫米）",
        f"confirmed: with the correction the worst corner is off by {off:.2f} mm (limit {limit:g} mm)",
    )


def row(profile: Profile, lang: str) -> str:
    """One profile as a line or two."""
    said = missed(profile.misplacement).in_(lang)
    day = f"{profile.measured:%Y-%m-%d}" if profile.measured else ""
    method = METHODS[profile.method].in_(lang) if profile.method else ""
    residual = "残差" if lang == "zh" else "residual"
    width, height = profile.sheet
    about = f"{day}  {width:g}×{height:g}  {method}  {residual} {profile.residual:.2f} mm"
    return f"{profile.key.in_(lang)}\n    {said}\n    {about}"
