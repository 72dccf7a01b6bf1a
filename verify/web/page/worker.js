// The decoder in a thread of its own: a hostile picture can keep it busy, never the page.

import { CAMERA_STAGES, read, zxing } from "./reading.js";
import { isOurs } from "./payload.js";

let ready = null;

globalThis.onmessage = async ({ data: { id, wasm, picture, camera } }) => {
  if (wasm) {
    ready = globalThis.ZXingWASM.prepareZXingModule({ overrides: { wasmBinary: wasm }, fireImmediately: true });
    return;
  }
  try {
    await ready;
    const options = camera ? { stages: CAMERA_STAGES, budget: 1500 } : {};
    const reading = await read(picture, zxing(globalThis.ZXingWASM), isOurs, options);
    globalThis.postMessage({ id, reading });
  } catch (error) {
    globalThis.postMessage({ id, failed: String(error?.name ?? "Error") });
  }
};
