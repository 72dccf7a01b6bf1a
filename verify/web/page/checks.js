// Everything that is asked of one certificate, in the order, by the ids and in the words of verify.checks.
//
// `check` never opens or fetches anything: it holds the text of a QR code, or a typed number, against
// the keys and lists that `trust` has verified.

import { codeIn, parse, verify, NotOursError, PayloadError } from "./payload.js";
import { doubts, explain, otherKind, tidy } from "./code.js";
import { checkOf, judge } from "./verdict.js";

/** { verdict, answers, evidence, headline, code, parts, claims, isTrusted, agency, warnings } */
export async function check(text, { facts, config, trust, now, isTyped = false }) {
  const read = readText(text, facts, isTyped);
  const held = read.signed ? await hold(read.signed, trust, now) : {};
  const made = (id) => checkOf(id, facts.judgement);
  const evidence = [
    ...aboutCode(read, facts, now, made),
    ...aboutPayload(read, held, made),
    ...aboutHost(read, held, made),
    ...aboutStatus(held, made),
  ].sort((one, other) => one.number - other.number);
  const judged = judge(evidence, facts.judgement);
  const explained = explain(read.code, facts);
  const agency = held.signature === "good" && held.key.found && !held.key.sample ? held.key.agency : "";
  return {
    ...judged,
    evidence,
    headline: headline(judged, evidence, facts),
    code: read.code,
    parts: explained.parts ?? null,
    problem: read.signed ? null : explained.problem ?? null,
    fields: read.signed ? fieldsOf(read.signed, agency) : null,
    isTrusted: isProved(evidence, facts),
    warnings: [
      ...(config.sample && agency ? [facts.advice.sample] : []),
      ...(read.signed || read.trouble ? [] : [facts.advice.unsigned]),
    ],
    advice: [],
  };
}

/** What the certificate is to be compared with, in the order of the printed page. */
function fieldsOf({ code, claims }, agency) {
  const rows = [
    ["name", claims.name],
    ["identity_type", claims.identityType],
    ["identity_tail", claims.lastFour],
    ["occupation", claims.occupation],
    ["job", claims.job ?? ""],
    ["level", code[15]],
    ["code", code],
    ["issue_date", claims.issueDate],
    ["agency", agency],
  ];
  return rows.filter(([field, value]) => value || field === "job").map(([field, value]) => ({ field, value }));
}

/** Whether everything that proves signed content has passed. */
function isProved(evidence, facts) {
  const [byQr] = facts.judgement.proofs.document;
  return byQr.every((id) => evidence.some((one) => one.check === id && one.outcome === "passed"));
}

/** { code, signed, trouble, isAddress, isOther }: what the text is. */
function readText(text, facts, isTyped) {
  if (isTyped && !text.includes("://")) return { code: tidy(text) };
  try {
    const signed = parse(text, facts);
    return { code: signed.code, signed };
  } catch (error) {
    const code = codeIn(text);
    if (error instanceof PayloadError) return { code, trouble: error.reason };
    if (error instanceof NotOursError) return { code, isAddress: text.includes("://"), isOther: true };
    throw error;
  }
}

/** What keys and lists say of signed content, and whether the signature holds. */
async function hold(signed, trust, now) {
  const key = trust.key(signed, now);
  const signature = key?.spki ? await verify(signed, key.spki) : null;
  return { key, signature, status: trust.status(signed, now) };
}

function aboutCode({ code, signed }, facts, now, made) {
  const form = made("code/form");
  if (!code) return [form.skipped("no-code", { zh: "没有读到证书编码", en: "no certificate code was found" })];
  const other = otherKind(code, facts);
  const explained = explain(code, facts);
  if (other) return [form.skipped("other-document", other)];
  if (explained.problem) return [form.failed("code-malformed", explained.problem, facts.code_clause)];
  const found = [form.passed({ zh: "符合 22 位证书编码规则", en: "22 characters, as the rule has it" }, facts.code_clause)];
  const year = 2000 + Number(code.slice(13, 15));
  found.push(
    signed
      ? made("code/date").passed({ zh: `编码年份与发证日期均为 ${year} 年`, en: `both code and issue date say ${year}` })
      : made("code/date").skipped("no-date", { zh: "不知道发证日期", en: "no issue date is known" }),
  );
  const today = day(now);
  const issued = signed?.claims.issueDate ?? [`${year}-12-31`, today].sort()[0];
  found.push(...aboutHenan(code, issued, facts, made));
  if ((signed && issued > today) || year > now.getFullYear()) {
    const said = {
      zh: "发证日期或编码年份在将来，请核对，并检查本机时钟",
      en: "issue date or code year lies ahead: look again, and check this machine's clock",
    };
    found.push(made("code/future").failed("code-against-date", said));
  }
  return found;
}

