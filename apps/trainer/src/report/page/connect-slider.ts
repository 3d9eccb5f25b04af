/** Shows the epoch of a section's grids that its slider selects. Self-contained, since the page embeds its source. */
export function connectSlider(section: Element): void {
  const slider = section.querySelector<HTMLInputElement>('input[type=range]');
  const label = section.querySelector('output');
  const images = [...section.querySelectorAll('img')];
  if (!slider || !label) return;
  const show = () => {
    for (const image of images) {
      image.hidden = image.dataset.frame !== slider.value;
      if (!image.hidden) label.textContent = image.dataset.label ?? '';
    }
    slider.setAttribute('aria-valuetext', label.textContent);
  };
  slider.addEventListener('input', show);
  show();
}
