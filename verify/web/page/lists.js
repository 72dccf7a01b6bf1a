// Key lists (密钥清单), status lists (状态清单) and packs of them: docs/wire-format.md, as certgen.exchange reads them.
//
// What reads well is not yet proved: `verifyList` says whether a key signed it.

import { BrokenError, cbor, isBytes, readSign1, verifySign1 } from "./cose.js";
import { TextFormError, unpack } from "./compact_text.js";
import { CborError, decode } from "./cbor.js";
import { hex, isKey, sha256 } from "./signature.js";

/** A list that cannot be read; `reason` as in Python. */
export class ListError extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

const KEY_LIST = { line: "certgen key list 1\n", domain: "certgen/key-list/1\0", limit: 4 << 20 };
const STATUS_LIST = { line: "certgen status list 1\n", domain: "certgen/status-list/1\0", limit: 6 << 20 };
const PACK = { line: "certgen status pack 1\n", limit: 32 << 20 };

export const KEY_STATUSES = ["active", "retired", "compromised"];
export const STATUSES = ["valid", "void", "superseded", "suspended"];

const PREFIX_LENGTH = 13;
const MAX_NUMBER = 2 ** 32 - 1;
const LATEST = 2 ** 33; // seconds
const MAX_TTL = 366 * 86400;
const MAX_DAY = 100_000;
const BLOCK_BYTES = 2 ** 16 / 4;
const MAX_BYTES = 2 ** 24 / 4;

/** { keyLists, statusLists } in a pack, or in one list alone. */
export async function readLists(data, facts) {
  if (begins(data, KEY_LIST.line)) return { keyLists: [await keyList(data, facts)], statusLists: [] };
  if (begins(data, STATUS_LIST.line)) return { keyLists: [], statusLists: [await statusList(data, facts)] };
  if (!begins(data, PACK.line)) throw new ListError("kind");
  const [keys, statuses] = pack(data.subarray(PACK.line.length));
  return {
    keyLists: await Promise.all(keys.map((one) => keyList(one, facts))),
    statusLists: await Promise.all(statuses.map((one) => statusList(one, facts))),
  };
}

/** "good", "bad" or "cannot": whether this key signed the list. */
export async function verifyList(list, spki) {
  return verifySign1(list.message, new TextEncoder().encode(list.domain), spki);
}

/** The agency whose site this code is of, by the list, or null. */
export function agencyOf(list, code) {
  return list.agencies.find(({ prefixes }) => prefixes.includes(code.slice(0, PREFIX_LENGTH))) ?? null;
}

/** What a status list says of a place; null behind its end. */
export function statusAt({ places }, index) {
  const byte = places[index >> 2];
  return byte === undefined ? null : STATUSES[(byte >> (2 * (index & 3))) & 3];
}

function pack(data) {
  if (data.length > PACK.limit) throw new ListError("cbor");
  let value;
  try {
    value = decode(data);
  } catch (error) {
    if (error instanceof CborError) throw new ListError("cbor");
    throw error;
  }
  const fits = Array.isArray(value) && value.length === 2 && value.every((part) => Array.isArray(part) && part.every(isBytes));
  if (!fits) throw new ListError("structure");
  return value;
}

async function keyList(data, facts) {
  const { message, body } = opened(data, KEY_LIST);
  if (!Array.isArray(body) || body.length !== 4 || !Array.isArray(body[3])) throw new ListError("structure");
  const [number, issued, expires, agencies] = body;
  const period = [whole(issued, 0, LATEST), whole(expires, 0, LATEST)];
  whole(number, 1, MAX_NUMBER);
  if (period[1] <= period[0]) throw new ListError("value");
  const found = [];
  for (const agency of agencies) found.push(await agencyIn(agency, facts));
  once(found.flatMap(({ prefixes }) => prefixes));
  once(found.flatMap(({ keys }) => keys.map(({ id }) => id)));
  return { domain: KEY_LIST.domain, number, issued: period[0], expires: period[1], agencies: found, message };
}

