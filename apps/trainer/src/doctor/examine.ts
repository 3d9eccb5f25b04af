import { describeError } from '@cmcgan/command-line';
import type { Check, Finding, Job, Machine } from './check';
import { addressSpace } from './checks/address-space';
import { backends } from './checks/backends';
import { data } from './checks/data';
import { disk } from './checks/disk';
import { graphics } from './checks/graphics';
import { memory } from './checks/memory';
import { mpi } from './checks/mpi';
import { node } from './checks/node';
import { pictures } from './checks/pictures';
import { processor } from './checks/processor';
import { video } from './checks/video';
import { writeAccess } from './checks/write-access';

/** All checks, in the order of the report. To add one: one file and one row. */
const CHECKS: readonly Check[] = [
  node,
  processor,
  memory,
  addressSpace,
  disk,
  writeAccess,
  pictures,
  data,
  backends,
  graphics,
  mpi,
  video,
];

/** Runs all checks. A check that throws counts as a failure, and the others continue. */
export async function examine(machine: Machine, job: Job, checks: readonly Check[] = CHECKS): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const check of checks) {
    try {
      findings.push(...(await check.run(machine, job)));
    } catch (error) {
      findings.push({ name: check.name, state: 'fails', detail: describeError(error) });
    }
  }
  return findings;
}

/** Whether a default run is possible. */
export const isFit = (findings: readonly Finding[]): boolean => findings.every(({ state }) => state !== 'fails');
