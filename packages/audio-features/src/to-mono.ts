import { assertArgument } from './assert-argument';

/** Mean of the channels. @param channels Float32Arrays of one length. @returns Float32Array [samples], never one of its arguments. */
export function toMono(channels: Float32Array[]): Float32Array {
  assertArgument(channels.length > 0, 'toMono', 'channels must hold at least one', channels.length);
  const mono = channels[0]!.slice();
  for (let channel = 1; channel < channels.length; channel++) {
    const source = channels[channel]!;
    assertArgument(source.length === mono.length, 'toMono', `channel ${channel} must hold ${mono.length} samples`, source.length);
    for (let i = 0; i < mono.length; i++) mono[i]! += source[i]!;
  }
  if (channels.length === 1) return mono;
  const share = 1 / channels.length;
  for (let i = 0; i < mono.length; i++) mono[i]! *= share;
  return mono;
}
