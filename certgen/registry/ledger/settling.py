"""After a jam or a double feed (重张): which certificate really stands on which sheet. Pure.

Numbers are those of one pile.

The file's pages come out in order, each onto the next sheet that the printer took. When a sheet passes
unprinted, every certificate from there on stands one sheet further on, and its check mark says one less
than the number on the sheet. One look at one such sheet is enough to put all of them right.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from certgen.errors import InputError
from certgen.model.serials import Serial

Placed = tuple[int, str]
"""Number of the sheet, certificate on it."""


@dataclass(frozen=True, slots=True)
class Line:
    """The sheets that the printer can have taken: those of the job, and blank ones between and behind them."""

    pile: str
    usable: Sequence[int]  # ascending
    fixed: frozenset[int] = frozenset()  # sheets of the job that are spoiled, issued or lost by now
    others: frozenset[int] = frozenset()  # sheets that another job printed on

    def text(self, number: int) -> str:
        """As printed on the sheet."""
        return Serial.at(self.pile, number).text


@dataclass(frozen=True, slots=True)
class Settled:
    """What is so from now on."""

    good: Sequence[Placed]
    spoiled: Sequence[tuple[int, str | None]]
    remaining: Sequence[str]  # certificates that need another sheet, in the order of their pages


def settle(
    placed: Sequence[Placed],
    line: Line,
    shows: Sequence[Placed],
    last_good: int | None,
    spoiled: Sequence[int],
) -> Settled:
    """What stands where, given what somebody saw. `InputError` where that cannot be so.

    `shows` says of a sheet which certificate's check mark is on it.
    """
    now = _shifted(placed, line, shows)
    lost_track = bool(now) and (now[-1][0] is None or _overtakes(placed, now, line))
    if last_good is None and lost_track:
        raise InputError(
            zh="最后几页印在哪些纸上还不清楚：请用 --last-good 写明最后一张印好的纸",
            en="where the last pages went is not clear: say with --last-good which is the last good sheet",
        )
    numbers = [number for number, _ in now if number is not None]
    _check_last(last_good, numbers, line)
    for number in spoiled:
        if number not in line.usable:
            raise InputError(
                zh=f"纸张 {line.text(number)} 不是本任务的纸，也不是空白纸，不能在这里登记为废张",
                en=f"sheet {line.text(number)} is neither of this job nor blank: it cannot be spoiled here",
            )
    end = last_good if last_good is not None else max(numbers, default=-1)
    on = {number: code for number, code in now if number is not None}
    good = [
        (number, code) for number, code in on.items() if number <= end and number not in spoiled
    ]
    kept = {code for _, code in good}
    return Settled(
        good=good,
        spoiled=[(number, on.get(number)) for number in sorted(set(spoiled))],
        remaining=[code for _, code in placed if code not in kept],
    )


def _shifted(
    placed: Sequence[Placed], line: Line, shows: Sequence[Placed]
) -> list[tuple[int | None, str]]:
    """The certificates on the sheets where they really stand; None: the pile was at its end."""
    place = {number: index for index, number in enumerate(line.usable)}
    now: list[tuple[int | None, str]] = list(placed)
    for sheet, mark_code in sorted(shows):
        first = next(index for index, (_, code) in enumerate(now) if code == mark_code)
        at = now[first][0]
        if at is None or sheet not in place:
            raise InputError(
                zh=f"纸张 {line.text(sheet)} 不可能从打印机里出来：它不是本任务的纸，也不是其后的空白纸，请核对",
                en=f"sheet {line.text(sheet)} cannot have come out of the printer: it is neither of this job "
                "nor a blank one behind it: check the number",
            )
        step = place[sheet] - place[at]
        if step < 0:
            raise InputError(
                zh=f"纸张 {line.text(sheet)} 上的核对号比纸上的号大：有页没有印出来，或纸张放乱了。"
                "请用 --last-good 写明最后一张相符的纸，其后的都重印",
                en=f"the mark on sheet {line.text(sheet)} is ahead of its number: a page did not come out, or the pile "
                "is out of order. Say with --last-good which sheet was the last to agree; the rest is printed again",
            )
        if step == 0:
            continue
        stuck = [number for number in sorted(line.fixed) if number >= at]
        if stuck:
            raise InputError(
                zh=f"纸张 {line.text(stuck[0])} 已登记为已发、废张或遗失，其后的证书不能再改到下一张："
                "请把其后印错的纸登记为废张，再用 --again 重印",
                en=f"sheet {line.text(stuck[0])} is noted as issued, spoiled or lost already, so what stands behind it "
                "cannot be moved: note the wrong ones as spoiled and print them --again",
            )
        for index in range(first, len(now)):
            number = now[index][0]
            onto = None if number is None else place[number] + step
            here = line.usable[onto] if onto is not None and onto < len(line.usable) else None
            now[index] = (here, now[index][1])
    return now


def _overtakes(placed: Sequence[Placed], now: Sequence[tuple[int | None, str]], line: Line) -> bool:
    """Whether the shifted end went past sheets of another job: those lay in another pile."""
    if not placed or now[-1][0] is None:
        return False
    return any(placed[-1][0] < number <= now[-1][0] for number in line.others)


def _check_last(last_good: int | None, numbers: Sequence[int], line: Line) -> None:
    if last_good is None or last_good in numbers or last_good < min(numbers, default=0):
        return
    raise InputError(
        zh=f"纸张 {line.text(last_good)} 上没有本任务的证书：--last-good 应是最后一张印好的纸；"
        "一张都没有印好时，写第一张前面的号",
        en=f"sheet {line.text(last_good)} has no certificate of this job: --last-good is the last sheet that came "
        "out well; where none did, the number before the first",
    )
