// Brings what the store needs: the lists as published now, those built into the page, what this device has seen.

import { keyOf, openStore, statusOf } from "./store.js";

const SEEN = "certverify.seen";
const NOTHING = {
  store: { pins: [], sources: [], statusLists: [], problems: [] },
  key: () => null,
  status: () => ({ source: null, rolledBack: false }),
};

/** The trust of this page, ready to be asked. */
export async function openTrust(config, facts) {
  if (!globalThis.crypto?.subtle) return NOTHING; // plain http: the page says so where it matters
  const memory = remembered();
  const files = (await Promise.all(config.trust.lists.map(copies))).flat();
  const { pins, denied } = config.trust;
  const { sample } = config;
  const store = await openStore({ pins, files, denied, sample, memory, now: new Date(), facts });
  keep(memory);
  return {
    store,
    key: (signed, now) => keyOf(store, signed, now),
    status: (signed, now) => statusOf(store, signed, now),
  };
}

/** The file as it was built in, then as it is published now, if it can be had and differs. */
async function copies({ name, data }) {
  const built = { name, data: Uint8Array.from(atob(data), (one) => one.charCodeAt(0)) };
  if (location.protocol === "file:") return [built];
  try {
    const answer = await fetch(`lists/${name}`, { cache: "no-cache", credentials: "omit", redirect: "error" });
    if (!answer.ok) return [built];
    const now = new Uint8Array(await answer.arrayBuffer());
    const isSame = now.length === built.data.length && now.every((byte, n) => byte === built.data[n]);
    return isSame ? [built] : [built, { name, data: now }];
  } catch {
    return [built];
  }
}

function remembered() {
  try {
    const found = JSON.parse(localStorage.getItem(SEEN) ?? "{}");
    return found !== null && typeof found === "object" ? found : {};
  } catch {
    return {}; // forbidden or spoiled: this visit remembers by itself
  }
}

function keep(memory) {
  try {
    localStorage.setItem(SEEN, JSON.stringify(memory));
  } catch {
    // forbidden: the next visit starts anew
  }
}
