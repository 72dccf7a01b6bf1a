// Reads a certificate code (证书编码) digit by digit, from what the notices say (`facts`).
//
// Nothing is guessed: [0-9] and two letters, as certgen.standards reads it. A code that stands here as
// well formed proves only that someone can count.

/** { parts } of a well-formed code, or { problem: { zh, en } } naming the first wrong place. */
export function explain(text, facts) {
  const problem = wrongShape(text) ?? wrongPart(text, facts);
  if (problem) return { problem };
  const parts = facts.parts.map((part) => ({ ...plain(part, text), meaning: meaning(part, text) }));
  if (text.slice(5, 7) !== facts.henan.province) return { parts };
  return { parts: [...parts.slice(0, 3), ...henanSite(text, facts.henan), ...parts.slice(4)] };
}

function plain({ first, last, name, clause }, text) {
  return { first, last, text: text.slice(first - 1, last), name, clause };
}

function meaning(part, text) {
  const known = part.meanings;
  // Who assigned the site number (8-13) is told by the province (6-7).
  const key = part.first === 8 ? text.slice(5, 7) : text.slice(part.first - 1, part.last);
  const found = Object.hasOwn(known, key) ? known[key] : known["*"];
  return found && both(found, "{n}", String(Number(text.slice(16))));
}

function henanSite(text, henan) {
  const city = text.slice(7, 9);
  const named = Object.hasOwn(henan.cities, city) ? henan.cities[city] : UNKNOWN;
  return [
    { ...plain(henan.city, text), meaning: named },
    { ...plain(henan.sequence, text), meaning: henan.sequence.meaning },
  ];
}

const UNKNOWN = { zh: "未知代码", en: "unknown code" };

function wrongShape(text) {
  const length = Array.from(text).length;
  if (length !== 22) {
    return { zh: `应为 22 位，现为 ${length} 位`, en: `expected 22 characters, found ${length}` };
  }
  for (const [n, character] of Array.from(text).entries()) {
    if (n === 0 && !/^[YS]$/.test(character)) {
      return { zh: `第 1 位应为 Y 或 S，现为“${character}”`, en: `position 1: expected Y or S, found '${character}'` };
    }
    if (n > 0 && !/^[0-9]$/.test(character)) {
      return {
        zh: `第 ${n + 1} 位应为半角数字 0-9，现为“${character}”`,
        en: `position ${n + 1}: expected an ASCII digit, found '${character}'`,
      };
    }
  }
  return null;
}

function wrongPart(text, facts) {
  for (const part of facts.parts) {
    if (!meaning(part, text)) return unknownPart(part, text);
  }
  return text.slice(16) === "000000" ? unknownPart(facts.parts[6], text) : null;
}

function unknownPart({ first, last, name }, text) {
  const found = text.slice(first - 1, last);
  const place = first === last ? `${first}` : `${first}-${last}`;
  return {
    zh: `第 ${place} 位${name.zh}“${found}”不存在`,
    en: `positions ${place}, ${name.en}: there is no '${found}'`,
  };
}

/** Reasons to look again: Henan's rules for a code issued on that day (2026-03-02); [] elsewhere. */
export function doubts(text, issued, { henan }) {
  if (text.slice(5, 7) !== henan.province) return [];
  const rules = henan.doubts;
  const found = [];
  const applies = (name) => issued >= rules[name].since;
  const city = text.slice(7, 9);
  if (applies("city") && !Object.hasOwn(henan.cities, city)) {
    found.push({ ...rules.city, said: both(rules.city.said, "{city}", city) });
  }
  if (text[0] === "Y" && text[9] === "9" && applies("school_centre")) {
    found.push(rules.school_centre);
    const level = rules[`school_level_${text[15]}`];
    if (level) found.push(level);
  }
  return found;
}

const SHAPES = [
  ["special-technician", /^[YS][0-9]{14}[A-Z][0-9]{6}$/],
  ["old-qualification", /^[0-9]{16}$/],
  ["identity", /^[0-9]{17}[0-9X]$/],
  ["external-supervisor", /^R[0-9]{8}$/],
  ["internal-supervisor", /^[HYS][0-9]{12}$/],
  ["special-ability", /^[0-9]{6}5[0-9]{3}(?!00000)[0-9]{5}$/],
];

/** What else this number is, as a sentence, or null: other documents have numbers too. */
export function otherKind(text, facts) {
  const found = SHAPES.find(([, shape]) => shape.test(text))?.[0];
  const isIssuer = text.startsWith("R00") || Object.hasOwn(facts.parts[2].meanings, text.slice(1, 3));
  if (!found || (found === "external-supervisor" && !isIssuer)) return null;
  return facts.kinds[found];
}

/** A typed number without the spaces people put into it, with capitals and half-width digits. */
export function tidy(text) {
  return text.normalize("NFKC").replace(/\s+/gu, "").toUpperCase();
}

function both(said, mark, value) {
  return { zh: said.zh.replace(mark, value), en: said.en.replace(mark, value) };
}
