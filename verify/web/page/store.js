// Asks the pinned keys and the lists they signed, as verify.trust.store does. Pure: bytes and the clock come in.
//
// A key list counts if a pinned key signed it, a status list if a key of a listed agency did, for sites of
// that agency; and only if this device has seen no newer one.

import { agencyOf, readLists, statusAt, verifyList } from "./lists.js";
import { hex, sha256 } from "./signature.js";

const DAY = 86_400; // seconds between two time zones and two clocks: no answer turns on less

/**
 * The store over these files. `memory` is what was seen before, { name: [number, digest] }, and is
 * brought up to date. Whatever is not used is told in `problems`.
 */
export async function openStore({ pins, files, denied, sample, memory, now, facts }) {
  const store = { pins: await Promise.all(pins.map(pinned)), sources: [], statusLists: [], problems: [], denied, sample };
  const read = await Promise.all(files.map((file) => opened(file, facts, store.problems)));
  const of = (kind) => read.filter(Boolean).flatMap(({ name, lists }) => lists[kind].map((list) => ({ name, list })));
  for (const { name, list } of of("keyLists")) await addKeyList(store, name, list, memory, now);
  for (const { name, list } of of("statusLists")) await addStatusList(store, name, list, memory, now);
  const used = new Set([
    ...store.sources.map(({ pin }) => `keys ${pin.fingerprint}`),
    ...store.statusLists.flatMap(({ list }) => list.prefixes.map((prefix) => `status ${prefix}`)),
  ]);
  // An older copy beside the newest is no trouble: every page grows older than its lists.
  store.problems = store.problems.filter(({ names }) => !names?.every((name) => used.has(name)));
  return store;
}

async function pinned({ kind, label, spki, prefixes }) {
  const bytes = Uint8Array.from(spki.match(/../g), (two) => parseInt(two, 16));
  return { kind, label, prefixes, spki: bytes, fingerprint: hex(await sha256(bytes)) };
}

async function opened({ name, data }, facts, problems) {
  try {
    return { name, lists: await readLists(data, facts) };
  } catch (error) {
    const why = error.reason ?? error.name;
    problems.push({ name, zh: `无法读取（${why}），未采用`, en: `cannot be read (${why}): not used` });
    return null;
  }
}

async function addKeyList(store, name, list, memory, now) {
  const id = hex(list.message.keyId);
  let why = REFUSED.unknown;
  for (const pin of store.pins.filter(({ fingerprint }) => fingerprint.startsWith(id))) {
    why = await proves(pin, list);
    why ??= seenNewer(memory, [`keys ${pin.fingerprint}`], list, now);
    if (!why) {
      replace(store.sources, { name, pin, list }, (one) => one.pin === pin);
      return;
    }
  }
  store.problems.push({ name, ...why });
}

/** null if the pin proves the list, else why not. */
async function proves(pin, list) {
  const outcome = await verifyList(list, pin.spki);
  if (outcome !== "good") return outcome === "bad" ? REFUSED.bad : REFUSED.cannot;
  if (pin.kind !== "agency-key") return null;
  // A single agency's key vouches for itself, at the sites for which it was pinned, and for nobody else.
  const keys = list.agencies.flatMap((agency) => agency.keys);
  const isOwn = keys.length === 1 && hex(keys[0].spki) === hex(pin.spki);
  return isOwn && isWithin(list.agencies[0].prefixes, pin.prefixes) ? null : REFUSED.scope;
}

async function addStatusList(store, name, list, memory, now) {
  const signer = await signerOf(store, list);
  const names = list.prefixes.map((prefix) => `status ${prefix}`);
  const why = signer.why ?? seenNewer(memory, names, list, now);
  if (!why) replace(store.statusLists, { name, list, agency: signer.agency.name }, (one) => isWithin(one.list.prefixes, list.prefixes));
  else store.problems.push({ name, ...why });
}

/** { agency } that proves a status list, or { why } none does. */
async function signerOf(store, list) {
  const id = hex(list.message.keyId);
  let why = REFUSED.unknown;
  for (const { list: source, pin } of store.sources) {
    for (const agency of source.agencies.filter((one) => !isSample(store, pin, one))) {
      for (const key of agency.keys.filter((one) => one.id === id && maySign(one, list))) {
        const outcome = await verifyList(list, key.spki);
        if (outcome !== "good") why = outcome === "bad" ? REFUSED.bad : REFUSED.cannot;
        else if (isWithin(list.prefixes, agency.prefixes)) return { agency };
        else why = REFUSED.scope;
      }
    }
  }
  return { why };
}

/** Whether a key may have signed a status list of that day. */
function maySign(key, list) {
  if (key.status === "compromised" || (key.since && list.issued >= secondsOf(key.since) + 2 * DAY)) return false;
  return list.issued >= secondsOf(key.notBefore) - DAY && list.issued < secondsOf(key.notAfter) + 2 * DAY;
}

