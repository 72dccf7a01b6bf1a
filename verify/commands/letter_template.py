"""`certverify letter-template FILE`: the template of the reply letter, to be edited in Word or WPS."""

from pathlib import Path

import click

from certgen.errors import InputError


@click.command("letter-template", epilog="例 Example:  certverify letter-template 复函.docx")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--force", is_flag=True, help="覆盖已有文件 Overwrite.")
@click.pass_obj
def letter_template(obj: dict[str, str], file: Path, *, force: bool) -> None:
    """复函模板 The template of the reply letter, for `lint --template`."""
    from verify.design.report.letter import template  # noqa: PLC0415  (python-docx only where it is used)

    if file.exists() and not force:
        raise InputError(
            zh=f"{file.name} 已存在；另取文件名，或加 --force 覆盖",
            en=f"{file.name} exists; choose another name, or --force",
        )
    try:
        file.write_bytes(template(obj["lang"]))
    except OSError as problem:
        raise InputError(
            zh=f"无法写入 {file}：{problem.strerror}", en=f"cannot write {file}: {problem.strerror}"
        ) from problem
    click.echo(f"→ {file}", err=True)
