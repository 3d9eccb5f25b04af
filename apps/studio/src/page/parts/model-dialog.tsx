import { useState } from 'preact/hooks';
import { acceptFiles } from '../accept-files';
import type { PathedFile } from '../model-files';
import type { Studio } from '../studio';
import { Dialog } from './dialog';
import { FileButton } from './file-button';

interface ModelDialogProps {
  studio: Studio;
  onClose(): void;
}

/** Chooses the model: the released weights, one's own run, or one on a server. */
export function ModelDialog({ studio, onClose }: ModelDialogProps) {
  const [url, setUrl] = useState('');
  const accept = (files: readonly PathedFile[]) => {
    onClose();
    void acceptFiles(studio, files);
  };
  const fetchIt = (event: SubmitEvent) => {
    event.preventDefault();
    onClose();
    void studio.loadModel({ url: new URL(url, location.href).href }, url);
  };
  return (
    <Dialog title="Model" onClose={onClose}>
      <p>
        A run of your own: its <code>config.json</code> and <code>model.safetensors</code>. You can also drop them, or the whole
        folder of the run, anywhere on the page.
      </p>
      <FileButton
        text="Choose the two files"
        label="config.json and model.safetensors"
        accept=".json,.safetensors"
        onFiles={accept}
      />
      <form onSubmit={fetchIt}>
        <label for="model-url">Or the address of a folder that holds them</label>
        <div class="row">
          <input
            id="model-url"
            type="text"
            inputMode="url"
            required
            value={url}
            onInput={({ currentTarget }) => setUrl(currentTarget.value)}
            placeholder="https://example.com/model"
          />
          <button type="submit">Load</button>
        </div>
      </form>
      <button
        type="button"
        class="link"
        onClick={() => {
          onClose();
          void studio.loadModel(undefined, 'Released weights');
        }}
      >
        Back to the released weights
      </button>
    </Dialog>
  );
}
