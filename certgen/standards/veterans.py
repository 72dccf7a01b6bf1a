"""What 退役军人部发〔2024〕35号 says about certificates of veterans' affairs officers (退役军人事务员).

二(二): 开展五级/初级工、四级/中级工、三级/高级工、二级/技师、一级/高级技师的考核认定工作 … 对合格人员颁发
职业技能等级证书。
职业技能等级证书按照人力资源社会保障部编码规则，由退役军人事务部统一证书样式，实现全国范围内查询验证。

So title, levels and the 22 characters of the number are known; the look of the page is not public.
"""

CLAUSE = "退役军人部发〔2024〕35号 二(二)"

OCCUPATION = "退役军人事务员"
"""The one occupation that the notice is about."""

UNCONFIRMED = "未经证实 UNCONFIRMED：样式由退役军人事务部统一，尚未公开"
"""What stands on every specimen: 由退役军人事务部统一证书样式."""
