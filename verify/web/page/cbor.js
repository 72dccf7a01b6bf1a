// Reads the strict part of CBOR (RFC 8949) that signed certificate data use.
//
// Whole numbers, bytes, text, arrays, maps, true, false and null: shortest form, keys in order, none
// twice, nothing behind the end. Whatever certgen.exchange.cbor refuses is refused here: two readers
// that disagree about some bytes would let one certificate say two things.

export class CborError extends Error {}

const MAX_DEPTH = 8;
const FIXED = new Map([[0xf4, false], [0xf5, true], [0xf6, null]]);

/** The value of these bytes. Maps become Map, byte strings Uint8Array, numbers beyond 2^53 BigInt. */
export function decode(bytes) {
  const reader = { bytes, at: 0 };
  const value = item(reader, 0);
  if (reader.at !== bytes.length) throw new CborError("bytes after the end");
  return value;
}

function item(reader, depth) {
  if (depth > MAX_DEPTH) throw new CborError("nested too deeply");
  if (FIXED.has(reader.bytes[reader.at])) return FIXED.get(take(reader, 1)[0]);
  const { major, argument } = head(reader);
  switch (major) {
    case 0: return argument;
    case 1: return typeof argument === "bigint" ? -1n - argument : -1 - argument;
    case 2: return take(reader, argument).slice();
    case 3: return text(take(reader, argument));
    case 4: return array(reader, argument, depth);
    case 5: return map(reader, argument, depth);
    default: throw new CborError("a tag or a special value");
  }
}

function head(reader) {
  const first = take(reader, 1)[0];
  const major = first >> 5;
  const short = first & 31;
  if (short < 24) return { major, argument: short };
  if (short > 27) throw new CborError("indefinite length or reserved head");
  const size = 1 << (short - 24);
  let argument = 0n;
  for (const byte of take(reader, size)) argument = argument * 256n + BigInt(byte);
  if (argument < (size === 1 ? 24n : 1n << BigInt(4 * size))) throw new CborError("not the shortest form");
  return { major, argument: argument <= Number.MAX_SAFE_INTEGER ? Number(argument) : argument };
}

function take(reader, length) {
  canHold(reader, length);
  reader.at += length;
  return reader.bytes.subarray(reader.at - length, reader.at);
}

function canHold(reader, length) {
  if (length > reader.bytes.length - reader.at) throw new CborError("cut short");
}

function text(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new CborError("text is not UTF-8");
  }
}

function array(reader, length, depth) {
  canHold(reader, length);
  const found = [];
  for (let n = 0; n < length; n++) found.push(item(reader, depth + 1));
  return found;
}

function map(reader, length, depth) {
  canHold(reader, 2 * Number(length));
  const found = new Map();
  let before = new Uint8Array(0);
  for (let n = 0; n < length; n++) {
    const start = reader.at;
    const key = item(reader, depth + 1);
    const encoded = reader.bytes.subarray(start, reader.at);
    const isKey = ["number", "bigint", "string"].includes(typeof key) || key instanceof Uint8Array;
    if (!isKey) throw new CborError("key of a map");
    if (compare(before, encoded) >= 0) throw new CborError("keys not in order, or twice");
    before = encoded;
    found.set(key, item(reader, depth + 1));
  }
  return found;
}

// Shorter keys first, then bytewise, as Python's `cbor2` writes them with `canonical=True`.
function compare(one, other) {
  if (one.length !== other.length) return one.length - other.length;
  const n = one.findIndex((byte, at) => byte !== other[at]);
  return n < 0 ? 0 : one[n] - other[n];
}

/** The encoding of an array of text and byte strings: all that a signature covers (RFC 9052, 4.4). */
export function encodeStrings(strings) {
  const parts = [start(4, strings.length)];
  for (const one of strings) {
    const bytes = typeof one === "string" ? new TextEncoder().encode(one) : one;
    parts.push(start(typeof one === "string" ? 3 : 2, bytes.length), bytes);
  }
  return concat(parts);
}

function start(major, length) {
  if (length < 24) return Uint8Array.of((major << 5) | length);
  if (length < 256) return Uint8Array.of((major << 5) | 24, length);
  if (length < 65536) return Uint8Array.of((major << 5) | 25, length >> 8, length & 255);
  const bytes = new Uint8Array(5);
  bytes[0] = (major << 5) | 26;
  new DataView(bytes.buffer).setUint32(1, length);
  return bytes;
}

/** These byte strings one behind the other. */
export function concat(parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
