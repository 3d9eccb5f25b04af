import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { acceptFiles } from './accept-files';
import { CameraDialog } from './parts/camera-dialog';
import { Examples } from './parts/examples';
import { GiveButtons } from './parts/give-buttons';
import { Header } from './parts/header';
import { ModelDialog } from './parts/model-dialog';
import { RecorderDialog } from './parts/recorder-dialog';
import { Results } from './parts/results';
import { droppedFiles } from './model-files';
import { announcement } from './announcement';
import { useStore } from './store';
import type { Content } from './state';
import type { Studio } from './studio';

type Open = 'camera' | 'microphone' | 'model' | undefined;

/** The whole page. */
export function App({ studio }: { studio: Studio }) {
  const state = useStore(studio);
  const [open, setOpen] = useState<Open>();
  const [forPartner, setForPartner] = useState(false);
  const dropping = useDrop(studio);
  const close = () => setOpen(undefined);
  const give = (content: Content) => {
    close();
    void (forPartner ? studio.givePartner(content) : studio.give(content));
  };
  const start = (what: Open, partner = false) => {
    setForPartner(partner);
    setOpen(what);
  };
  const buttons = <GiveButtons onFiles={(files) => acceptFiles(studio, files)} onOpen={(what) => start(what)} />;
  return (
    <>
      <Header state={state} onModel={() => start('model')} onHome={() => studio.clear()} />
      <main class={dropping ? 'dropping' : ''}>
        {state.error !== undefined && (
          <div class="error" role="alert">
            <p>{state.error}</p>
            <button type="button" class="quiet" onClick={() => studio.set({ error: undefined })}>
              Dismiss
            </button>
          </div>
        )}
        {state.given === undefined && state.busy === undefined ? (
          <Hero buttons={buttons} />
        ) : (
          <Results
            {...{ state, studio, buttons }}
            onRecordPartner={(kind) => start(kind === 'picture' ? 'camera' : 'microphone', true)}
          />
        )}
        <Examples studio={studio} title={state.given === undefined ? 'Or try one of these' : 'Try another'} />
        <p class="visually-hidden" role="status">
          {announcement(state)}
        </p>
        {dropping && (
          <div class="drop-veil" aria-hidden="true">
            Drop it anywhere
          </div>
        )}
      </main>
      <Footer />
      {open === 'camera' && <CameraDialog onPicture={give} onClose={close} />}
      {open === 'microphone' && <RecorderDialog onSound={give} onClose={close} />}
      {open === 'model' && <ModelDialog studio={studio} onClose={close} />}
    </>
  );
}

function Hero({ buttons }: { buttons: ComponentChildren }) {
  return (
    <section class="hero">
      <h1>
        See a sound, <em>hear a picture</em>
      </h1>
      <p class="lead">Give it a picture of a musician, and hear what is played. Give it a sound, and see who plays it.</p>
      <div class="drop-zone">
        <p class="drop-hint">Drop a picture or a sound here</p>
        {buttons}
      </div>
    </section>
  );
}

function Footer() {
  return (
    <footer>
      <p>Everything is computed on this device; no picture and no sound leaves it. Once loaded, the page works offline.</p>
    </footer>
  );
}

/** Takes what is dropped anywhere on the page. @returns whether something is being dragged over it */
function useDrop(studio: Studio): boolean {
  const [dropping, setDropping] = useState(false);
  const depth = useRef(0);
  useEffect(() => {
    const ended = new AbortController();
    const on = (type: 'dragenter' | 'dragover' | 'dragleave' | 'drop', listener: (event: DragEvent) => void) =>
      addEventListener(type, listener, { signal: ended.signal });
    const move = (step: number) => {
      depth.current = Math.max(0, depth.current + step);
      setDropping(depth.current > 0);
    };
    on('dragenter', () => move(1));
    on('dragleave', () => move(-1));
    on('dragover', (event) => event.preventDefault());
    on('drop', (event) => {
      event.preventDefault();
      depth.current = 0;
      setDropping(false);
      if (event.dataTransfer) void droppedFiles(event.dataTransfer).then((files) => acceptFiles(studio, files));
    });
    return () => ended.abort();
  }, [studio]);
  return dropping;
}
