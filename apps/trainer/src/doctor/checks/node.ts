import type { Check } from '../check';

/** The oldest supported version of Node. */
const MINIMUM = [20, 19];

/** Whether Node is new enough. */
export const node: Check = {
  name: 'Node',
  run({ nodeVersion }) {
    const [major, minor] = nodeVersion.split('.').map(Number);
    const old = major < MINIMUM[0] || (major === MINIMUM[0] && minor < MINIMUM[1]);
    if (!old) return [{ name: 'Node', state: 'works', detail: nodeVersion }];
    const remedy = `install Node ${MINIMUM.join('.')} or newer: https://nodejs.org`;
    return [{ name: 'Node', state: 'fails', detail: `${nodeVersion}, older than ${MINIMUM.join('.')}`, remedy }];
  },
};
