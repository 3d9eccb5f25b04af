import { connectChart } from './connect-chart';
import { connectPlayer } from './connect-player';
import { connectSlider } from './connect-slider';
import { drawChart } from './draw-chart';
import { scale } from './scale';
import { smooth } from './smooth';
import { startPage, type PageParts } from './start-page';
import { ticks } from './ticks';

/** Functions of the page, each self-contained, since the page embeds their source. To add one: one file and one name here. */
const PARTS: PageParts = { smooth, ticks, scale, drawChart, connectChart, connectPlayer, connectSlider };

/** The script of the report's page: the source of this folder's functions, and the call that starts them. */
export function pageScript(): string {
  const parts = Object.entries(PARTS).map(([name, part]) => `${name}: ${String(part)}`);
  return `(${String(startPage)})({\n${parts.join(',\n')}\n});`;
}
