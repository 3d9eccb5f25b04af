import worklet from './record-worklet.js?worker&url';
import { mediaDevices } from './media-error';

/** A recording that is under way. */
export interface Recording {
  /** The loudest sample of the last moments, 0 to 1. */
  level(): number;
  seconds(): number;
  /** Ends it. @returns mono samples */
  stop(): { samples: Float32Array; sampleRateHz: number };
}

/** Nothing that is made for speech and spoils music. */
const AUDIO = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };

/** Begins to record the microphone, uncompressed. @throws the browser's error if it is not allowed or there is none */
export async function recordSound(): Promise<Recording> {
  const stream = await mediaDevices().getUserMedia({ audio: AUDIO });
  const context = new AudioContext();
  await context.resume(); // Safari starts it suspended
  const parts: Float32Array[] = [];
  let [length, latest] = [0, 0];
  await context.audioWorklet.addModule(worklet);
  const node = new AudioWorkletNode(context, 'cmcgan-record', { numberOfOutputs: 0 });
  node.port.onmessage = ({ data }: MessageEvent<Float32Array>) => {
    parts.push(data);
    length += data.length;
    latest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  };
  context.createMediaStreamSource(stream).connect(node);
  return {
    level: () => latest,
    seconds: () => length / context.sampleRate,
    stop() {
      node.port.onmessage = null;
      for (const track of stream.getTracks()) track.stop();
      void context.close();
      const samples = new Float32Array(length);
      let at = 0;
      for (const part of parts) {
        samples.set(part, at);
        at += part.length;
      }
      return { samples, sampleRateHz: context.sampleRate };
    },
  };
}
