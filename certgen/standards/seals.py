"""What may stand on a seal (印章) and an embossed seal (钢印), and how large they may be.

人社鉴发〔2021〕1号 四: the filed name, alone or followed by 职业技能等级认定专用章; an embossed seal on the photo says
the same as the seal; an employer's seal may be that of its personnel office (代章).

>>> allowed("样例厂")
('样例厂', '样例厂职业技能等级认定专用章')
>>> allowed("样例厂", office="人力资源部")
('样例厂人力资源部',)
"""

SUFFIX = "职业技能等级认定专用章"
CLAUSE = "人社鉴发〔2021〕1号 四(一)、四(二)"
EMBOSSED_CLAUSE = "人社鉴发〔2021〕1号 四(三)"
OFFICE_CLAUSE = "人社鉴发〔2021〕1号 四(四)"

EMBOSSED_MIN_MM, EMBOSSED_MAX_MM = 35.0, 42.0
"""Diameter of an embossed seal: 国发〔1999〕25号, as public texts quote it."""


def allowed(name: str, office: str = "") -> tuple[str, ...]:
    """The wordings that the seal of the body with that filed name may have; `office`: whose seal stands for it."""
    return (name + office,) if office else (name, name + SUFFIX)
