"""`certverify rule [ID]`: what a rule of the linter says, with its clause in the words of the notice."""

import click

from certgen.errors import InputError


@click.command(epilog="例 Example:  certverify rule wording/state-name")
@click.argument("rule_id", required=False, metavar="[ID]")
@click.pass_obj
def rule(obj: dict[str, str], rule_id: str | None) -> None:
    """一条规则及其条款 One rule with its clause; all of them without ID."""
    from verify.design.rules import all_rules  # noqa: PLC0415  (--help loads nothing heavy)
    from verify.terminal import design as terminal  # noqa: PLC0415

    rules = all_rules()
    if rule_id is None:
        terminal.rules_list(tuple(rules.values()), obj["lang"])
        return
    if rule_id not in rules:
        near = [id_ for id_ in rules if rule_id.strip("/") in id_]
        raise InputError(
            zh=f"没有规则“{rule_id}”。{'是否指：' + '、'.join(near[:5]) if near else '用 certverify rule 列出全部'}",
            en=(
                f"there is no rule {rule_id!r}. "
                f"{'Did you mean ' + ', '.join(near[:5]) + '?' if near else 'certverify rule lists all'}"
            ),
        )
    terminal.rule_page(rules[rule_id], obj["lang"])
