/**
 * Round numbers from `low` to `high` (`low` below `high`; above 0 where `log`): about `count` steps of 1, 2 or 5 times a power of ten; on
 * a logarithmic axis 1, 2, 5 of each power of ten, only the powers where those are too many, the
 * linear axis' numbers where they are too few. Self-contained, since the page embeds its source.
 */
export function ticks(low: number, high: number, { count, log }: { count: number; log: boolean }): number[] {
  const within = (value: number) => value >= low * (1 - 1e-12) && value <= high * (1 + 1e-12);
  const exact = (value: number) => Number(value.toPrecision(10));
  if (log) {
    const powers: number[] = [];
    for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) powers.push(power);
    const fine = powers.flatMap((power) => [1, 2, 5].map((digit) => exact(digit * 10 ** power))).filter(within);
    if (fine.length > 2 * count) return powers.map((power) => exact(10 ** power)).filter(within);
    if (fine.length > 2) return fine;
  }
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const size = power * (rough / power <= 1 ? 1 : rough / power <= 2 ? 2 : rough / power <= 5 ? 5 : 10);
  const found: number[] = [];
  for (let step = Math.ceil(low / size - 1e-9); step * size <= high + size * 1e-9; step++) found.push(exact(step * size));
  return found;
}
