// Text as the payload packs it: GB18030 bytes, or UTF-8 text where editions of GB18030 disagree.
//
// `forms` has the two character classes of certgen.exchange.compact_text. Each text has one permitted
// form, and any other is refused; browsers decode GB18030 but cannot encode it, so the form is checked
// on the bytes: outside the unsafe characters every pair or four of them stands for a character of its own.

export class TextFormError extends Error {}

/** The text that `packed` (Uint8Array or string) stands for. */
export function unpack(packed, forms) {
  const isText = typeof packed === "string";
  const text = isText ? packed : fromGb18030(packed);
  if (new RegExp(forms.forbidden, "u").test(text)) throw new TextFormError("a control or invisible character");
  if (new RegExp(forms.unsafe, "u").test(text) !== isText) throw new TextFormError("not the permitted form");
  return text;
}

function fromGb18030(bytes) {
  // Browsers also take 80 for € and A3 A0 for a wide space; the standard has neither.
  for (let n = 0; n < bytes.length; n += width(bytes, n)) {
    const isSpace = bytes[n] === 0xa3 && bytes[n + 1] === 0xa0;
    if (bytes[n] === 0x80 || isSpace) throw new TextFormError("not GB18030");
  }
  try {
    return new TextDecoder("gb18030", { fatal: true }).decode(bytes);
  } catch {
    throw new TextFormError("not GB18030");
  }
}

function width(bytes, n) {
  if (bytes[n] < 0x81) return 1;
  return bytes[n + 1] >= 0x30 && bytes[n + 1] <= 0x39 ? 4 : 2;
}
