// The camera, where the browser lends it: frames go to the decoder and nowhere else.

import { find } from "./decoder.js";
import { drawn } from "./picture.js";

const PAUSE = 120; // milliseconds between two frames

/** Starts the camera; calls `found({ reading, canvas })` once, with the first code of ours. Returns a function that stops. */
export async function watch(video, found, failed) {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { facingMode: { ideal: "environment" }, width: { ideal: 1920 }, height: { ideal: 1080 } },
  });
  let isOn = true;
  const stop = () => {
    isOn = false;
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  };
  video.srcObject = stream;
  await video.play();
  look();
  return stop;

  async function look() {
    while (isOn) {
      if (video.videoWidth) {
        const frame = drawn(video, video.videoWidth, video.videoHeight);
        let reading;
        try {
          reading = await find(frame.pixels, { camera: true });
        } catch (error) {
          if (isOn) failed(error);
          return;
        }
        if (isOn && reading.text !== null) {
          found({ reading, canvas: frame.canvas });
          return;
        }
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
}

/** The word (words.js) for why there is no camera. */
export function whyNot(error) {
  if (!globalThis.isSecureContext || !navigator.mediaDevices) return "camera_insecure";
  return error?.name === "NotAllowedError" ? "camera_refused" : "camera_none";
}
