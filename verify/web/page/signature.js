// Checks signatures with the browser's own cryptography (WebCrypto). Three answers, never two:
// "good", "bad", and "cannot", where this browser has not what the key needs.

export const ES256 = -7;
export const EDDSA = -8;
export const SM2 = -65538;

// The one DER form of a public key that certgen.exchange.cose takes, up to the key itself.
const FORMS_OF_KEYS = [
  [ES256, "3059301306072a8648ce3d020106082a8648ce3d03010703420004", 91],
  [EDDSA, "302a300506032b6570032100", 44],
];

const FORMS = new Map([
  [ES256, { key: { name: "ECDSA", namedCurve: "P-256" }, use: { name: "ECDSA", hash: "SHA-256" } }],
  [EDDSA, { key: { name: "Ed25519" }, use: { name: "Ed25519" } }],
]);

/** How this key (SubjectPublicKeyInfo) signs, or null for a key that is neither P-256 nor Ed25519. */
export function algorithmOf(spki) {
  const text = hex(spki);
  const found = FORMS_OF_KEYS.find(([, start, length]) => text.startsWith(start) && spki.length === length);
  return found ? found[0] : null;
}

/** Whether this is a key of ours: for P-256, a point of the curve as well. */
export async function isKey(spki) {
  const algorithm = algorithmOf(spki);
  if (algorithm !== ES256) return algorithm !== null;
  try {
    await globalThis.crypto.subtle.importKey("spki", spki, FORMS.get(ES256).key, false, ["verify"]);
    return true;
  } catch {
    return false;
  }
}

/** Whether `signature` over `message` was made by the key: "good", "bad" or "cannot". */
export async function check(algorithm, spki, message, signature) {
  const form = FORMS.get(algorithm);
  const subtle = globalThis.crypto?.subtle;
  if (!form || !subtle) return "cannot";
  let key;
  try {
    key = await subtle.importKey("spki", spki, form.key, false, ["verify"]);
  } catch {
    return "cannot"; // no such algorithm here, or no such key
  }
  try {
    return (await subtle.verify(form.use, key, signature, message)) ? "good" : "bad";
  } catch {
    return "cannot";
  }
}

/** SHA-256 of these bytes. Throws where the page is not served in a secure way (https, localhost, file). */
export async function sha256(bytes) {
  return new Uint8Array(await globalThis.crypto.subtle.digest("SHA-256", bytes));
}

/** Lower-case hexadecimal. */
export function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Whether two byte strings are the same. */
export function same(one, other) {
  return one.length === other.length && one.every((byte, n) => byte === other[n]);
}
