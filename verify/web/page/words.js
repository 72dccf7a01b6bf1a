// What the page says around a result, in Chinese and English. What the notices say comes from `facts`.

export const WORDS = {
  skip: ["跳到核验", "Skip to the check"],
  title: ["职业技能等级证书核验", "Skill-level certificate check"],
  sample: [
    "样例：本页信任的机构与密钥均为虚构，核验结果不证明任何事",
    "SAMPLE: the agencies and keys this page trusts are invented; its answers prove nothing",
  ],
  ask: ["核验一张证书", "Check a certificate"],
  way_picture: ["证书上的二维码", "The certificate's QR code"],
  way_picture_hint: [
    "拍下二维码，或选择已有的照片、截图。也可以把图片拖到这里，或直接粘贴。",
    "Photograph the code, or choose a photo or screenshot. You may also drop or paste a picture here.",
  ],
  camera: ["打开摄像头", "Open the camera"],
  file: ["选择图片", "Choose a picture"],
  aim: ["将二维码放在画面中央，靠近一些，避免反光", "Hold the code in the middle, close, without glare"],
  stop: ["关闭摄像头", "Close the camera"],
  way_code: ["证书编号", "Certificate number"],
  way_code_hint: [
    "22 位，以 Y 或 S 开头。只有编号时，可以解读编号并给出官方查询网址，不能离线证明真伪。",
    "22 characters, beginning with Y or S. A number alone can be explained, and the official query address given; it proves nothing offline.",
  ],
  check: ["核验", "Check"],
  private: [
    "图片和编号只在这台设备上处理，不会上传，断网也能核验。",
    "Picture and number stay on this device; nothing is uploaded, and it works without a network.",
  ],
  trust: ["本页信任的密钥和名单", "Keys and lists this page trusts"],
  limits: [
    "“有效”只说明二维码中的内容由所示机构签发、在名单日期仍然有效；真的二维码也可能被复制到假证书上，请逐项与纸面比对。",
    "VALID says that the agency shown signed what the QR code holds, and that it was in force on the date of the list. A genuine code can be copied onto a false certificate: compare every line with the paper.",
  ],
  reading: ["正在识别图片……", "Reading the picture ..."],
  checking: ["正在核验……", "Checking ..."],
  done: ["核验完成：{verdict}", "Done: {verdict}"],
  camera_on: ["摄像头已打开，正在寻找二维码", "The camera is on, looking for a QR code"],
  camera_no: [
    "无法使用摄像头（{why}）。请改用“选择图片”，或输入证书编号。",
    "The camera cannot be used ({why}). Choose a picture instead, or type the number.",
  ],
  camera_refused: ["未获允许", "not permitted"],
  camera_none: ["没有可用的摄像头", "there is none"],
  camera_insecure: ["浏览器只在 https 或本机页面提供", "browsers offer it on https and on this computer's own pages only"],
  not_picture: [
    "浏览器打不开这个文件：请选择 JPEG、PNG 或 WebP 图片；PDF 请截图，或使用 certverify pdf。",
    "The browser cannot open this file as a picture: choose JPEG, PNG or WebP. For a PDF take a screenshot, or use certverify pdf.",
  ],
  too_large: ["图片过大（上限 {most}）：请裁剪出二维码后再试。", "The picture is too large (at most {most}): cut out the QR code and try again."],
  took_long: ["识别用时过长，已停止：请裁剪出二维码后再试。", "Reading took too long and was stopped: cut out the QR code and try again."],
  no_decoder: ["识别组件无法加载：请刷新页面，或输入证书编号。", "The decoder could not be loaded: reload the page, or type the number."],
  insecure: [
    "浏览器只在 https、本机页面或本地文件中提供密码学功能，这里无法验证签名：请用 https 打开本页。",
    "Browsers offer cryptography on https, this computer's own pages and files only; signatures cannot be checked here. Open this page by https.",
  ],
  nothing_found: [
    "图片中没有读到二维码。请靠近重拍（二维码占画面一半以上、对焦清楚、无反光）；聊天软件转发的图片请索取原图，或只截取二维码；也可以输入证书编号。",
    "No QR code could be read. Take it closer (the code filling half the picture, sharp, no glare); ask for the original if a chat application squeezed it, or cut out the code; or type the number.",
  ],
  others_found: [
    "图片中的二维码不是带签名的证书二维码，其内容为：{text}。本页不会打开任何网址。",
    "The QR code in the picture is not a signed certificate code. It says: {text}. This page opens no address.",
  ],
  empty: ["请输入证书编号。", "Type a certificate number."],
  broke: ["核验程序出错（{kind}），不作结论。请刷新后重试。", "The check broke ({kind}) and says nothing. Reload and try again."],

  compare: ["请与纸面逐项比对", "Compare these with the paper"],
  compare_why: [
    "以下是经签名保护的内容。二维码可以被复制到假证书上：任何一项与纸面不同，就不要接受。",
    "This is what was signed. A code can be copied onto a false certificate: if one line differs from the paper, do not accept it.",
  ],
  untrusted: ["二维码中写着（未经证实）", "The QR code says (not proved)"],
  untrusted_why: [
    "以下内容尚未得到证实（原因见“依据”），任何人都可能写出同样的内容，仅供对照。",
    "This was not proved, for the reasons given as evidence; anybody can write it. For comparison only.",
  ],
  typed: ["输入的编号", "The number you typed"],
  agrees: ["一致", "same"],
  tally: ["已核对 {n} / {all} 项", "{n} of {all} compared"],
  tally_all: ["{all} 项均与纸面一致", "All {all} agree with the paper"],
  field_name: ["姓名", "Name"],
  field_identity_type: ["证件", "Identity document"],
  field_identity_tail: ["证件号码末四位", "Last four of its number"],
  field_occupation: ["职业", "Occupation"],
  field_job: ["工种/职业方向", "Job"],
  no_job: ["--", "--"],
  field_level: ["职业技能等级", "Skill level"],
  field_code: ["证书编号", "Certificate No."],
  field_issue_date: ["发证日期", "Issue date"],
  field_agency: ["评价机构", "Agency"],
  picture: ["您提供的图片", "Your picture"],
  picture_label: ["您提供的图片，二维码处有绿框", "Your picture, the QR code framed in green"],
  how_read: ["识别方式：{stage}，{ms} 毫秒", "Read by: {stage}, {ms} ms"],
  evidence: ["依据", "Evidence"],
  evidence_more: ["逐项依据（{n} 项）", "Evidence, item by item ({n})"],
  parts: ["编号逐位解读", "The number, part by part"],
  place: ["位", "Place"],
  digits: ["代码", "Text"],
  part: ["名称", "Part"],
  meaning: ["含义", "Meaning"],
  clause: ["依据", "Clause"],
  advice: ["接下来", "What to do next"],
  sending: ["正在交给本机的 certverify 程序核验……", "Handing it to certverify on this computer ..."],
  refused: ["未能核验：{why}", "Not checked: {why}"],
  private_here: [
    "图片和 PDF 由本机的 certverify 程序核验：不保存，不记录，不访问网络。",
    "Pictures and PDFs are checked by certverify on this computer: nothing is stored, logged or sent to a network.",
  ],
  way_file_hint: [
    "拍下二维码，或选择照片、截图、PDF。也可以把文件拖到这里，或直接粘贴图片。",
    "Photograph the code, or choose a photo, screenshot or PDF. You may also drop a file here, or paste a picture.",
  ],
  file_any: ["选择图片或 PDF", "Choose a picture or PDF"],
  official: ["官方查询", "Official query"],
  official_why: [
    "全国查询网址如下，请手工输入（本页不打开任何网址）。查询需要姓名、证件号码、证书编号中的两项。",
    "The national query page; type its address yourself (this page opens none). It asks for two of name, identity number and certificate number.",
  ],
  query_certificate: ["证书信息查询网址", "Certificate query"],
  query_institution: ["机构信息查询网址", "Agency query"],
  copy: ["复制", "Copy"],
  copy_what: ["复制{what}", "Copy: {what}"],
  copied: ["已复制", "Copied"],
  copy_failed: ["请手工选择文字复制", "Select the text and copy it by hand"],
  again: ["核验下一张", "Check another"],
  print: ["打印结果", "Print"],
  forget: ["从地址栏和本页历史中清除编号", "Remove the number from the address bar and history"],
  forgotten: ["已清除", "Removed"],
  computed_here: ["由浏览器在本机核验", "Checked by this browser on this device"],
  computed_python: ["由本机的 certverify 程序核验", "Checked by certverify on this computer"],
  checked_at: ["核验时间 {time}", "Checked {time}"],
  trusts_nothing: ["本页没有固定任何密钥，不能证明任何签名。", "No key is pinned into this page: it can prove no signature."],
  pin_root: ["固定的根密钥", "Pinned root key"],
  pin_agency: ["固定的机构密钥", "Pinned key of an agency"],
  pin_label: ["名称", "Name"],
  fingerprint: ["指纹 SHA-256", "SHA-256 fingerprint"],
  key_list: ["密钥清单", "Key list"],
  status_list: ["状态清单", "Status list"],
  list_file: ["文件", "File"],
  list_number: ["编号", "Number"],
  list_dates: ["日期", "Dates"],
  from_to: ["{from} 发布，{to} 到期", "issued {from}, expires {to}"],
  list_late: ["已过期，不足为凭", "expired: not to be relied on"],
  agencies: ["机构", "Agencies"],
  version: ["页面版本 {version}，制作于 {built}", "Page version {version}, built {built}"],
};

/** The sentence of that name in "zh" or "en", with {places} filled. */
export function say(name, lang, values = {}) {
  return pick(WORDS[name], lang).replace(/\{(\w+)\}/g, (whole, key) => (key in values ? values[key] : whole));
}

/** The side of a pair [zh, en] or { zh, en } that is read in `lang`. */
export function pick(said, lang) {
  if (Array.isArray(said)) return said[lang === "zh" ? 0 : 1];
  return said[lang === "zh" ? "zh" : "en"];
}
