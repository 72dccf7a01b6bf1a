"""The agency file (机构配置) to start from: each key with its meaning, as `certgen init` writes it.

It loads as it stands. Names and code prefix are invented and say so; province 41 has no place 99
(豫职鉴〔2020〕2号), so the prefix is nobody's.
"""

TEMPLATE_NAME = "agency.toml"
SCOPE_NAME = "scope.csv"


def template(*, sample: bool = False) -> str:
    """The text of a new agency file. It expects `scope_template()` as scope.csv beside it.

    With `sample` every page is marked 样例 SAMPLE.
    """
    return _TEMPLATE.replace("@SAMPLE@", str(sample).lower()).replace("@SCOPE@", SCOPE_NAME)


def scope_template() -> str:
    """The text of a new scope file: lines of the example form in 豫职鉴〔2021〕1号."""
    return _SCOPE


_TEMPLATE = """\
# 机构配置。改好后运行 certgen check。井号 # 之后是说明；去掉行首的 # 即启用该项。
# Agency file. Edit it, then run `certgen check`. Text after # explains; remove a leading # to use
# a line. File names count from the folder of this file. Save as UTF-8.

format = 1  # 本文件的格式版本 / edition of this file

[agency]
# 备案名称，一字不差；英文名称印在英文正文中。 人社鉴发〔2021〕1号 二(三)、二(四)
# The name exactly as filed; the English name stands in the English body.
name = "样例职业技能培训学校（请改为备案名称）"
english_name = "Sample Vocational Skills Training School"
# Y 用人单位 employer, S 社会培训评价组织 social assessment body. 人社鉴发〔2019〕2号 附件1 二(一)
category = "S"
# true：每页印“样例 SAMPLE”，用于试印和备案样本。 true marks every page. 人社鉴发〔2021〕1号 五(三)
sample = @SAMPLE@
# 技工院校职业技能等级认定中心（Y）：学生原则上只评五至三级。 豫职鉴〔2021〕1号 一(三)、二(三)
# The centre of a technical school (Y): its pupils are assessed at levels 5 to 3 as a rule.
# technical_school = true

# 每个备案站点一段。prefix 是证书编码前 13 位，由备案部门赋予；filed_… 为备案有效期。
# One section for each filed site. prefix: the first 13 characters of its certificate codes,
# assigned by the filing authority, 人社鉴发〔2019〕2号 附件1 二(一)-(四). filed_…: filing period.
[[sites]]
id = "main"  # 花名册“站点”列用的代号 the name the roster uses: a-z 0-9 -; 本工具自定 our choice
prefix = "S000041990001"
filed_from = 2026-01-01
filed_until = 2028-12-31
# 被暂停评价活动的期间，截止日未定可不填。 人社职司便函〔2021〕57号 附件2 第十三条
# While the authority has suspended the site; leave the end out where none is set.
# suspended_from = 2026-07-01
# suspended_until = 2026-09-30

# 以自己名义发证的分支机构（样式二）。 Branches that issue in their own name (sample 二).
# 人社鉴发〔2021〕1号 二(三)、四(二)
# [[branches]]
# id = "zezhou"
# name = "样例职业技能培训学校泽州分校"
# english_name = "Zezhou Branch of Sample Vocational Skills Training School"
# site = "main"  # 使用哪个站点的编码前缀 the site whose prefix its codes carry

# 备案的职业、工种、等级；证书须与其一致。 What was filed; certificates must match it.
# 人社鉴发〔2021〕1号 三(二)。删去本段则不核对 without this section nothing is compared
[scope]
file = "@SCOPE@"

# 可加“站点”“起始日期”“截止日期”三列，空着即不限。 Columns 站点, 起始日期, 截止日期 may limit a
# line to sites (ids, separated by 、) and dates; an empty cell does not limit.

# 鉴定中心审核通过的人员名单：只给名单上的人制证。list 可用 certgen issue --approved 代替。
# 设 required = true 则没有名单就不制证。 人社厅发〔2018〕148号 二(四)
# The list of people whom the centre has approved: nobody else is issued. `certgen issue --approved`
# names another list; required: nothing is issued without one.
# [approval]
# list = "approved.xlsx"
# required = true

# 用人单位（Y）的人员名单：本单位职工、劳务派遣等人员、技工院校在册学生。不填则不核对。
# The people an employer (Y) may assess: own and dispatched staff, enrolled pupils of a technical
# school. Without it nobody is compared. 人社职司便函〔2020〕17号 第十六条
# [staff]
# list = "staff.xlsx"

# 印章图片（透明底 PNG），直径毫米，不超过 45。 国发〔1999〕25号
# Pictures of the seals (PNG, transparent ground), diameter in mm, at most 45. Paper certificates
# are stamped by hand and need none; electronic ones do. 人社鉴发〔2021〕1号 四(一)、四(二)
# [seals]
# agency = { picture = "seals/agency.png", diameter_mm = 42 }
# branches.zezhou = { picture = "seals/zezhou.png", diameter_mm = 42 }
# 钢印，压在电子证书的照片上，35 至 42 毫米。 An embossed seal on the photo, electronic edition. 四(三)
# embossed = { picture = "seals/embossed.png", diameter_mm = 38 }
# 每枚印章可写 wording（印章文字），将与备案名称核对；用人单位由人事机构代章的另写 office。 四(一)、四(四)
# Each may have wording = "…", compared with the filed name; office = "人力资源部" where an employer's
# personnel office seals for it.

# 电子证书的签名密钥；没有密钥就只做纸质证书。口令绝不写在本文件里。详见 docs/signing.md。 本工具自定 our choice
# The key that signs electronic certificates; without one only paper is made. passphrase_env names
# an environment variable with the passphrase; without it you are asked. Never write it here.
# [key]
# pkcs12 = "keys/agency.p12"
# passphrase_env = "CERTGEN_PASSPHRASE"
#   不用 pkcs12 时二选一 instead of pkcs12, one of these two:
#   pem = "keys/agency.pem", certificates = "keys/chain.pem"   加密 PKCS#8 an encrypted PKCS#8 key
#   pkcs11 = "/usr/lib/softhsm/libsofthsm2.so", token = "agency", label = "seal"   密码机 a token
# 制证前核对：根证书、吊销列表（文件或文件夹）、OCSP。 Compared before each batch: roots, CRLs, OCSP.
# root = "keys/roots.pem"
# crl = "keys/crl"
# ocsp_url = "http://ocsp.example.cn/"
# 签名级别 B-B、B-T（时间戳）、B-LT、B-LTA。 How long a signature can be proved, ETSI EN 319 142-1.
# level = "B-LTA"
# timestamp_url = "http://tsa.example.cn/"
# timestamp_root = "keys/tsa.pem"
# 分支机构的签名（样式二右侧）：密钥在此处，或写 elsewhere = true 由分支机构另行签名。
# The signature of a branch (sample 二, right): its key is here, or the branch signs elsewhere later.
# [key.branches.zezhou]
# pkcs12 = "keys/zezhou.p12"
# passphrase_env = "CERTGEN_PASSPHRASE_ZEZHOU"
#   elsewhere = true   certgen sign --as zezhou 文件夹

# 二维码内容：code 证书编码；official 官方查询网址；own-host 本机构查询网站；signed 同上并带签名数据，可离线核验。
# 通知只要求有二维码，未规定内容。 人社鉴发〔2021〕1号 二(一)
# What the QR code says: the code; the official query address; https://<host>/c/<code>; the same with
# signed data, to be checked offline. The notice asks for a QR code and does not say what is in it.
[qr]
profile = "official"
# host = "cert.example.cn"  # 用于 own-host 和 signed，小写域名，越短越好 for own-host and signed; short
# key = "keys/payload.pem"  # 仅用于 signed：certgen keys make 生成 only for signed, see docs/trust.md
# passphrase_env = "CERTGEN_QR_PASSPHRASE"  # 不填则询问 without it you are asked

[layout]
# 证书式样，默认为现行职业技能等级证书。 The form; by default the present skill-level certificate.
#   national-2021  人社鉴发〔2021〕1号（默认 default）
#   national-2019  人社鉴发〔2019〕2号，已停用，只供补印 2021-01-05 以前所发证书 withdrawn: reprints only
#   henan-2020-special-ability  河南省专项职业能力证书，豫人社办函〔2020〕41号；prefix 为 8 位机构编码
#   supervisor-2020  质量督导员证卡，人社职司便函〔2020〕53号；prefix 如 Y000101 或 R41
# form = "national-2021"
# 自有版式文件，用 certgen layout new 生成后修改。 Your own layout; certgen layout new writes one to edit.
# file = "my-layout.toml"
# 样式一的落款和印章在 right 还是 left；通知的样图已失，右侧为推断。
# Where sample 一 has name, date and seal. The picture of the notice is lost: right is inferred.
seal_side = "right"
# 省级证书查询网址，可不填。 The provincial query address, optional. 人社鉴发〔2021〕1号 二(一)
# provincial_query = "http://query.example.cn/"
# 花名册是否带证书印制流水码。 Whether rows carry the number of the printed sheet. 同上 same clause
print_number = false

# 本工具自定 our choice
[output]
# electronic = true  # 电子证书；有密钥时默认 true electronic certificates; true if there is a key
paper = true  # 纸质证书的印刷 PDF the PDF for the printer
print_seals = false  # 印刷 PDF 是否带印章；否则手工盖章 seals on it; false: stamped by hand
# 印刷 PDF 的规格：x1a 无透明、全 CMYK；x4 带印刷厂的 ICC 特性文件。请问印刷厂要哪种。
# What the print PDF is held to; ask the shop. print_condition is a registered name.
# print_standard = "x1a"
# print_condition = "FOGRA39"
# print_profile = "profiles/shop.icc"
# check_share = 0.05  # 逐份复核的比例；不填：千份以下全部，以上 5%
#                     # share read back in full; without it: all below 1,000 rows, else 5 %

# 套打：各版次空白纸的定义和打印机（与 certgen calibrate 中写的相同）。 见 docs/print.md
# Pre-printed sheets: a definition for each printing of them, and the printer as certgen calibrate knows it.
# [print]
# stocks = [ { file = "stock.toml" } ]
# printer = "财务室 HP-1"
# tray = "2"
# paper = "120g"

[numbers]
register = "register.db"  # 证书台账，请备份 the register; back it up. 本工具自定 our choice
# allocate 由本台账编号；adopt 沿用名册“证书编号”列（由平台赋码）。 人社鉴发〔2019〕2号 附件1 二
# allocate: this register gives the numbers; adopt: the roster's 证书编号 column brings them.
# mode = "allocate"
# 年中启用时各站点、年份、等级的起始流水号。 人社鉴发〔2019〕2号 附件1 二(七)
# Where to go on counting if earlier numbers were issued elsewhere, by site, year and level.
# first = [ { site = "main", year = 2026, level = 3, serial = 121 } ]

# 不用系统字体时的字体文件夹。 Fonts to use instead of the machine's. 本工具自定 our choice
# [fonts]
# folder = "fonts"
"""

_SCOPE = """\
职业编码,职业名称,工种/职业方向,等级
6-18-01-01,车工,,5
6-18-01-01,车工,数控车床,4、3、2、1
4-10-01-06,家政服务员,母婴护理员,5、4、3
6-20-01-01,钳工,,5-1
"""
