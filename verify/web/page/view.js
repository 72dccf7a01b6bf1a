// Draws a result: verdict, signed fields to compare with the paper, evidence, the number explained.
//
// Text only ever becomes text nodes: nothing a certificate says is read as HTML.

import { pick, say } from "./words.js";

const SIGNS = { passed: "✓", failed: "✕", skipped: "?", error: "!" };
const PATHS = {
  VALID: "M12 21l6 6 11-13",
  INVALID: "M13 13l14 14M27 13L13 27",
  INDETERMINATE: "M14.5 15.5a5.5 5.5 0 1 1 8 4.9c-1.6 .9-2.5 1.8-2.5 3.6M20 29.4v.1",
};

/** Fills `place` with the result and returns the heading that is to have the focus. */
export function show(place, result, lang, { facts, actions }) {
  const title = h("h2", { id: "answer-title", tabindex: "-1" }, pick(facts.judgement.verdicts[result.verdict], lang));
  place.replaceChildren(
    h(
      "div",
      { class: `verdict ${result.verdict}` },
      sign(result.verdict),
      title,
      h("p", {}, pick(result.headline, lang)),
    ),
    ...warnings(result, lang),
    beside(result, lang, facts),
    evidence(result, lang, facts),
    ...(result.parts ? [parts(result, lang)] : []),
    ...advice(result, lang),
    official(result, lang, facts),
    buttons(result, lang, actions),
  );
  place.hidden = false;
  return title;
}

/** An element: attributes, then children that are elements or text. */
export function h(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value !== null && value !== false) made.setAttribute(name, value);
  }
  made.append(...children.flat().filter((one) => one !== null && one !== undefined));
  return made;
}

function sign(verdict) {
  const svg = (tag, attributes) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  };
  const drawn = svg("svg", { viewBox: "0 0 40 40", "aria-hidden": "true", focusable: "false" });
  drawn.append(svg("circle", { class: "disc", cx: 20, cy: 20, r: 19 }), svg("path", { class: "sign", d: PATHS[verdict] }));
  return drawn;
}

function warnings(result, lang) {
  return result.warnings.map((said) => h("p", { class: "warning" }, pick(said, lang)));
}

function advice(result, lang) {
  if (!result.advice.length) return [];
  const steps = result.advice.map((said) => h("li", {}, pick(said, lang)));
  return [h("div", { class: "card" }, h("h3", {}, say("advice", lang)), h("ul", { class: "steps" }, ...steps))];
}

function beside(result, lang, facts) {
  const left = result.fields ? fields(result, lang, facts) : typed(result, lang);
  if (!result.canvas) return h("div", { class: "beside" }, left);
  const { canvas, reading } = result;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", say("picture_label", lang));
  const stage = typeof reading.stage === "string" ? reading.stage : reading.stage && pick(reading.stage, lang);
  const how = stage ? say("how_read", lang, { stage, ms: reading.milliseconds }) : "";
  const right = h("div", { class: "card seen" }, h("h3", {}, say("picture", lang)), canvas, h("p", { class: "hint" }, how));
  return h("div", { class: "beside with" }, left, right);
}

const KINDS = { name: "name", identity_tail: "digits", code: "digits", issue_date: "digits" };

function fields(result, lang, facts) {
  const { code, isTrusted } = result;
  const tally = h("p", { class: "tally", role: "status" });
  const list = h("dl", { class: "fields" });
  const ticks = [];
  result.ticked ??= new Set(); // kept with the result: another language is no other comparison
  const count = () => {
    const n = result.ticked.size;
    const word = n === ticks.length ? "tally_all" : "tally";
    tally.textContent = say(word, lang, { n, all: ticks.length });
    tally.classList.toggle("all", n === ticks.length);
  };
  for (const { field, value } of result.fields) {
    const label = say(`field_${field}`, lang);
    let tick = null;
    if (isTrusted) {
      const box = h("input", { type: "checkbox", "aria-label": `${label}：${say("agrees", lang)}` });
      box.checked = result.ticked.has(field);
      box.addEventListener("change", () => {
        if (box.checked) result.ticked.add(field);
        else result.ticked.delete(field);
        count();
      });
      ticks.push(box);
      tick = h("dd", { class: "tick-cell" }, h("label", { class: "tick" }, box, say("agrees", lang)));
    }
    const shown = h("dd", { class: KINDS[field] ?? "" }, written(field, value, lang, facts));
    list.append(h("div", { class: "field" }, h("dt", {}, label), shown, tick));
  }
  if (ticks.length) count();
  const copies = h(
    "p",
    { class: "buttons" },
    copy(say("field_name", lang), result.fields.find(({ field }) => field === "name")?.value ?? "", lang),
    copy(say("field_code", lang), code, lang),
  );
  return h(
    "div",
    { class: isTrusted ? "card signed" : "card untrusted" },
    h("h3", {}, say(isTrusted ? "compare" : "untrusted", lang)),
    h("p", { class: isTrusted ? "hint" : "warning" }, say(isTrusted ? "compare_why" : "untrusted_why", lang)),
    list,
    isTrusted ? tally : null,
    copies,
  );
}

