// The page itself: takes a picture, a camera frame, a typed number or the address, and shows the result.

import { check } from "./checks.js";
import { openTrust } from "./trust.js";
import { showTrust } from "./trust_view.js";
import { PictureError, checkSize, load, shown } from "./picture.js";
import { find } from "./decoder.js";
import { watch, whyNot } from "./camera.js";
import { RefusedError, ask, fromReport } from "./report.js";
import { pick, say } from "./words.js";
import { show } from "./view.js";

const { facts, config } = globalThis.CERTVERIFY;
const at = (id) => document.getElementById(id);

const state = { lang: firstLanguage(), result: null, trust: null, stop: null, doing: null, turn: 0, camera: 0 };

function firstLanguage() {
  const kept = remembered("certverify.lang");
  if (kept === "zh" || kept === "en") return kept;
  return (navigator.language || "zh").toLowerCase().startsWith("zh") ? "zh" : "en";
}

function remembered(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage may be forbidden; the page works without
  }
}

function speak(lang) {
  state.lang = lang;
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  document.title = say("title", lang);
  for (const one of document.querySelectorAll("[data-say]")) one.textContent = say(one.dataset.say, lang);
  at("publisher").textContent = pick(config.publisher, lang);
  at("language").textContent = lang === "zh" ? "English" : "中文";
  at("language").lang = lang === "zh" ? "en" : "zh-CN";
  at("version").textContent = say("version", lang, { version: config.version, built: config.built });
  if (state.doing) at("doing").textContent = say(state.doing.word, lang, state.doing.values);
  if (state.trust) showTrust(at("trusted"), state.trust, lang);
  if (state.result) draw();
}

function tell(word, values = {}, isTrouble = false) {
  state.doing = word ? { word, values } : null;
  const place = at("doing");
  place.classList.toggle("trouble", isTrouble);
  place.classList.toggle("done", word === "done"); // for ears only: eyes see the result
  place.textContent = word ? say(word, state.lang, values) : "";
}

function draw() {
  return show(at("answer"), state.result, state.lang, { facts, actions: { again, forget } });
}

/** Runs one request; a later one makes an earlier one silent. */
async function run(work) {
  const turn = ++state.turn;
  closeCamera();
  state.result = null;
  at("answer").hidden = true;
  try {
    const result = await work();
    if (turn !== state.turn) return;
    state.result = result;
    tell("done", { verdict: pick(facts.judgement.verdicts[result.verdict], state.lang) });
    const title = draw();
    title.focus({ preventScroll: true });
    at("answer").scrollIntoView({ block: "start" });
  } catch (error) {
    if (turn !== state.turn) return;
    if (error instanceof PictureError) tell(error.word, error.values, true);
    else if (error instanceof RefusedError) tell("refused", { why: pick(error.said, state.lang) }, true);
    else tell("broke", { kind: error?.name ?? "Error" }, true);
  }
}

async function checked(text, more = {}) {
  if (!globalThis.crypto?.subtle && text.includes("#")) throw new PictureError("insecure");
  const result = await check(text, { facts, config, trust: await state.trustReady, now: new Date(), ...more });
  return { ...result, computed: "computed_here", time: clock(), ...more };
}

function clock() {
  return new Date().toLocaleString("sv-SE", { timeZoneName: "short" });
}

function checkFile(file) {
  if (config.api) return run(() => checkedByProgram(file));
  return run(async () => {
    tell("reading");
    const { pixels, canvas } = await load(file);
    const reading = await find(pixels);
    return read(reading, canvas);
  });
}

/** Served by `certverify serve`: the program reads more than a browser can, PDF signatures above all. */
async function checkedByProgram(file) {
  checkSize(file);
  tell("sending");
  const [report, picture] = await Promise.all([ask(config.api, file), load(file).catch(() => null)]);
  const canvas = picture && shown(picture.canvas, []);
  return { ...fromReport(report, facts), computed: "computed_python", time: clock(), canvas };
}

async function read(reading, canvas) {
  if (reading.text === null) {
    if (!reading.others.length) throw new PictureError("nothing_found");
    throw new PictureError("others_found", { text: reading.others[0].slice(0, 120) });
  }
  tell("checking");
  return checked(reading.text, { reading, canvas: shown(canvas, reading.corners) });
}

