"use strict";
// The editing page of a stock definition (纸张定义): boxes over the scan, moved by hand, saved as TOML.
// Nothing is fetched and nothing leaves the page but the file that is saved. Lengths are millimetres.
(() => {
  const page = JSON.parse(document.getElementById("data").textContent);
  const tree = page.tree;
  const byId = (id) => document.getElementById(id);
  const stage = byId("stage"), sheet = byId("sheet"), place = byId("place");
  let lang = (navigator.language || "zh").toLowerCase().startsWith("zh") ? "zh" : "en";
  let pixels = 4; // a millimetre
  let chosen = null, changed = false, drag = null;

  // The definition, as certgen.stock.writing writes it

  function number(value) {
    const text = value.toFixed(4).replace(/0+$/, "").replace(/\.$/, "");
    return text === "-0" ? "0" : text;
  }

  function pairs(table, name) {
    return page.order[name].filter((key) => key in table).map((key) => {
      const value = table[key];
      return `${key} = ${typeof value === "number" ? number(value) : JSON.stringify(value)}`;
    });
  }

  function dumps() {
    const lines = [page.head, ...pairs(tree, "")];
    for (const name of ["scan", "check", "photo", "qr"]) {
      if (name in tree) lines.push("", `[${name}]`, ...pairs(tree[name], name));
    }
    for (const name of ["seal", "slot"]) {
      for (const row of tree[name] || []) lines.push("", `[[${name}]]`, ...pairs(row, name));
    }
    return lines.join("\n") + "\n";
  }

  // A slot: what the page knows of it, and its entry in the tree

  function peek(slot) {
    switch (slot.kind) {
      case "seal": return tree.seal.find((row) => `seal.${row.owner}` === slot.id);
      case "photo": case "qr": case "check": return tree[slot.kind] || {};
      default: return tree.slot.find((row) => row.id === slot.id && (row.side || 1) === slot.side);
    }
  }

  function entry(slot) {
    if (["photo", "qr", "check"].includes(slot.kind) && !(slot.kind in tree)) {
      tree[slot.kind] = slot.kind === "qr" ? { state: "data" } : {};
    }
    return peek(slot);
  }

  const stateOf = (slot) => peek(slot).state || "data";

  function placeOf(slot) {
    const row = peek(slot);
    const dx = row.dx || 0, dy = row.dy || 0;
    if (slot.kind === "text") {
      return { x0: row.x0 ?? slot.x0 + dx, x1: row.x1 ?? slot.x1 + dx, y: row.baseline ?? slot.y + dy };
    }
    if (slot.kind === "rule") return { x0: slot.x0 + dx, x1: slot.x1 + dx, y: slot.y + dy };
    const x = row.x ?? slot.x0, y = row.y ?? slot.y;
    return { x0: x, x1: x + slot.x1 - slot.x0, y };
  }

  const rounded = (value) => Math.round(value * 100) / 100;

  function put(slot, at) {
    const row = entry(slot);
    if (slot.kind === "text") {
      delete row.dx; delete row.dy;
      Object.assign(row, { x0: rounded(at.x0), x1: rounded(at.x1), baseline: rounded(at.y) });
    } else if (slot.kind === "rule") {
      Object.assign(row, { dx: rounded(at.x0 - slot.x0), dy: rounded(at.y - slot.y) });
    } else {
      Object.assign(row, { x: rounded(at.x0), y: rounded(at.y) });
    }
    touched(slot);
  }

  function asInLayout(slot) {
    if (slot.kind === "photo" || slot.kind === "check") {
      delete tree[slot.kind];
    } else {
      for (const key of ["x0", "x1", "baseline", "dx", "dy", "max_lines", "x", "y"]) delete entry(slot)[key];
    }
    touched(slot);
  }

  function touched(slot) {
    changed = true;
    byId("state").textContent = page.words[lang].changed;
    draw(slot);
    if (slot === chosen) refreshPlace();
  }

  // Boxes over the scan

  const lines = (slot) => peek(slot).max_lines || slot.lines;

  function draw(slot) {
    const box = slot.box;
    if (!box) return;
    const at = placeOf(slot), state = stateOf(slot);
    const above = slot.above + (slot.grows ? (lines(slot) - 1) * slot.leading : 0);
    box.className = `box ${state} ${slot.value ? "value" : ""} ${slot === chosen ? "chosen" : ""}`;
    const style = box.style;
    style.left = `${(at.x0 - slot.half) * pixels}px`;
    style.top = `${(at.y - above) * pixels}px`;
    style.width = `${Math.max(1, at.x1 - at.x0 + 2 * slot.half) * pixels}px`;
    style.height = `${(above + slot.below) * pixels}px`;
    const text = box.firstChild;
    text.style.fontSize = `${slot.em * pixels}px`;
    if (slot.kind === "text") text.style.bottom = `${(slot.below - 0.12 * slot.em) * pixels}px`; else text.style.top = "0";
    if (slot.align === "centre") { text.style.left = "50%"; text.style.transform = "translateX(-50%)"; }
    if (slot.align === "right") text.style.right = "0";
    if (box.base) box.base.style.top = `${above * pixels}px`;
  }

  function drawAll() {
    sheet.style.width = `${page.width * pixels}px`;
    sheet.style.height = `${page.height * pixels}px`;
    byId("zoom").textContent = `${Math.round(pixels * 25)} %`;
    page.slots.forEach(draw);
  }

  function make(slot) {
    if (slot.side !== 1 || slot.kind === "shape") return;
    const box = document.createElement("div");
    box.append(document.createElement("span"));
    box.tabIndex = 0;
    box.dataset.slot = slot.id;
    if (slot.kind === "text") {
      box.base = document.createElement("div");
      box.base.className = "base";
      const handle = document.createElement("i");
      box.append(box.base, handle);
    }
    box.addEventListener("focus", () => choose(slot));
    box.addEventListener("pointerdown", (event) => {
      choose(slot);
      if (event.button !== 0) return;
      drag = { slot, wide: event.target.tagName === "I", x: event.clientX, y: event.clientY, at: placeOf(slot) };
      box.setPointerCapture(event.pointerId);
    });
    box.addEventListener("pointermove", (event) => {
      if (!drag || drag.slot !== slot) return;
      const dx = (event.clientX - drag.x) / pixels, dy = (event.clientY - drag.y) / pixels;
      if (!drag.moved && Math.hypot(dx, dy) * pixels < 3) return; // a click is no move
      drag.moved = true;
      put(slot, drag.wide ? { ...drag.at, x1: Math.max(drag.at.x0 + 2, drag.at.x1 + dx) }
        : { x0: drag.at.x0 + dx, x1: drag.at.x1 + dx, y: drag.at.y + dy });
    });
    box.addEventListener("pointerup", () => { drag = null; });
    box.addEventListener("pointercancel", () => { drag = null; });
    slot.box = box;
    sheet.append(box);
  }

  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  document.addEventListener("keydown", (event) => {
    const by = ARROWS[event.key];
    if (!by || !chosen || !chosen.box || event.target.tagName === "INPUT") return;
    event.preventDefault();
    const step = event.shiftKey ? 1 : 0.1, at = placeOf(chosen);
    put(chosen, { x0: at.x0 + by[0] * step, x1: at.x1 + by[0] * step, y: at.y + by[1] * step });
  });

  // The list, and the place of the chosen slot

  function choose(slot) {
    if (chosen === slot) return;
    const before = chosen;
    chosen = slot;
    for (const one of [before, slot]) {
      if (one) { one.row.classList.toggle("chosen", one === chosen); draw(one); }
    }
    showPlace();
  }

  function field(label, value, key, step) {
    const made = document.createElement("label");
    const input = document.createElement("input");
    Object.assign(input, { type: "number", step, value: rounded(value), name: key });
    made.append(`${label} `, input);
    return made;
  }

  function showPlace() {
    place.replaceChildren();
    const words = page.words[lang];
    const title = document.createElement("b");
    title.textContent = chosen ? `${chosen.title[lang]}  ${chosen.id}` : words.choose;
    place.append(title);
    if (!chosen || !chosen.box) return;
    const at = placeOf(chosen);
    place.append(field(words.x0, at.x0, "x0", 0.1));
    if (chosen.kind === "text") place.append(field(words.x1, at.x1, "x1", 0.1));
    place.append(field(chosen.kind === "text" ? words.baseline : words.y, at.y, "y", 0.1));
    if (chosen.lines > 1) place.append(field(words.lines, lines(chosen), "lines", 1));
    const reset = document.createElement("button");
    Object.assign(reset, { type: "button", textContent: words.reset });
    reset.addEventListener("click", () => asInLayout(chosen));
    place.append(reset);
  }

  function refreshPlace() { // leaves the focus where it is
    const at = placeOf(chosen), shown = { ...at, lines: lines(chosen) };
    for (const input of place.querySelectorAll("input")) input.value = rounded(shown[input.name]);
  }

  place.addEventListener("submit", (event) => event.preventDefault());
  place.addEventListener("change", (event) => {
    const value = Number(event.target.value), name = event.target.name;
    if (!Number.isFinite(value) || event.target.value === "") { refreshPlace(); return; }
    if (name === "lines") {
      const row = entry(chosen), count = Math.min(chosen.lines, Math.max(1, Math.round(value)));
      if (count === chosen.lines) delete row.max_lines; else row.max_lines = count;
      touched(chosen);
      return;
    }
    const at = placeOf(chosen);
    if (name === "x0" && chosen.kind !== "text") at.x1 += value - at.x0;
    at[name] = value;
    put(chosen, at);
  });

  function tick(slot, state) {
    const cell = document.createElement("td");
    cell.className = "tick";
    if (slot.may.includes(state)) {
      const input = document.createElement("input");
      Object.assign(input, { type: "checkbox", checked: stateOf(slot) === state });
      input.dataset.state = state;
      input.setAttribute("aria-label", `${slot.title.zh} ${state}`);
      input.addEventListener("change", () => {
        entry(slot).state = input.checked ? state : "data";
        for (const other of slot.row.querySelectorAll("input")) other.checked = other.dataset.state === entry(slot).state;
        touched(slot);
      });
      cell.append(input);
    }
    return cell;
  }

  function list() {
    const rows = page.slots.map((slot) => {
      const row = document.createElement("tr");
      row.dataset.slot = slot.side === 1 ? slot.id : `${slot.side}/${slot.id}`;
      const name = document.createElement("td");
      row.append(name, tick(slot, "printed"), tick(slot, "none"));
      row.addEventListener("click", (event) => {
        choose(slot);
        if (slot.box && event.target.tagName !== "INPUT") slot.box.scrollIntoView({ block: "nearest", inline: "nearest" });
      });
      slot.row = row;
      slot.name = name;
      return row;
    });
    byId("slots").replaceChildren(...rows);
  }

  // Words, zoom, saving

  function speak() {
    const words = page.words[lang];
    document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
    document.title = byId("heading").textContent = `${words.title} ${tree.version}`;
    byId("help").textContent = words.help;
    byId("language").textContent = words.other;
    byId("save").textContent = words.save;
    byId("state").textContent = changed ? words.changed : "";
    byId("heads").replaceChildren(...[words.slot, words.printed, words.none].map((text) => {
      const head = document.createElement("th");
      head.textContent = text;
      return head;
    }));
    for (const slot of page.slots) {
      slot.name.textContent = slot.title[lang] + (slot.side === 1 ? "" : ` (${words.side} ${slot.side})`);
      slot.name.title = slot.id;
      if (slot.box) {
        slot.box.firstChild.textContent = slot.kind === "rule" ? "" : slot.sample || slot.title[lang];
        slot.box.title = `${slot.title[lang]} ${slot.id}`;
      }
    }
    showPlace();
  }

  function zoom(by) {
    const middle = [(stage.scrollLeft + stage.clientWidth / 2) / pixels, (stage.scrollTop + stage.clientHeight / 2) / pixels];
    pixels = Math.min(20, Math.max(1.5, pixels * by));
    drawAll();
    stage.scrollLeft = middle[0] * pixels - stage.clientWidth / 2;
    stage.scrollTop = middle[1] * pixels - stage.clientHeight / 2;
  }

  byId("smaller").addEventListener("click", () => zoom(1 / 1.25));
  byId("larger").addEventListener("click", () => zoom(1.25));
  byId("language").addEventListener("click", () => { lang = lang === "zh" ? "en" : "zh"; speak(); });
  byId("save").addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([dumps()], { type: "application/toml" }));
    link.download = page.file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    changed = false;
    byId("state").textContent = page.words[lang].saved;
  });
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });

  if (page.picture) byId("scan").src = page.picture; else { byId("scan").remove(); sheet.className = "bare"; }
  page.slots.forEach(make);
  list();
  pixels = Math.max(1.5, (stage.clientWidth - 26) / page.width);
  speak();
  drawAll();
})();