async function agencyIn(value, facts) {
  const fits = Array.isArray(value) && value.length === 4 && value.slice(1).every(Array.isArray);
  if (!fits) throw new ListError("structure");
  const [name, prefixes, keys, signers] = value;
  const found = { name: nameIn(name, facts), prefixes: prefixesIn(prefixes, facts), keys: [] };
  for (const key of keys) found.keys.push(await keyIn(key));
  if (!signers.every((one) => isBytes(one) && one.length === 32)) throw new ListError("size");
  return found;
}

function nameIn(packed, facts) {
  if ((!isBytes(packed) && typeof packed !== "string") || !packed.length) throw new ListError("text");
  try {
    return unpack(packed, facts.text_forms);
  } catch (error) {
    if (error instanceof TextFormError) throw new ListError("text");
    throw error;
  }
}

async function keyIn(value) {
  if (!Array.isArray(value) || value.length !== 5 || !isBytes(value[0])) throw new ListError("structure");
  const [spki, first, last, status, since] = value;
  if (!(await isKey(spki))) throw new ListError("key");
  const known = KEY_STATUSES[whole(status, 0, KEY_STATUSES.length - 1)];
  const key = {
    spki,
    id: hex((await sha256(spki)).subarray(0, 4)),
    notBefore: date(first),
    notAfter: date(last),
    status: known,
    since: since === null ? null : date(since),
  };
  if (key.notAfter < key.notBefore || (key.since === null) !== (known === "active")) throw new ListError("value");
  return key;
}

async function statusList(data, facts) {
  const { message, body } = opened(data, STATUS_LIST);
  const fits = Array.isArray(body) && body.length === 6 && Array.isArray(body[3]) && isBytes(body[5]);
  if (!fits) throw new ListError("structure");
  const [number, issued, ttl, prefixes, size, packed] = body;
  whole(number, 1, MAX_NUMBER);
  whole(issued, 0, LATEST);
  whole(ttl, 1, MAX_TTL);
  const found = prefixesIn(prefixes, facts);
  const places = await unpacked(packed, whole(size, 1, MAX_BYTES));
  once(found);
  return { domain: STATUS_LIST.domain, number, issued, expires: issued + ttl, prefixes: found, places, message };
}

/** zlib, whole and no more: a few bytes can unpack to any size. */
async function unpacked(packed, size) {
  if (size % BLOCK_BYTES) throw new ListError("size");
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate")).getReader();
  const places = new Uint8Array(size);
  let at = 0;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      if (at + part.value.length > size) throw new ListError("compression");
      places.set(part.value, at);
      at += part.value.length;
    }
  } catch {
    reader.cancel().catch(() => {});
    throw new ListError("compression");
  }
  if (at !== size) throw new ListError("compression");
  return places;
}

function opened(data, { line, limit }) {
  if (data.length > limit) throw new ListError("size");
  if (!begins(data, line)) throw new ListError("kind");
  try {
    const message = readSign1(data.subarray(line.length), limit);
    return { message, body: cbor(message.payload, limit) };
  } catch (error) {
    if (error instanceof BrokenError) throw new ListError(error.reason);
    throw error;
  }
}

function prefixesIn(values, facts) {
  const provinces = facts.parts[2].meanings;
  const isPrefix = (one) => typeof one === "string" && /^[YS][0-9]{12}$/.test(one) && Object.hasOwn(provinces, one.slice(5, 7));
  if (!values.length || !values.every(isPrefix)) throw new ListError("prefix");
  return values;
}

function once(values) {
  if (new Set(values).size !== values.length) throw new ListError("twice");
}

function whole(value, least, most) {
  if (!Number.isInteger(value) || value < least || value > most) throw new ListError("value");
  return value;
}

function date(days) {
  return new Date(whole(days, 0, MAX_DAY) * 86_400_000).toISOString().slice(0, 10);
}

function begins(data, line) {
  return new TextDecoder("latin1").decode(data.subarray(0, line.length)) === line;
}
