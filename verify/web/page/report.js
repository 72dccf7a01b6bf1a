// Turns a report of the Python pipeline (certverify-report/1) into what the page shows: the same card.

import { headline } from "./checks.js";

const CHANNELS = ["payload", "register", "pdf-text", "ocr", "pdf-metadata", "listed", "address", "code"];
const SCHEMA = "certverify-report/1";

/** A file sent to the program on this computer; throws { said } where it refuses. */
export async function ask(api, file) {
  let answer;
  try {
    answer = await fetch(api, { method: "POST", body: file, headers: { "x-certverify": "1" }, credentials: "omit" });
  } catch {
    throw new RefusedError({ zh: "本机的 certverify 程序没有回答：它可能已经结束", en: "certverify on this computer does not answer: it may have ended" });
  }
  const body = await answer.json();
  if (!answer.ok) throw new RefusedError(body.error);
  if (body.schema !== SCHEMA) throw new RefusedError({ zh: "页面与程序版本不符，请刷新页面", en: "page and program differ in version: reload the page" });
  return body;
}

/** Why the program did not check the file, in both languages. */
export class RefusedError extends Error {
  constructor(said) {
    super(said.en);
    this.said = said;
  }
}

/** The result as `checks.check` gives it. */
export function fromReport(report, facts) {
  const by = (channel) => report.claims.filter((claim) => claim.channel === channel);
  const trusted = CHANNELS.find((channel) => by(channel).some((claim) => claim.trusted));
  const channel = trusted ?? CHANNELS.find((one) => by(one).length > 1) ?? CHANNELS.find((one) => by(one).length);
  const claims = channel ? by(channel) : [];
  const value = (field) => claims.find((claim) => claim.field === field)?.value ?? "";
  const code = value("code") || (report.claims.find((claim) => claim.field === "code")?.value ?? "");
  const judged = { verdict: report.verdict, answers: report.answers };
  return {
    ...judged,
    evidence: report.evidence.map((one) => ({ ...one, reason: one.reason || null })),
    headline: headline(judged, report.evidence, facts),
    code,
    parts: report.code.length ? report.code : null,
    problem: null,
    fields: claims.length > 1 ? claims.map(({ field, value: said }) => ({ field, value: said })) : null,
    isTrusted: Boolean(trusted),
    warnings: report.caveats,
    advice: report.advice,
    reading: { stage: report.read.stage, milliseconds: Math.round(report.read.ms), corners: [] },
  };
}
