const REASONS: Readonly<Record<string, string>> = {
  NotAllowedError: 'the browser does not allow it; allow it in the settings of this page',
  NotFoundError: 'there is none; choose a file instead',
  NotReadableError: 'another program uses it',
};

/** Why the camera or the microphone can't be used, in a sentence. */
export function mediaError(device: 'camera' | 'microphone', error: unknown): string {
  const { name = '', message = String(error) } = (error ?? {}) as Partial<Error>;
  return `The ${device} cannot be used: ${REASONS[name] ?? message}`;
}

/** The browser's cameras and microphones. @throws if it has none for this page */
export function mediaDevices(): MediaDevices {
  if (navigator.mediaDevices !== undefined) return navigator.mediaDevices;
  throw new Error('browsers allow it only on pages served over https, or from this machine');
}
