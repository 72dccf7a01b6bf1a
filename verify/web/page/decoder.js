// Asks the decoder, in a worker where the page is served, in the page itself where it is opened from a disk.

import { CAMERA_STAGES, read, zxing } from "./reading.js";
import { isOurs } from "./payload.js";
import { PictureError } from "./picture.js";

const SECONDS = 15;
const isFile = globalThis.location?.protocol === "file:";

let worker = null;
let wasm = null;
let here = null; // the decoder in this thread

/** What reading.js finds in these pixels. Raises PictureError where it takes too long or cannot start. */
export async function find(picture, { camera = false } = {}) {
  if (isFile) return findHere(picture, camera);
  const asked = await started();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => stop(new PictureError("took_long")), SECONDS * 1000);
    const stop = (error) => {
      clearTimeout(timer);
      asked.terminate();
      worker = null;
      reject(error);
    };
    asked.onmessage = ({ data }) => {
      if (data.failed) return stop(new PictureError("no_decoder"));
      clearTimeout(timer);
      return resolve(data);
    };
    asked.onerror = () => stop(new PictureError("no_decoder"));
    asked.postMessage({ picture, camera }, [picture.data.buffer]);
  });
}

async function started() {
  try {
    wasm ??= await (await fetch("zxing_reader.wasm")).arrayBuffer();
  } catch {
    throw new PictureError("no_decoder");
  }
  if (!worker) {
    worker = new Worker("worker.js");
    worker.postMessage({ wasm });
  }
  return worker;
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
