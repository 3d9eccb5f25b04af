import { useRef } from 'preact/hooks';
import type { PathedFile } from '../model-files';
import { Icon } from './icon';

interface GiveButtonsProps {
  onFiles(files: readonly PathedFile[]): Promise<void>;
  onOpen(what: 'camera' | 'microphone'): void;
}

/** The three ways to give something: a file, the camera, the microphone. */
export function GiveButtons({ onFiles, onOpen }: GiveButtonsProps) {
  const input = useRef<HTMLInputElement>(null);
  const choose = () => {
    const files = [...(input.current!.files ?? [])].map((file) => ({ path: file.name, file }));
    input.current!.value = ''; // the same file may be chosen again
    void onFiles(files);
  };
  return (
    <div class="give">
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept="image/*,audio/*,.json,.safetensors"
        aria-label="A picture or a sound"
        onChange={choose}
      />
      <button type="button" class="primary" onClick={() => input.current!.click()}>
        <Icon name="file" /> Choose a file
      </button>
      <button type="button" onClick={() => onOpen('camera')}>
        <Icon name="camera" /> Take a picture
      </button>
      <button type="button" onClick={() => onOpen('microphone')}>
        <Icon name="microphone" /> Record a sound
      </button>
    </div>
  );
}
