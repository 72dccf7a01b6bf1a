// Asks the decoder, in a worker where the page is served, in the page itself where it is opened from a disk.

import { CAMERA_STAGES, read, zxing } from "./reading.js";
import { isOurs } from "./payload.js";
import { PictureError } from "./picture.js";

const SECONDS = 15;
const isFile = globalThis.location?.protocol === "file:";

let worker = null;
let wasm = null;
let here = null; // the decoder in this thread
let asked = 0;
const waiting = new Map(); // by number: who asked, so that no answer goes to another

/** What reading.js finds in these pixels. Raises PictureError where it takes too long or cannot start. */
export async function find(picture, { camera = false } = {}) {
  if (isFile) return findHere(picture, camera);
  await start();
  const id = ++asked;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => stop("took_long"), SECONDS * 1000);
    waiting.set(id, { resolve, reject, timer });
    worker.postMessage({ id, picture, camera }, [picture.data.buffer]);
  });
}

async function start() {
  try {
    wasm ??= await (await fetch("zxing_reader.wasm")).arrayBuffer();
  } catch {
    throw new PictureError("no_decoder");
  }
  if (worker) return;
  worker = new Worker("worker.js");
  worker.onmessage = ({ data: { id, failed, reading } }) => {
    if (failed) return stop("no_decoder");
    const asker = waiting.get(id);
    waiting.delete(id);
    clearTimeout(asker?.timer);
    return asker?.resolve(reading);
  };
  worker.onerror = () => stop("no_decoder");
  worker.postMessage({ wasm });
}

// Ends the thread, whatever it is doing; the next picture gets a new one.
function stop(word) {
  worker?.terminate();
  worker = null;
  for (const { reject, timer } of waiting.values()) {
    clearTimeout(timer);
    reject(new PictureError(word));
  }
  waiting.clear();
}

async function findHere(picture, camera) {
  try {
    here ??= await startedHere();
  } catch {
    throw new PictureError("no_decoder");
  }
  const options = camera ? { stages: CAMERA_STAGES, budget: 1500 } : {};
  return read(picture, here, isOurs, options);
}

// From a disk nothing can be fetched: the WASM comes as a script of base64.
async function startedHere() {
  await loaded("zxing.js");
  await loaded("zxing_wasm.js");
  const wasmBinary = Uint8Array.from(atob(globalThis.ZXING_WASM), (one) => one.charCodeAt(0)).buffer;
  await globalThis.ZXingWASM.prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  return zxing(globalThis.ZXingWASM);
}

function loaded(source) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = source;
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
}
