// Hands what the microphone hears to the page, as the mean of its channels, 1024 samples at a time.
const LENGTH = 1024;

class Record extends AudioWorkletProcessor {
  constructor() {
    super();
    this.part = new Float32Array(LENGTH);
    this.filled = 0;
  }

  process([channels]) {
    if (channels.length === 0) return true;
    for (let n = 0; n < channels[0].length; n++) {
      let sum = 0;
      for (const channel of channels) sum += channel[n];
      this.part[this.filled++] = sum / channels.length;
      if (this.filled === LENGTH) {
        this.port.postMessage(this.part.slice());
        this.filled = 0;
      }
    }
    return true;
  }
}

registerProcessor('cmcgan-record', Record);
