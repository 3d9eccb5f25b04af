// The page: passes files to the worker, which computes, and shows the results.
const [status, picture, player, ...inputs] = ['status', 'picture', 'player', 'sound', 'image'].map((id) =>
  document.getElementById(id),
);
const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });

for (const input of inputs) {
  input.addEventListener('change', () => {
    if (input.files.length > 0) worker.postMessage({ kind: input.id, file: input.files[0] });
  });
}

worker.addEventListener('message', ({ data: { text, pixels, wav } }) => {
  if (pixels) picture.getContext('2d').putImageData(new ImageData(pixels, 128, 128), 0, 0);
  if (wav) player.src = URL.createObjectURL(new Blob([wav], { type: 'audio/wav' }));
  status.textContent = text;
});
