"""The paper ledger (纸张台账): every pre-printed sheet, in the register's database."""
