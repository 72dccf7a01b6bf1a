// Turns a file into pixels, on this device: bounded in size, turned upright as the camera noted.

import { reduction } from "./reading.js";

const MAX_BYTES = 40 * 1024 * 1024;
const MAX_PIXELS = 120_000_000;

/** `word` names what to say (words.js). */
export class PictureError extends Error {
  constructor(word, values = {}) {
    super(word);
    this.word = word;
    this.values = values;
  }
}

/** Nothing for a file of a size we look at; raises PictureError for a larger one. */
export function checkSize(file) {
  if (file.size > MAX_BYTES) throw new PictureError("too_large", { most: "40 MB" });
}

/** { pixels, canvas }: what the decoder reads, and the same to show. */
export async function load(file) {
  checkSize(file);
  const size = stated(new Uint8Array(await file.slice(0, 1 << 18).arrayBuffer()));
  if (size && size.width * size.height > MAX_PIXELS) throw new PictureError("too_large", { most: "120 MP" });
  let bitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    throw new PictureError("not_picture");
  }
  try {
    return drawn(bitmap, bitmap.width, bitmap.height);
  } finally {
    bitmap.close();
  }
}

/** The same of anything that draws: a frame of a camera. */
export function drawn(source, width, height) {
  const factor = reduction(width, height);
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * factor));
  canvas.height = Math.max(1, Math.round(height * factor));
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.fillStyle = "#fff"; // what is transparent is paper
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = "high";
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  return { pixels: { data, width: canvas.width, height: canvas.height }, canvas };
}

/** The size that a PNG or JPEG states before it is unpacked, or null: a bomb is refused unopened. */
export function stated(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length >= 24 && view.getUint32(0) === 0x89504e47) {
    return { width: view.getUint32(16), height: view.getUint32(20) };
  }
  if (bytes.length < 4 || view.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; at + 9 <= bytes.length; at += 2 + view.getUint16(at + 2)) {
    const marker = bytes[at + 1];
    if (bytes[at] !== 0xff) return null;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
  }
  return null;
}

/** A copy to show, at most 1,200 pixels, with the QR code framed. */
export function shown(canvas, corners) {
  const factor = Math.min(1, 1200 / Math.max(canvas.width, canvas.height));
  const copy = document.createElement("canvas");
  copy.width = Math.max(1, Math.round(canvas.width * factor));
  copy.height = Math.max(1, Math.round(canvas.height * factor));
  const context = copy.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(canvas, 0, 0, copy.width, copy.height);
  if (corners.length) {
    context.beginPath();
    for (const { x, y } of corners) context.lineTo(x * factor, y * factor);
    context.closePath();
    context.lineWidth = Math.max(3, copy.width / 220);
    context.strokeStyle = "#128a4a";
    context.stroke();
  }
  return copy;
}