async function openCamera() {
  closeCamera();
  const turn = ++state.camera;
  at("viewfinder").hidden = false;
  tell("camera_on");
  try {
    const stop = await watch(
      at("video"),
      ({ reading, canvas }) => run(() => read(reading, canvas)),
      (error) => {
        closeCamera();
        tell(error instanceof PictureError ? error.word : "no_decoder", {}, true);
      },
    );
    if (turn !== state.camera) {
      stop(); // somebody closed it before it was open
      return;
    }
    state.stop = stop;
    at("stop").focus();
  } catch (error) {
    if (turn !== state.camera) return;
    closeCamera();
    tell("camera_no", { why: say(whyNot(error), state.lang) }, true);
  }
}

function closeCamera() {
  state.camera++;
  state.stop?.();
  state.stop = null;
  at("viewfinder").hidden = true;
}

function again() {
  state.result = null;
  at("answer").hidden = true;
  at("file").value = "";
  at("code").value = "";
  tell(null);
  at("ask").focus();
  at("ask").scrollIntoView();
}

function forget() {
  history.replaceState(null, "", "./");
  state.result = { ...state.result, isFromAddress: false };
  draw().focus({ preventScroll: true });
  tell("forgotten");
}

function checkAddress() {
  const found = /\/c\/([YS][0-9]{21})$/.exec(location.pathname);
  if (!found) return;
  const text = `https://${location.hostname}/c/${found[1]}${location.hash}`;
  run(() => {
    tell("checking");
    return checked(text, { isFromAddress: true });
  });
}

function listen() {
  at("language").addEventListener("click", () => {
    speak(state.lang === "zh" ? "en" : "zh");
    try {
      localStorage.setItem("certverify.lang", state.lang);
    } catch {
      // nothing is lost but the choice
    }
  });
  at("file").addEventListener("change", () => at("file").files[0] && checkFile(at("file").files[0]));
  at("camera").addEventListener("click", openCamera);
  at("stop").addEventListener("click", () => {
    closeCamera();
    tell(null);
    at("camera").focus();
  });
  at("typed").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = at("code").value.trim();
    if (!text) {
      tell("empty", {}, true);
      at("code").focus();
    } else {
      run(() => checked(text, { isTyped: true }));
    }
  });
  document.addEventListener("paste", (event) => {
    const file = [...event.clipboardData.files].find((one) => one.type.startsWith("image/"));
    if (file) checkFile(file);
  });
  const drop = at("drop");
  document.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
  document.addEventListener("dragleave", () => drop.classList.remove("over"));
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    if (event.dataTransfer.files[0]) checkFile(event.dataTransfer.files[0]);
  });
  addEventListener("hashchange", checkAddress);
  document.addEventListener("visibilitychange", () => document.hidden && state.stop && closeCamera());
}

async function keepForOffline() {
  if (location.protocol === "file:") return;
  document.head.append(Object.assign(document.createElement("link"), { rel: "manifest", href: "manifest.json" }));
  const isServed = location.protocol === "https:" || ["localhost", "127.0.0.1"].includes(location.hostname);
  if (!isServed || !("serviceWorker" in navigator)) return;
  try {
    const { serviceWorker } = navigator;
    if (serviceWorker.controller) {
      serviceWorker.addEventListener("controllerchange", () => state.result || state.doing || location.reload());
    }
    await serviceWorker.register("sw.js");
  } catch {
    // the page works without; only a reload needs the network then
  }
}

state.trustReady = openTrust(config, facts).then((trust) => {
  state.trust = trust;
  showTrust(at("trusted"), trust, state.lang);
  return trust;
});
at("sample").hidden = !config.sample;
if (config.api) {
  at("file").accept = "image/*,application/pdf,.pdf";
  at("file-label").querySelector("span").dataset.say = "file_any";
  document.querySelector("[data-say=private]").dataset.say = "private_here";
  document.querySelector("[data-say=way_picture_hint]").dataset.say = "way_file_hint";
}
listen();
speak(state.lang);
checkAddress();
keepForOffline();
document.documentElement.dataset.ready = "yes";