const REFUSED = {
  unknown: { zh: "不是本页信任的密钥签发的，未采用", en: "signed by no key this page trusts: not used" },
  bad: { zh: "签名不对，未采用", en: "its signature is wrong: not used" },
  cannot: { zh: "这个浏览器无法验证其签名，未采用", en: "this browser cannot check its signature: not used" },
  scope: { zh: "签发者无权代表这些站点，未采用", en: "its signer may not speak for these sites: not used" },
  older: { zh: "比本机以前见过的旧，未采用", en: "older than one this device has seen: not used", rolledBack: true },
  conflict: { zh: "与以前见过的同号而内容不同，未采用", en: "another list of the same number was seen: not used", rolledBack: true },
  future: { zh: "发布日期在将来，未采用；请检查时钟", en: "issued in the future: not used; check the clock" },
};

function seenNewer(memory, names, list, now) {
  if (list.issued > now.getTime() / 1000 + DAY) return REFUSED.future;
  const mine = [list.number, hex(list.message.signature)];
  for (const name of names) {
    const [number, signature] = Array.isArray(memory[name]) ? memory[name] : [0, ""];
    if (number > mine[0]) return { ...REFUSED.older, names };
    if (number === mine[0] && signature !== mine[1]) return { ...REFUSED.conflict, names };
  }
  for (const name of names) memory[name] = mine;
  return null;
}

function replace(lists, made, isReplaced) {
  lists.splice(0, lists.length, ...lists.filter((one) => !isReplaced(one)), made);
}

function isWithin(some, all) {
  return some.every((one) => all.includes(one));
}

const PREFERENCE = ["good", "compromised", "late", "early", "sample", "scope"];

/** How the key that a payload names stands towards its code and issue date; found: false where none has it. */
export function keyOf(store, { code, keyId, claims }, now) {
  if (!store.pins.length) return null;
  const id = hex(keyId);
  const standings = store.sources.flatMap((source) =>
    source.list.agencies.flatMap((agency) =>
      agency.keys.filter((key) => key.id === id).map((key) => standing(store, source, agency, key, code, claims.issueDate, now)),
    ),
  );
  const best = standings.sort((one, other) => PREFERENCE.indexOf(one.stands) - PREFERENCE.indexOf(other.stands))[0];
  if (best) return best;
  const rolledBack = store.sources.length === 0 && store.problems.some((one) => one.rolledBack);
  return { found: false, rolledBack };
}

function standing(store, { pin, list }, agency, key, code, issued, now) {
  const inScope = agency.prefixes.includes(code.slice(0, 13));
  const last = [key.notAfter, key.since ?? key.notAfter].sort()[0];
  let stands = "good";
  if (isSample(store, pin, agency)) stands = "sample";
  else if (!inScope) stands = "scope";
  else if (key.status === "compromised") stands = "compromised";
  else if (issued < key.notBefore) stands = "early";
  else if (issued > last) stands = "late";
  return {
    stands,
    found: true,
    sample: stands === "sample",
    agency: agency.name,
    spki: stands === "sample" ? null : key.spki,
    inScope,
    siteKnown: siteKnown(store, code),
    validThen: issued >= key.notBefore && issued <= last,
    period: `${key.notBefore} – ${key.notAfter}`,
    use: key.status,
    compromisedSince: key.status === "compromised" ? key.since : null,
    source: sourceOf("key-list", pin.label, list, now),
  };
}

/** Samples anybody can make: they count only on a page that says it is one. */
function isSample({ sample, denied }, pin, agency) {
  if (sample) return false;
  const names = [pin.label, agency.name];
  return denied.keys.includes(pin.fingerprint) || names.some((name) => name.includes(denied.mark));
}

/** What the newest list of the code's agency says of this version of the certificate. */
export function statusOf(store, { code, claims }, now) {
  const covering = store.statusLists.filter(({ list }) => list.prefixes.includes(code.slice(0, 13)));
  const best = covering.sort((one, other) => other.list.number - one.list.number)[0];
  if (!best) {
    const isOld = ({ rolledBack, names }) => rolledBack && names?.includes(`status ${code.slice(0, 13)}`);
    return { source: null, rolledBack: store.problems.some(isOld) };
  }
  const status = statusAt(best.list, claims.statusIndex) ?? "unknown";
  return { status, source: sourceOf("status-list", best.agency, best.list, now) };
}

// Whether any list here speaks of the site of a code.
function siteKnown(store, code) {
  return store.sources.some(({ list }) => agencyOf(list, code) !== null);
}

function sourceOf(kind, issuer, list, now) {
  return {
    kind,
    issuer,
    number: list.number,
    issued: dateOf(list.issued),
    expires: dateOf(list.expires),
    expired: now.getTime() / 1000 > list.expires,
  };
}

/** The day of a moment in seconds, in UTC. */
export function dateOf(moment) {
  return new Date(moment * 1000).toISOString().slice(0, 10);
}

function secondsOf(date) {
  return Date.parse(`${date}T00:00:00Z`) / 1000;
}
