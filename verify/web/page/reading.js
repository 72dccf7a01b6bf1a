// Finds our QR code in a picture: the decoder on the picture as it is, then on what usually helps.
//
// Works on plain pixels { data: RGBA, width, height }, so that page, worker and tests share it. A
// text counts as found only if `accept` takes it; other codes in the picture are kept to be named.

const ENOUGH = 12_000_000; // pixels; a larger picture is reduced before it comes here
const SMALL = 2_000; // pixels of the long side, up to which enlarging is worth its time

const STAGES = [
  { name: { zh: "原图", en: "as it is" }, make: (picture) => picture },
  { name: { zh: "红色通道", en: "red channel" }, make: redChannel },
  { name: { zh: "放大 2 倍", en: "enlarged 2x" }, small: true, make: (picture) => enlarged(picture, 2) },
  { name: { zh: "放大 2 倍并锐化", en: "enlarged 2x, sharpened" }, small: true, make: (picture) => sharpened(enlarged(picture, 2)) },
  { name: { zh: "放大 3 倍并锐化", en: "enlarged 3x, sharpened" }, small: true, make: (picture) => sharpened(enlarged(picture, 3)) },
  { name: { zh: "锐化", en: "sharpened" }, make: sharpened },
  { name: { zh: "缩小一半", en: "reduced to a half" }, make: (picture) => halved(picture) },
  { name: { zh: "降噪", en: "denoised" }, make: (picture) => picture, options: { tryDenoise: true } },
];

/** { text, stage, milliseconds, others, corners }; text is null where nothing of ours was found. */
export async function read(picture, decoder, accept, { budget = 9000, stages = STAGES } = {}) {
  const began = performance.now();
  const others = new Set();
  const spent = () => Math.round(performance.now() - began);
  for (const stage of stages) {
    if (spent() > budget) break;
    if (stage.small && Math.max(picture.width, picture.height) > SMALL) continue;
    const made = stage.make(picture);
    for (const found of await decoder(made, stage.options ?? {})) {
      if (accept(found.text)) {
        const scale = picture.width / made.width;
        const corners = found.corners.map(({ x, y }) => ({ x: x * scale, y: y * scale }));
        return { text: found.text, stage: stage.name, milliseconds: spent(), others: [...others], corners };
      }
      if (found.text) others.add(found.text);
    }
  }
  return { text: null, stage: null, milliseconds: spent(), others: [...others], corners: [] };
}

/** Only the picture as it is: for a camera, whose next frame comes soon. */
export const CAMERA_STAGES = STAGES.slice(0, 2);

/** zxing-wasm as a function of a picture: [{ text, corners }]. */
export function zxing(library) {
  return async (picture, options) => {
    const found = await library.readBarcodes(picture, {
      formats: ["QRCode"],
      textMode: "Plain",
      tryHarder: true,
      maxNumberOfSymbols: 8,
      ...options,
    });
    return found
      .filter((one) => one.isValid)
      .map(({ text, position: at }) => ({
        text,
        corners: [at.topLeft, at.topRight, at.bottomRight, at.bottomLeft],
      }));
  };
}

/** How much to reduce a picture of this size, 1 for not at all. */
export function reduction(width, height) {
  return Math.min(1, Math.sqrt(ENOUGH / (width * height)));
}

/** The red seal (红色印章) is white here: what lies under it can be read. */
export function redChannel({ data, width, height }) {
  const made = new Uint8ClampedArray(data.length);
  for (let n = 0; n < data.length; n += 4) {
    made[n] = made[n + 1] = made[n + 2] = data[n];
    made[n + 3] = 255;
  }
  return { data: made, width, height };
}

/** Grey, `times` as large, between the pixels in a straight line. */
export function enlarged({ data, width, height }, times) {
  const across = width * times;
  const down = height * times;
  const made = new Uint8ClampedArray(across * down * 4);
  for (let y = 0; y < down; y++) {
    const fromY = Math.min(Math.max((y + 0.5) / times - 0.5, 0), height - 1);
    const top = Math.floor(fromY);
    const bottom = Math.min(top + 1, height - 1);
    const partY = fromY - top;
    for (let x = 0; x < across; x++) {
      const fromX = Math.min(Math.max((x + 0.5) / times - 0.5, 0), width - 1);
      const left = Math.floor(fromX);
      const right = Math.min(left + 1, width - 1);
      const partX = fromX - left;
      const upper = grey(data, top * width + left) * (1 - partX) + grey(data, top * width + right) * partX;
      const lower = grey(data, bottom * width + left) * (1 - partX) + grey(data, bottom * width + right) * partX;
      put(made, y * across + x, upper * (1 - partY) + lower * partY);
    }
  }
  return { data: made, width: across, height: down };
}

/** Unsharp mask: what differs from its surroundings (9 x 9) differs more. */
export function sharpened({ data, width, height }) {
  const radius = 4;
  const sums = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += grey(data, y * width + x);
      sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + row;
    }
  }
  const made = new Uint8ClampedArray(data.length);
  for (let y = 0; y < height; y++) {
    const top = Math.max(y - radius, 0);
    const bottom = Math.min(y + radius + 1, height);
    for (let x = 0; x < width; x++) {
      const left = Math.max(x - radius, 0);
      const right = Math.min(x + radius + 1, width);
      const sum =
        sums[bottom * (width + 1) + right] - sums[top * (width + 1) + right] -
        sums[bottom * (width + 1) + left] + sums[top * (width + 1) + left];
      const mean = sum / ((bottom - top) * (right - left));
      const here = grey(data, y * width + x);
      put(made, y * width + x, here + 2 * (here - mean));
    }
  }
  return { data: made, width, height };
}

/** Grey, half as large, four pixels into one. */
export function halved({ data, width, height }) {
  const across = Math.max(width >> 1, 1);
  const down = Math.max(height >> 1, 1);
  const made = new Uint8ClampedArray(across * down * 4);
  for (let y = 0; y < down; y++) {
    for (let x = 0; x < across; x++) {
      const at = 2 * y * width + 2 * x;
      const right = width > 1 ? 1 : 0;
      const below = height > 1 ? width : 0;
      const sum = grey(data, at) + grey(data, at + right) + grey(data, at + below) + grey(data, at + below + right);
      put(made, y * across + x, sum / 4);
    }
  }
  return { data: made, width: across, height: down };
}

function grey(data, pixel) {
  const at = pixel * 4;
  return 0.299 * data[at] + 0.587 * data[at + 1] + 0.114 * data[at + 2];
}

function put(data, pixel, value) {
  const at = pixel * 4;
  data[at] = data[at + 1] = data[at + 2] = value;
  data[at + 3] = 255;
}