function aboutHenan(code, issued, facts, made) {
  if (code.slice(5, 7) !== facts.henan.province) return [];
  const check = made("code/henan");
  const found = doubts(code, issued, facts).map((one) => check.failed("local-rule", one.said, one.clause));
  return found.length ? found : [check.passed({ zh: "符合河南省编码规则", en: "follows Henan's rules" }, facts.henan.clause)];
}

function aboutPayload(read, { key, signature }, made) {
  const form = made("payload/form");
  if (!read.signed) return [withoutPayload(read, form)];
  const found = [form.passed({ zh: "二维码含签名数据", en: "the QR code carries signed content" })];
  const trouble = unknownKey(key, made("payload/key"));
  if (trouble) found.push(trouble);
  else {
    found.push(made("payload/key").passed({ zh: `密钥属于${key.agency}`, en: `the key is that of ${key.agency}` }));
    found.push(scope(read.signed, key, made("payload/scope")));
    found.push(validity(key, made("payload/validity")));
    found.push(keyListAge(key, made("payload/list-age")));
  }
  found.push(signed(signature, read.code, made("payload/signature")));
  return found;
}

function withoutPayload(read, form) {
  if (read.trouble) {
    return form.failed("payload-malformed", {
      zh: `二维码的签名数据无法使用（${read.trouble}）：不是本工具的格式，或已损坏`,
      en: `the QR code's signed data cannot be used (${read.trouble}): not of our form, or damaged`,
    });
  }
  if (read.isAddress && read.code) {
    return form.skipped("plain-address", {
      zh: "二维码只是查询网址，没有签名数据，不能离线证明真伪",
      en: "the QR code is a plain address without signature: no offline proof",
    });
  }
  if (read.isOther) {
    return form.skipped("no-payload", {
      zh: "二维码不含本格式的签名数据，不能离线证明真伪",
      en: "the QR code holds no signed content of our form: no offline proof",
    });
  }
  return form.skipped("no-payload", { zh: "没有二维码签名数据", en: "there is no signed QR code" });
}

function unknownKey(key, check) {
  if (!key) {
    return check.skipped("no-list", {
      zh: "没有该机构的密钥清单，无法判断签名是谁的",
      en: "no key list of this agency: whose signature it is cannot be told",
    });
  }
  if (key.sample) {
    return check.skipped("sample-key", { zh: "这是样例密钥，不证明任何事", en: "a key of the samples, which proves nothing" });
  }
  if (key.rolledBack) {
    return check.skipped("list-rolled-back", {
      zh: "密钥清单比以前见过的旧，不予采用",
      en: "the key list is older than one seen before: not used",
    });
  }
  if (!key.found) {
    return check.skipped("key-unknown", {
      zh: "不认识这个签名密钥：没有已信任的名单列出它，可能是新密钥，也可能是伪造",
      en: "unknown key: nothing that this page trusts lists it; it may be new, it may be forged",
    });
  }
  return null;
}

function scope({ code }, key, check) {
  const prefix = code.slice(0, 13);
  if (key.inScope) return check.passed({ zh: `密钥可签 ${prefix} 的证书`, en: `the key may sign for ${prefix}` });
  if (key.siteKnown) {
    const dated = key.source.issued;
    return check.failed("key-of-another-agency", {
      zh: `密钥属于${key.agency}，而 ${prefix} 是另一机构的站点（密钥清单 ${dated}）`,
      en: `the key is that of ${key.agency}; the site ${prefix} is another agency's (list of ${dated})`,
    });
  }
  return check.failed("key-out-of-scope", {
    zh: `密钥清单没有列出站点 ${prefix}，可能还不知道它；请取较新的表`,
    en: `no list names the site ${prefix}; it may be new: get a newer list`,
  });
}

function validity(key, check) {
  if (key.use === "compromised") {
    const since = key.compromisedSince ?? "?";
    return check.failed("key-compromised", {
      zh: `机构声明该密钥自 ${since} 起失密，任何日期都可能是后来伪造的，请向机构核实`,
      en: `the agency reports the key as compromised since ${since}: any date may have been forged later; ask the agency`,
    });
  }
  if (key.validThen) {
    return check.passed({
      zh: `发证日期在密钥有效期内（${key.period}）`,
      en: `the issue date lies in the key's period (${key.period})`,
    });
  }
  return check.failed("key-not-valid-then", {
    zh: `发证日期不在密钥有效期内（${key.period}）`,
    en: `the issue date lies outside the key's period (${key.period})`,
  });
}

function keyListAge({ source }, check) {
  if (!source) {
    return check.passed({ zh: "直接信任该密钥，没有过期日", en: "the key itself is pinned: no expiry" });
  }
  if (!source.expired) {
    return check.passed({ zh: `密钥清单日期 ${source.issued}，未过期`, en: `key list of ${source.issued}, not expired` });
  }
  return check.skipped("list-expired", {
    zh: `密钥清单（${source.issued}）已于 ${source.expires} 过期，不足为凭；请取较新的表`,
    en: `the key list of ${source.issued} expired on ${source.expires}: too old to rely on; get a newer one`,
  });
}

