import { connectChart } from './connect-chart';
import { connectPlayer } from './connect-player';
import { connectSlider } from './connect-slider';
import { drawChart } from './draw-chart';
import { scale } from './scale';
import { smooth } from './smooth';
import { startPage, type PageParts } from './start-page';
import { ticks } from './ticks';

/** To add one: one file and one name here. Each function stands alone and is given the others, since the page holds their text. */
const PARTS: PageParts = { smooth, ticks, scale, drawChart, connectChart, connectPlayer, connectSlider };

/** The script of a report's page: the functions of this folder as JavaScript, and the call that starts them. */
export function pageScript(): string {
  const parts = Object.entries(PARTS).map(([name, part]) => `${name}: ${String(part)}`);
  return `(${String(startPage)})({\n${parts.join(',\n')}\n});`;
}
