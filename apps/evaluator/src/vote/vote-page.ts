import { ANSWERS } from '@cmcgan/evaluation';
import { THEME } from '@cmcgan/pages';
import { VOTE_SCRIPT } from './vote-page-script';
import { VOTES_FORMAT } from './vote-files';

/** A sample on the page: what was given, and what was generated from it, as data URIs. Nothing in it reveals the model. */
export interface PageItem {
  readonly id: string;
  readonly modality: 'image' | 'sound';
  readonly instrument: string;
  readonly image: string;
  readonly wav: string;
  readonly spectrogram: string;
}

/** The self-contained page for voters: it shows one sample at a time with three answers, and saves a file at the end. */
export function votePage(kit: string, items: readonly PageItem[]): string {
  const data = JSON.stringify({ kit, format: VOTES_FORMAT, answers: ANSWERS, items }).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Which pictures and sounds are good?</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${VOTE_STYLE}</style></head><body><main>
<section id="start"><h1>Pictures from sounds, sounds from pictures</h1>
<p>Computers made pictures of musicians from half a second of sound, and half a second of sound from pictures. You will see and hear ${items.length} of
them, in no particular order. Rate how good each one is: does it show, or sound like, what it was made from? There is no right answer.</p>
<dl><dt>satisfactory</dt><dd>you would call it good work</dd><dt>acceptable</dt><dd>it has faults, but you can tell what it should be</dd>
<dt>unacceptable</dt><dd>you can't tell what it should be, or it is something else</dd></dl>
<form id="begin"><label>A name for your file (any word, different for each voter): <input id="voter" required maxlength="80" autocomplete="off"></label>
<button class="primary">Begin</button></form></section>
<section id="voting" hidden><div class="top"><button id="back" type="button">Back</button><progress id="progress"></progress><span id="count"></span></div>
<h2 id="question"></h2><div class="pair"><figure><figcaption id="given-title"></figcaption><div id="given"></div></figure>
<div class="arrow" aria-hidden="true">→</div><figure><figcaption id="made-title"></figcaption><div id="made"></div></figure></div>
<div class="answers" id="answers"></div><p class="keys">Keys: 1, 2, 3 answer; space plays the sound.</p></section>
<section id="end" hidden><h1>Thank you</h1><p>Save your answers and send the file to the person who asked you.</p>
<button id="save" class="primary">Save the file</button> <button id="review" type="button">Look at the last one again</button></section>
</main><script type="application/json" id="data">${data}</script><script>${VOTE_SCRIPT}</script></body></html>
`;
}

/** The style of the voters' page, light or dark to match their system. */
const VOTE_STYLE = `${THEME}
*{box-sizing:border-box}body{margin:0;font:17px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;color:var(--ink);background:var(--paper)}
main{max-width:48rem;margin:0 auto;padding:2rem 1.2rem}[hidden]{display:none!important}h1{line-height:1.2}h2{text-align:center;margin:1.2rem 0 .8rem}
dt{font-weight:600;margin-top:.5rem}dd{margin:0;color:var(--soft)}label{display:block;margin:1.4rem 0 .8rem}
input{font:inherit;padding:.5rem .7rem;border:1px solid var(--line);border-radius:.5rem;background:var(--card);color:inherit;display:block;margin-top:.4rem;width:100%}
button{font:inherit;padding:.6rem 1.1rem;border:1px solid var(--line);border-radius:.6rem;background:var(--card);color:inherit;cursor:pointer}
button:hover,button:focus-visible{border-color:var(--accent)}.primary{background:var(--accent);color:var(--paper);border-color:var(--accent);font-weight:600}
.top{display:flex;align-items:center;gap:1rem;color:var(--soft)}progress{flex:1;accent-color:var(--accent)}
.pair{display:flex;align-items:center;justify-content:center;gap:1rem;flex-wrap:wrap}figure{margin:0;text-align:center}figcaption{color:var(--soft);margin-bottom:.3rem}
.arrow{font-size:1.8rem;color:var(--soft)}.pair img{width:min(256px,80vw);height:min(256px,80vw);border-radius:.6rem;display:block}
.play{padding:0;border:2px solid var(--line);position:relative;overflow:hidden;border-radius:.7rem}.play::after{content:'▶';position:absolute;inset:auto 0 0 0;background:#0009;color:#fff;padding:.2rem;font-size:.9rem}.play.playing{border-color:var(--accent)}
.answers{display:grid;grid-template-columns:repeat(3,1fr);gap:.7rem;margin:1.6rem 0 .6rem}.answers button[aria-pressed=true]{border-color:var(--accent);box-shadow:0 0 0 2px var(--accent)}
.keys{text-align:center;color:var(--soft);font-size:.85rem}`;
