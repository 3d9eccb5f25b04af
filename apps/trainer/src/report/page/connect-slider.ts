/** Shows the one grid of a section that its slider stands at. Stands alone: the report's page holds it as text. */
export function connectSlider(section: Element): void {
  const slider = section.querySelector<HTMLInputElement>('input[type=range]');
  const label = section.querySelector('output');
  const images = [...section.querySelectorAll('img')];
  if (!slider || !label) return;
  const show = () => {
    images.forEach((image, index) => (image.hidden = index !== Number(slider.value)));
    label.textContent = images[Number(slider.value)].dataset.label ?? '';
  };
  slider.addEventListener('input', show);
  show();
}
