"""What `certgen print` says: what was made, and what its operator must do with the paper."""

from collections.abc import Sequence

import click

from certgen.commands.paper_words import spans
from certgen.errors import Said
from certgen.issuing.sheets import Printed
from certgen.model.serials import Serial
from certgen.registry.ledger.values import JobKind, PrintJob, Taken

_KINDS = {
    JobKind.PRINT: Said("打印", "print"),
    JobKind.RESUME: Said("续打", "resumed"),
    JobKind.AGAIN: Said("重打", "printed again"),
    JobKind.REISSUE: Said("补发", "re-issue"),
}


def printed(made: Printed, lang: str) -> None:
    """What was made, and what the operator must do with the paper."""
    taken, job = made.taken, made.taken.job
    _put_right(taken, lang)
    if job is None:
        if not taken.moved and not taken.returned:
            said = Said(
                "台账与纸张已相符，没有要打印的",
                "ledger and paper agree; there is nothing to print",
            )
            click.echo(said.in_(lang), err=True)
        return
    serials = [page.serial for page in job.pages]
    said = Said(
        f"{_KINDS[job.kind].zh}任务 {job.id}：{len(serials)} 张证书，{job.stock} {spans(serials, 'zh')}",
        f"{_KINDS[job.kind].en} job {job.id}: {len(serials)} certificates, {job.stock} {spans(serials, 'en')}",
    )
    click.secho(said.in_(lang), bold=True, err=True)
    if made.was_there:
        said = Said(
            "文件先前已经生成，没有重做；请勿重复打印",
            "the file was made before: do not print it twice",
        )
        click.secho(said.in_(lang), fg="yellow", err=True)
    if made.left_out:
        said = Said(
            f"该批次另有 {made.left_out} 张已在纸上，没有排入",
            f"{made.left_out} more of this run stand on sheets already and were left out",
        )
        click.echo(said.in_(lang), err=True)
    if made.other_sheets:
        said = Said(
            f"该批次另有 {made.other_sheets} 张属于另一种纸（如分支机构的样式二），没有排入：换纸后再打印同一批次",
            f"{made.other_sheets} more of this run belong on sheets of another kind (sample 二, say) and were left "
            "out: load those and print the run again",
        )
        click.echo(said.in_(lang), err=True)
    if made.withheld:
        said = Said(
            f"该批次另有 {made.withheld} 张已暂停使用或已换发，没有排入",
            f"{made.withheld} of this run are suspended or superseded and were left out",
        )
        click.echo(said.in_(lang), err=True)
    _load(job, taken, lang)


def cancelled(job: str, sheets: Sequence[Serial], lang: str) -> None:
    """Which sheets are blank again."""
    said = Said(
        f"任务 {job} 已取消，{len(sheets)} 张纸退回空白：{spans(sheets, 'zh') or '—'}；请删除它的打印文件",
        f"job {job} is cancelled, {len(sheets)} sheets are blank again: {spans(sheets, 'en') or '-'}; delete its file",
    )
    click.echo(said.in_(lang))


def _put_right(taken: Taken, lang: str) -> None:
    if taken.dropped:
        said = Said(
            f"已作废或暂停使用，不再打印：{'、'.join(taken.dropped)}",
            f"void or suspended by now, not printed again: {', '.join(taken.dropped)}",
        )
        click.secho(said.in_(lang), fg="yellow", err=True)
    if taken.moved:
        sheets = [serial for serial, _ in taken.moved]
        said = Said(
            f"已更正 {len(sheets)} 张证书所在的纸：{spans(sheets, 'zh')}（印好的不必重印）",
            f"put right: {len(sheets)} certificates stand on {spans(sheets, 'en')} (what is printed well stays)",
        )
        click.echo(said.in_(lang), err=True)
        end = sheets[-1].text
        said = Said(
            f"其中最后一张是 {end}；如果没有这张印好的纸，请再运行一次并用 --last-good 写明最后一张",
            f"the last of them is {end}; if there is no such printed sheet, run it again and name the last with "
            "--last-good",
        )
        click.echo(said.in_(lang), err=True)
    used = {page.serial for page in taken.job.pages} if taken.job else set()
    last = max((serial.number for serial, _ in taken.moved), default=-1)
    passed = [serial for serial in taken.returned if serial.number < last and serial not in used]
    unused = [serial for serial in taken.returned if serial.number > last and serial not in used]
    if passed:
        said = Said(
            f"从打印机走过而未印：{spans(passed, 'zh')}，又算作空白。请从印好的纸中找出来放回纸叠；找不到的用 "
            "certgen paper lost 登记，脏损的用 certgen paper spoil",
            f"went through unprinted: {spans(passed, 'en')}, blank again. Find them among the printed ones and put "
            "them back; note missing ones with certgen paper lost, damaged ones with certgen paper spoil",
        )
        click.echo(said.in_(lang), err=True)
    if unused:
        said = Said(
            f"没有用到，仍在纸叠中：{spans(unused, 'zh')}",
            f"not used and still in the pile: {spans(unused, 'en')}",
        )
        click.echo(said.in_(lang), err=True)


def _load(job: PrintJob, taken: Taken, lang: str) -> None:
    first = job.pages[0].serial.text
    said = Said(
        f"装纸：从 {first} 起，按流水码顺序；打印选“实际大小”",
        f"load the sheets from {first} on, in order of their serials; print at actual size",
    )
    click.echo(said.in_(lang), err=True)
    if taken.skipped:
        gone = [sheet.serial for sheet in taken.skipped]
        said = Said(
            f"这些号不应在纸叠中，已跳过：{spans(gone, 'zh')}（废张、遗失或已打印）；若还在，请先取出",
            f"these must not lie in the pile and are passed over: {spans(gone, 'en')} (spoiled, lost or printed); "
            "take them out if they do",
        )
        click.secho(said.in_(lang), fg="yellow", err=True)
    said = Said(
        f"打印后逐张看页上核对号是否就是纸上流水码。不符：certgen print --resume {job.id} --shows 纸上号=核对号；"
        f"卡纸：certgen print --resume {job.id} --last-good 流水码；都好：certgen paper issued {job.id}",
        "then see that the check mark on each page is the number on its sheet. If not: "
        f"certgen print --resume {job.id} --shows NUMBER=MARK; after a jam: certgen print --resume {job.id} "
        "--last-good SERIAL; "
        f"all good and handed out: certgen paper issued {job.id}",
    )
    click.echo(said.in_(lang), err=True)
