import { seededUniform } from '@cmcgan/random';

/**
 * The page's script. Each voter's order of samples follows from their name and the kit. Answers are kept in the browser, so a page that
 * was closed resumes where it was.
 */
export const VOTE_SCRIPT = `
const data = JSON.parse(document.getElementById('data').textContent);
const element = id => document.getElementById(id);
const show = id => ['start', 'voting', 'end'].forEach(name => { element(name).hidden = name !== id; });
let voter = '', order = [], votes = {}, at = 0, sound = null;

const seededUniform = ${String(seededUniform)};
function shuffled(list, text) {
  const uniform = seededUniform(0, text);
  const result = [...list];
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(uniform() * (i + 1));
    [result[i], result[j]] = [result[j], result[i]];
  }
  return result;
}
const place = () => 'cmcgan-vote ' + data.kit + ' ' + voter;
const keep = () => { try { localStorage.setItem(place(), JSON.stringify(votes)); } catch {} };
function kept() { try { return JSON.parse(localStorage.getItem(place())) ?? {}; } catch { return {}; } }

function picture(uri, name) {
  const image = new Image();
  image.src = uri;
  image.alt = name;
  return image;
}
function player(item, name) {
  const button = document.createElement('button');
  button.className = 'play';
  button.setAttribute('aria-label', 'play ' + name);
  button.append(picture(item.spectrogram, ''));
  sound = new Audio(item.wav);
  sound.onended = () => button.classList.remove('playing');
  button.onclick = () => { button.classList.add('playing'); sound.currentTime = 0; sound.play(); };
  return button;
}
function draw() {
  const item = order[at];
  const toImage = item.modality === 'image';
  const name = item.instrument.replaceAll('_', ' ');
  element('question').textContent = toImage ? 'How good is this picture?' : 'How good is this sound?';
  element('given-title').textContent = toImage ? 'given: a sound of ' + name : 'given: a picture of ' + name;
  element('made-title').textContent = toImage ? 'made from it: a picture' : 'made from it: a sound';
  const parts = [player(item, 'the sound'), picture(item.image, toImage ? 'the picture that was made' : 'the picture given')];
  element('given').replaceChildren(toImage ? parts[0] : parts[1]);
  element('made').replaceChildren(toImage ? parts[1] : parts[0]);
  element('progress').max = order.length;
  element('progress').value = at;
  element('count').textContent = at + 1 + ' / ' + order.length;
  element('back').disabled = at === 0;
  element('answers').replaceChildren(...data.answers.map((answer, i) => {
    const button = document.createElement('button');
    button.textContent = i + 1 + ' · ' + answer;
    button.dataset.answer = answer;
    button.setAttribute('aria-pressed', String(votes[item.id] === answer));
    button.onclick = () => choose(answer);
    return button;
  }));
}
function go(to) {
  if (sound) sound.pause();
  at = to;
  if (at >= order.length) return show('end');
  show('voting');
  draw();
}
function choose(answer) {
  votes[order[at].id] = answer;
  keep();
  go(at + 1);
}
element('begin').onsubmit = event => {
  event.preventDefault();
  voter = element('voter').value.trim();
  if (voter === '') return;
  order = shuffled(data.items, data.kit + ' ' + voter);
  votes = kept();
  const open = order.findIndex(({ id }) => votes[id] === undefined);
  go(open < 0 ? order.length : open);
};
element('back').onclick = () => go(Math.max(0, at - 1));
element('review').onclick = () => go(order.length - 1);
element('save').onclick = () => {
  const text = JSON.stringify({ format: data.format, kit: data.kit, voter, votes }, null, 1);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.download = 'votes-' + voter.replace(/[^a-z0-9]+/gi, '-') + '.json';
  link.click();
};
document.onkeydown = event => {
  if (element('voting').hidden) return;
  const answer = data.answers[Number(event.key) - 1];
  if (answer) choose(answer);
  else if (event.key === ' ') { event.preventDefault(); document.querySelector('.play').click(); }
};`;
