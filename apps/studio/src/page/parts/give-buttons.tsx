import type { PathedFile } from '../model-files';
import { FileButton } from './file-button';
import { Icon } from './icon';

interface GiveButtonsProps {
  onFiles(files: readonly PathedFile[]): Promise<void>;
  onOpen(what: 'camera' | 'microphone'): void;
}

/** The three ways to give something: a file, the camera, the microphone. */
export function GiveButtons({ onFiles, onOpen }: GiveButtonsProps) {
  return (
    <div class="give">
      <FileButton
        text="Choose a file"
        label="A picture or a sound"
        accept="image/*,audio/*,.json,.safetensors"
        onFiles={(files) => void onFiles(files)}
      />
      <button type="button" onClick={() => onOpen('camera')}>
        <Icon name="camera" /> Take a picture
      </button>
      <button type="button" onClick={() => onOpen('microphone')}>
        <Icon name="microphone" /> Record a sound
      </button>
    </div>
  );
}