/** A value as a person reads it. */
function written(field, value, lang, { identity_types: types, levels }) {
  if (field === "identity_type") return Object.hasOwn(types, value) ? pick(types[value], lang) : value;
  if (field === "level") return Object.hasOwn(levels, value) ? levels[value] : value;
  if (field === "code") return grouped(value);
  return value || say("no_job", lang);
}

function typed(result, lang) {
  return h(
    "div",
    { class: "card" },
    h("div", { class: "compare" }, h("h3", {}, say("field_code", lang)), copy(say("field_code", lang), result.code, lang)),
    h("p", { class: "digits" }, result.parts ? grouped(result.code) : result.code.slice(0, 80)),
    result.problem ? h("p", { class: "warning" }, pick(result.problem, lang)) : null,
  );
}

/** Y0000 41 000123 26 3 000001: as people read it aloud. */
export function grouped(code) {
  const found = /^(.{5})(..)(.{6})(..)(.)(.{6})$/.exec(code);
  return found ? found.slice(1).join(" ") : code;
}

function evidence(result, lang, facts) {
  const { axes, answers, axis_names: names } = facts.judgement;
  const groups = axes.map((axis) => {
    const answer = result.answers[axis];
    const rows = result.evidence.filter((one) => one.axis === axis);
    return h(
      "div",
      { class: `axis ${answer}` },
      h("p", {}, h("span", {}, pick(names[axis], lang)), h("span", { class: "said" }, pick(answers[answer], lang))),
      h("ol", { class: "evidence" }, ...rows.map((one) => item(one, lang, facts))),
    );
  });
  return h("div", { class: "card" }, h("h3", {}, say("evidence", lang)), h("div", { class: "axes" }, ...groups));
}

function item(one, lang, facts) {
  const outcome = pick(facts.judgement.outcomes[one.outcome], lang);
  return h(
    "li",
    { class: one.outcome, "data-check": one.check, "data-reason": one.reason ?? "" },
    h("span", { class: "sign", role: "img", "aria-label": outcome }, SIGNS[one.outcome]),
    h("div", {}, h("p", {}, pick(one.said, lang)), one.clause ? h("p", { class: "clause" }, one.clause) : null),
  );
}

function parts(result, lang) {
  const heads = ["place", "digits", "part", "meaning"].map((word) => h("th", { scope: "col" }, say(word, lang)));
  const rows = result.parts.map((one) =>
    h(
      "tr",
      {},
      h("td", {}, one.first === one.last ? `${one.first}` : `${one.first}–${one.last}`),
      h("td", { class: "digits" }, one.text),
      h("th", { scope: "row" }, pick(one.name, lang)),
      h("td", {}, pick(one.meaning, lang)),
      h("td", { class: "clause" }, one.clause),
    ),
  );
  const table = h(
    "table",
    { class: "parts" },
    h("thead", {}, h("tr", {}, ...heads, h("th", { scope: "col", class: "clause" }, say("clause", lang)))),
    h("tbody", {}, ...rows),
  );
  return h("div", { class: "card" }, h("h3", { id: "parts-title" }, say("parts", lang)), table);
}

function official(result, lang, { queries }) {
  const row = (word, value) =>
    h(
      "p",
      {},
      h("span", {}, `${say(word, lang)} `, h("span", { class: "digits value" }, value)),
      copy(say(word, lang), value, lang),
    );
  return h(
    "div",
    { class: "card official" },
    h("h3", {}, say("official", lang)),
    h("div", { class: "hint" }, say("official_why", lang)),
    row("query_certificate", queries.certificate),
    row("query_institution", queries.institution),
  );
}

function copy(what, value, lang) {
  const button = h("button", { type: "button", class: "small" }, say("copy_what", lang, { what }));
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(value);
      button.textContent = say("copied", lang);
    } catch {
      button.textContent = say("copy_failed", lang);
    }
  });
  return button;
}

function buttons(result, lang, { again, forget }) {
  return h(
    "div",
    { class: "card" },
    h("p", { class: "hint" }, `${say(result.computed, lang)} · ${say("checked_at", lang, { time: result.time })}`),
    h(
      "div",
      { class: "actions" },
      h("button", { type: "button", class: "primary", click: again }, say("again", lang)),
      h("button", { type: "button", click: () => globalThis.print() }, say("print", lang)),
      result.isFromAddress ? h("button", { type: "button", click: forget }, say("forget", lang)) : null,
    ),
  );
}
