// The signed payload of a QR code (二维码签名数据), wire format 1: docs/wire-format.md, byte by byte.
//
// Reads what certgen.exchange.payload writes, refuses what it refuses, by the same reason words.

import { BrokenError, cbor, isBytes, readSign1, verifySign1 } from "./cose.js";
import { TextFormError, unpack } from "./compact_text.js";
import { explain } from "./code.js";

/** Text of our form that cannot be used; `reason` as in Python. */
export class PayloadError extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

/** Text that is not of our form. */
export class NotOursError extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

const FORM = "1";
const MAX_MESSAGE = 424;
const MAX_DIGITS = 1024;
const MAX_HOST = 63;
const MAX_TEXT = "https:///c/#".length + MAX_HOST + 22 + FORM.length + MAX_DIGITS;
const ADDRESS = /^https:\/\/([a-z0-9.-]{1,63})\/c\/([YS][0-9]{21})(?:#([^]*))?$/;
const HOST = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/;
const DOMAIN = "certgen/qr/1\0";
const MAX_INDEX = 2 ** 24 - 1;
const LAST_FOUR = /^[0-9A-Z()]{4}$/;

/** { host, code, keyId, algorithm, claims, message }: well formed, nothing proved before `verify`. */
export function parse(text, facts) {
  const { host, code, raw } = address(text);
  try {
    const message = readSign1(raw, MAX_MESSAGE);
    const claims = read(code, cbor(message.payload, MAX_MESSAGE), facts);
    return { host, code, keyId: message.keyId, algorithm: message.algorithm, claims, message };
  } catch (error) {
    if (error instanceof BrokenError) throw new PayloadError(error.reason);
    if (error instanceof TextFormError) throw new PayloadError("text");
    throw error;
  }
}

/** "good", "bad" or "cannot": whether this key signed these claims for this code. */
export async function verify(signed, spki) {
  return verifySign1(signed.message, new TextEncoder().encode(DOMAIN + signed.code), spki);
}

/** Whether a scan is worth keeping: signed data of ours, even broken, or anything with a code in it. */
export function isOurs(text) {
  return codeIn(text) !== "";
}

/** The first certificate code in a text, or "". */
export function codeIn(text) {
  return /(?<![0-9A-Za-z])[YS][0-9]{21}(?![0-9A-Za-z])/.exec(text)?.[0] ?? "";
}

function address(text) {
  if (Array.from(text).length > MAX_TEXT) throw new NotOursError("too-long");
  const found = ADDRESS.exec(text);
  if (!found || !HOST.test(found[1])) throw new NotOursError("not-ours");
  const [, host, code, fragment] = found;
  if (fragment === undefined) throw new NotOursError("no-payload");
  if (!fragment.startsWith(FORM)) throw new PayloadError("version");
  return { host, code, raw: unframed(fragment.slice(FORM.length)) };
}

function unframed(decimal) {
  if (!/^[1-9][0-9]*$/.test(decimal)) throw new PayloadError("decimal");
  if (decimal.length > MAX_DIGITS) throw new PayloadError("too-long");
  const digits = BigInt(decimal).toString(16);
  const framed = Uint8Array.from(digits.padStart(digits.length + (digits.length % 2), "0").match(/../g), (two) =>
    parseInt(two, 16),
  );
  if (framed[0] !== 1 || framed.length > MAX_MESSAGE + 1) throw new PayloadError("frame");
  return framed.subarray(1);
}

function read(code, value, facts) {
  if (!Array.isArray(value) || value.length !== 7 || typeof value[2] !== "string") throw new PayloadError("claims");
  const [name, kind, lastFour, occupation, job, day, index] = value;
  if (!isWhole(kind, 1, facts.payload_kinds.length)) throw new PayloadError("identity-type");
  if (!LAST_FOUR.test(lastFour)) throw new PayloadError("last-four");
  if (!isWhole(index, 0, MAX_INDEX)) throw new PayloadError("status-index");
  return {
    name: words(name, facts),
    identityType: facts.payload_kinds[kind - 1],
    lastFour,
    occupation: words(occupation, facts),
    job: job === null ? null : words(job, facts),
    issueDate: issued(code, day, facts),
    statusIndex: index,
  };
}

function words(packed, facts) {
  if ((!isBytes(packed) && typeof packed !== "string") || !packed.length) throw new PayloadError("text");
  return unpack(packed, facts.text_forms);
}

/** The day of the year that the code states, as 2026-03-02. */
function issued(code, day, facts) {
  if (explain(code, facts).problem) throw new PayloadError("code");
  const year = 2000 + Number(code.slice(13, 15));
  if (!isWhole(day, 1, 366)) throw new PayloadError("date");
  const date = new Date(Date.UTC(year, 0, day));
  if (date.getUTCFullYear() !== year) throw new PayloadError("date");
  return date.toISOString().slice(0, 10);
}

function isWhole(value, least, most) {
  return Number.isInteger(value) && value >= least && value <= most;
}
