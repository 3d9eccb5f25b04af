import type { PictureView, SoundView } from '../protocol';
import type { Shown } from './state';

/** Gives a view's file a URL. */
export function show(view: PictureView | SoundView): Shown {
  if (view.kind === 'picture') {
    const { png, ...rest } = view;
    return { ...rest, url: URL.createObjectURL(new Blob([png], { type: 'image/png' })) };
  }
  const { wav, ...rest } = view;
  return { ...rest, url: URL.createObjectURL(new Blob([wav], { type: 'audio/wav' })) };
}

/** Frees a URL that was shown. */
export const release = (shown: Shown | undefined): void => {
  if (shown !== undefined) URL.revokeObjectURL(shown.url);
};
