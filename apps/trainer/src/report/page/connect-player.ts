/**
 * Plays a sound when its picture is pressed, with a line that moves across the spectrogram, and stops any other sound. Self-contained,
 * since the page embeds its source.
 */
export function connectPlayer(figure: Element): void {
  const [button, audio, line] = [
    figure.querySelector('button')!,
    figure.querySelector('audio')!,
    figure.querySelector<HTMLElement>('.needle')!,
  ];
  const follow = () => {
    line.style.left = `${(100 * audio.currentTime) / (audio.duration || 1)}%`;
    if (!audio.paused && !audio.ended) requestAnimationFrame(follow);
    else figure.classList.remove('playing');
  };
  button.addEventListener('click', () => {
    for (const other of document.querySelectorAll('audio')) if (other !== audio) other.pause();
    audio.currentTime = 0;
    figure.classList.add('playing');
    audio.play().then(follow, () => figure.classList.remove('playing'));
  });
}
