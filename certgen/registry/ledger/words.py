"""Free text that people put into the ledger: reasons, names, notes. It is kept and exported, so it is checked."""

import re

from certgen.errors import InputError
from certgen.registry.ledger.values import SheetState
from certgen.standards.text import half_width

_LONGEST = 80
_IDENTITY = re.compile(r"(?<![0-9A-Za-z])(?:[0-9]{17}[0-9Xx]|[0-9]{15})(?![0-9A-Za-z])")

STATES_ZH = {
    SheetState.BLANK: "空白",
    SheetState.PRINTED: "已打印",
    SheetState.ISSUED: "已发",
    SheetState.SPOILED: "废张",
    SheetState.DESTROYED: "已销毁",
    SheetState.LOST: "遗失",
}


def free_text(text: str, zh: str, en: str, *, needed: bool = True) -> str:
    """`text` as the ledger keeps it; `zh` and `en` name it. `InputError` says what is wrong with it."""
    text = text.strip()
    if needed and not text:
        raise InputError(zh=f"请写明{zh}", en=f"state the {en}")
    if len(text) > _LONGEST or not text.isprintable():
        raise InputError(
            zh=f"{zh}应为一行文字，至多 {_LONGEST} 字",
            en=f"the {en} must be one line of at most {_LONGEST} characters",
        )
    if _IDENTITY.search(half_width(text)):
        raise InputError(
            zh=f"{zh}中像有证件号码：纸张台账会导出给备案部门，请只写姓名和情况",
            en=f"the {en} seems to hold an identity number: this ledger is exported, write names and facts only",
        )
    return text
