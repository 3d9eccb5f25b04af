import { assertArgument } from './assert-argument';
import { channelsOf, type AudioChannels } from './audio-channels';

/** Mean of the channels, which must have one length. @returns Float32Array [samples], never one of its arguments. */
export function toMono(source: AudioChannels): Float32Array {
  const channels = channelsOf(source, 'toMono');
  const mono = channels[0]!.slice();
  for (let channel = 1; channel < channels.length; channel++) {
    const samples = channels[channel]!;
    assertArgument(
      samples.length === mono.length,
      'toMono',
      `channel ${channel} must hold ${mono.length} samples`,
      samples.length,
    );
    for (let i = 0; i < mono.length; i++) mono[i]! += samples[i]!;
  }
  if (channels.length === 1) return mono;
  const share = 1 / channels.length;
  for (let i = 0; i < mono.length; i++) mono[i]! *= share;
  return mono;
}
