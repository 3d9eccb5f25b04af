import { createInterface } from 'node:readline';

/** Our side of a comparison: greets as `peer`, then answers each line read with the time that `work` took and the peak memory so far. */
export async function serveLaps(peer: string, work: () => unknown, { repetitions = 1 } = {}): Promise<void> {
  answer({ peer });
  for await (const _ of createInterface({ input: process.stdin })) {
    const [startedAt, cpuBefore] = [performance.now(), process.cpuUsage()];
    for (let repetition = 0; repetition < repetitions; repetition++) await work();
    const seconds = (performance.now() - startedAt) / 1000 / repetitions;
    const { user, system } = process.cpuUsage(cpuBefore);
    answer({ seconds, cpuSeconds: (user + system) / 1e6, peakBytes: process.resourceUsage().maxRSS * 1024 });
  }
}

const answer = (value: object) => void process.stdout.write(`${JSON.stringify(value)}\n`);
