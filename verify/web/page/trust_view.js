// Shows what the page trusts: pinned keys by fingerprint, every list with its number and dates.

import { dateOf } from "./store.js";
import { h } from "./view.js";
import { pick, say } from "./words.js";

const SHOWN = 12; // agencies of a list that are named

/** Fills `place`. */
export function showTrust(place, { store }, lang) {
  place.replaceChildren(
    ...store.pins.map((pin) => pinned(pin, lang)),
    ...store.sources.map((one) => keyList(one, lang)),
    ...store.statusLists.map((one) => statusList(one, lang)),
    ...store.problems.map((one) => h("p", { class: "warning" }, `${one.name}: ${pick(one, lang)}`)),
    ...(store.pins.length ? [] : [h("p", { class: "warning" }, say("trusts_nothing", lang))]),
  );
}

function pinned({ kind, label, fingerprint }, lang) {
  return block(say(kind === "list-root" ? "pin_root" : "pin_agency", lang), [
    [say("pin_label", lang), label],
    [say("fingerprint", lang), h("span", { class: "digits" }, fingerprint.match(/.{4}/g).join(" "))],
  ]);
}

function keyList({ name, list }, lang) {
  const names = list.agencies.slice(0, SHOWN).map((agency) => agency.name);
  if (list.agencies.length > SHOWN) names.push("…");
  return block(say("key_list", lang), [
    [say("list_file", lang), name],
    ...dated(list, lang),
    [say("agencies", lang), `${list.agencies.length}: ${names.join(pick(["、", ", "], lang))}`],
  ]);
}

function statusList({ name, list, agency }, lang) {
  return block(say("status_list", lang), [[say("list_file", lang), name], [say("field_agency", lang), agency], ...dated(list, lang)]);
}

function dated({ number, issued, expires }, lang) {
  const dates = say("from_to", lang, { from: dateOf(issued), to: dateOf(expires) });
  const late = Date.now() / 1000 > expires ? h("span", { class: "late" }, say("list_late", lang)) : null;
  return [
    [say("list_number", lang), String(number)],
    [say("list_dates", lang), late ? h("span", {}, `${dates}　`, late) : dates],
  ];
}

function block(title, rows) {
  const terms = rows.flatMap(([term, value]) => [h("dt", {}, term), h("dd", {}, value)]);
  return h("div", { class: "one" }, h("h3", {}, title), h("dl", {}, ...terms));
}
