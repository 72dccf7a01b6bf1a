"""The 35 province codes (省级代码) of the certificate code, positions 6 and 7.

人社鉴发〔2019〕2号 附件1 二(三) 表4. This is not GB/T 2260: 66 exists only here, so the table says
nothing about identity numbers. The English names are common use; the notice gives none.

Erratum: 豫职鉴〔2020〕2号 附件1 二(三) 表4 prints 14 as 陕西省 (and 61 too); 14 is 山西省.

>>> PROVINCES["14"]
Said(zh='山西省', en='Shanxi')
"""

from collections.abc import Mapping
from types import MappingProxyType

from certgen.errors import Said

PROVINCES: Mapping[str, Said] = MappingProxyType(
    {
        "11": Said("北京市", "Beijing"),
        "12": Said("天津市", "Tianjin"),
        "13": Said("河北省", "Hebei"),
        "14": Said("山西省", "Shanxi"),
        "15": Said("内蒙古自治区", "Inner Mongolia"),
        "21": Said("辽宁省", "Liaoning"),
        "22": Said("吉林省", "Jilin"),
        "23": Said("黑龙江省", "Heilongjiang"),
        "31": Said("上海市", "Shanghai"),
        "32": Said("江苏省", "Jiangsu"),
        "33": Said("浙江省", "Zhejiang"),
        "34": Said("安徽省", "Anhui"),
        "35": Said("福建省", "Fujian"),
        "36": Said("江西省", "Jiangxi"),
        "37": Said("山东省", "Shandong"),
        "41": Said("河南省", "Henan"),
        "42": Said("湖北省", "Hubei"),
        "43": Said("湖南省", "Hunan"),
        "44": Said("广东省", "Guangdong"),
        "45": Said("广西壮族自治区", "Guangxi"),
        "46": Said("海南省", "Hainan"),
        "50": Said("重庆市", "Chongqing"),
        "51": Said("四川省", "Sichuan"),
        "52": Said("贵州省", "Guizhou"),
        "53": Said("云南省", "Yunnan"),
        "54": Said("西藏自治区", "Tibet"),
        "61": Said("陕西省", "Shaanxi"),
        "62": Said("甘肃省", "Gansu"),
        "63": Said("青海省", "Qinghai"),
        "64": Said("宁夏回族自治区", "Ningxia"),
        "65": Said("新疆维吾尔自治区", "Xinjiang"),
        "66": Said("新疆生产建设兵团", "Xinjiang Production and Construction Corps"),
        "71": Said("台湾省", "Taiwan"),
        "81": Said("香港特别行政区", "Hong Kong"),
        "82": Said("澳门特别行政区", "Macao"),
    }
)
