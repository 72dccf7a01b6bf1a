// The decoder in a thread of its own: a hostile picture can keep it busy, never the page.

import { CAMERA_STAGES, read, zxing } from "./reading.js";
import { isOurs } from "./payload.js";

let ready = null;

globalThis.onmessage = async ({ data: { wasm, picture, camera } }) => {
  if (wasm) {
    ready = globalThis.ZXingWASM.prepareZXingModule({ overrides: { wasmBinary: wasm }, fireImmediately: true });
    return;
  }
  try {
    await ready;
    const options = camera ? { stages: CAMERA_STAGES, budget: 1500 } : {};
    globalThis.postMessage(await read(picture, zxing(globalThis.ZXingWASM), isOurs, options));
  } catch (error) {
    globalThis.postMessage({ failed: String(error?.name ?? "Error") });
  }
};
