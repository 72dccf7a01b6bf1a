// One signature over some bytes: COSE_Sign1 (RFC 9052) in the narrow form of certgen.exchange.cose.

import { decode, encodeStrings, CborError } from "./cbor.js";
import { ES256, EDDSA, SM2, algorithmOf, check } from "./signature.js";

/** `reason` is the permanent short word that Python's reader gives too. */
export class BrokenError extends Error {
  constructor(reason, detail) {
    super(detail);
    this.reason = reason;
  }
}

const KEY_ID_BYTES = 4;
const SIGNATURE_BYTES = 64;

/** { protected, algorithm, keyId, payload, signature } of these bytes: well formed, not verified. */
export function readSign1(bytes, limit) {
  const parts = cbor(bytes, limit);
  const fits =
    Array.isArray(parts) && parts.length === 4 && isBytes(parts[0]) && parts[1] instanceof Map &&
    isBytes(parts[2]) && isBytes(parts[3]);
  if (!fits) throw new BrokenError("structure", "not an array of header, map, payload and signature");
  const [header, unprotected, payload, signature] = parts;
  if (unprotected.size) throw new BrokenError("structure", "something in the unprotected header");
  const named = cbor(header, limit);
  if (!(named instanceof Map) || [...named.keys()].join() !== "1,4" || !named.has(1) || !named.has(4)) {
    throw new BrokenError("structure", "the header holds more or less than algorithm and key id");
  }
  const [algorithm, keyId] = [named.get(1), named.get(4)];
  if (![ES256, EDDSA, SM2].includes(algorithm)) throw new BrokenError("algorithm", "unknown algorithm");
  if (!isBytes(keyId) || keyId.length !== KEY_ID_BYTES) throw new BrokenError("size", "key id");
  if (signature.length !== SIGNATURE_BYTES) throw new BrokenError("size", "signature");
  return { protected: header, algorithm, keyId, payload, signature };
}

/** CBOR of at most `limit` bytes, as `BrokenError` where it is none. */
export function cbor(bytes, limit) {
  if (bytes.length > limit) throw new BrokenError("cbor", "too long");
  try {
    return decode(bytes);
  } catch (error) {
    if (error instanceof CborError) throw new BrokenError("cbor", error.message);
    throw error;
  }
}

/** "good", "bad" or "cannot": whether this key (SubjectPublicKeyInfo) signed the message and what stands outside. */
export async function verifySign1(message, external, spki) {
  const algorithm = algorithmOf(spki);
  if (algorithm === null) return message.algorithm === SM2 ? "cannot" : "bad";
  if (algorithm !== message.algorithm) return "bad"; // the key decides how it signs, never the message
  const signed = encodeStrings(["Signature1", message.protected, external, message.payload]);
  return check(algorithm, spki, signed, message.signature);
}

export function isBytes(value) {
  return value instanceof Uint8Array;
}