function signed(signature, code, check) {
  if (signature === null) {
    return check.skipped("key-unknown", { zh: "没有密钥，无法验签", en: "without the key the signature cannot be checked" });
  }
  if (signature === "good") {
    return check.passed({
      zh: "签名有效：这些内容由该密钥为这个编码签发",
      en: "good: this key signed these fields for this code",
    });
  }
  if (signature === "bad") {
    return check.failed("bad-signature", {
      zh: `二维码数据的签名与密钥不符：数据被改动过，或不是该机构为编码 ${code} 签发的`,
      en: `the QR code's signature does not fit the key: the data were changed, or not signed for ${code}`,
    });
  }
  return check.error("broken", {
    zh: "这个浏览器无法验证这种签名，不作结论；请换用其他浏览器或 certverify",
    en: "this browser cannot check this kind of signature and says nothing: use another browser, or certverify",
  });
}

function aboutHost({ signed }, { key }, made) {
  if (!signed || !key?.hosts?.length) return [];
  const check = made("payload/host");
  if (key.hosts.includes(signed.host)) return [check.passed({ zh: "二维码网站属于该机构", en: "the host is the agency's" })];
  return [
    check.failed("other-host", {
      zh: `二维码网站“${signed.host}”不是该机构登记的网站，请勿打开`,
      en: `the host '${signed.host}' is not one that the agency's list names: do not open it`,
    }),
  ];
}

function aboutStatus({ status }, made) {
  const standing = made("status/standing");
  if (!status?.source) {
    if (status?.rolledBack) {
      return [
        standing.skipped("list-rolled-back", {
          zh: "状态清单比以前见过的旧，不予采用",
          en: "the status list is older than one seen before: not used",
        }),
      ];
    }
    return [
      standing.skipped("no-list", {
        zh: "没有该机构的状态清单，不知道证书是否已作废",
        en: "no status list of this agency: whether the certificate was voided is not known",
      }),
    ];
  }
  return [saidOfStatus(status, standing), statusListAge(status.source, made("status/list-age"))];
}

function saidOfStatus({ status, source }, check) {
  const { issued, issuer } = source;
  switch (status) {
    case "valid":
      return check.passed({
        zh: `截至 ${issued} 未作废（${issuer}的状态清单）`,
        en: `not ended as of ${issued} (status list of ${issuer})`,
      });
    case "void":
      return check.failed("void", { zh: `${issued} 的状态清单：已作废`, en: `void, by the list of ${issued}` });
    case "superseded":
      return check.failed("superseded", {
        zh: `${issued} 的状态清单：已被新证书取代`,
        en: `superseded by a newer certificate, by the list of ${issued}`,
      });
    case "suspended":
      return check.failed("suspended", { zh: `${issued} 的状态清单：暂停使用`, en: `suspended, by the list of ${issued}` });
    default:
      return check.skipped("status-unknown", {
        zh: `${issued} 的状态清单不含这份证书，可能早于发证`,
        en: `the status list of ${issued} does not cover this certificate; it may be older than it`,
      });
  }
}

function statusListAge(source, check) {
  if (!source.expired) {
    return check.passed({ zh: `状态清单日期 ${source.issued}，未过期`, en: `status list of ${source.issued}, not expired` });
  }
  return check.skipped("list-expired", {
    zh: `状态清单（${source.issued}）已于 ${source.expires} 过期，不知道此后是否作废；请取较新的表`,
    en: `the status list of ${source.issued} expired on ${source.expires}: what happened since is not known; get a newer one`,
  });
}

/** One sentence under the word: what decided. */
export function headline({ verdict }, evidence, facts) {
  const isOpen = (one) => one.check !== "code/date"; // says little by itself
  const first = (test) => evidence.find((one) => isOpen(one) && test(one));
  if (verdict === "VALID") {
    const { zh, en } = (first((one) => one.check === "status/standing") ?? first((one) => one.check === "register/entry")).said;
    return {
      zh: `内容由所示机构签发；${zh}。请与纸面逐项比对。`,
      en: `The agency shown signed this; ${en}. Compare it with the paper.`,
    };
  }
  if (verdict === "INVALID") {
    const { zh, en } = first((one) => one.outcome === "failed" && facts.judgement.weights[one.reason] === "grave").said;
    return { zh: `${zh}。`, en: `${en[0].toUpperCase()}${en.slice(1)}.` };
  }
  const because = ["failed", "error", "skipped"].map((outcome) => first((one) => one.outcome === outcome)).find(Boolean);
  const { zh, en } = because?.said ?? { zh: "证据不足", en: "there is not enough to go by" };
  return {
    zh: `还不能下结论：${zh}。这不等于证书是假的。`,
    en: `No conclusion yet: ${en}. That does not mean the certificate is false.`,
  };
}

/** The day by this device's clock, as 2026-03-02. */
export function day(now) {
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
