/**
 * Plays a sound when its picture is pressed, with a line that runs over the spectrum; any other sound stops. Stands alone: the report's
 * page holds it as text.
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
