import { render } from 'preact';
import '@fontsource/instrument-serif/latin-400.css';
import { App } from './app';
import { prepareOffline } from './prepare-offline';
import { createStudio } from './studio';
import { createStudioClient } from './studio-client';
import './style.css';

const studio = createStudio(createStudioClient());
const asked = new URL(location.href).searchParams.get('model');
render(<App studio={studio} />, document.getElementById('app')!);

if (await prepareOffline()) {
  const source = asked === null ? undefined : { url: new URL(asked, location.href).href };
  await studio.loadModel(source, asked ?? 'Released weights');
}
