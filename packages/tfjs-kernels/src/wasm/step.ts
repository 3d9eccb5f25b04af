import type { Heap, JobOf, Layout } from './heap';

/** One job, shared among the threads. A kernel of several steps runs them in order. */
export interface Step {
  operation: number;
  layout: Layout;
  job: Record<string, number>;
}

/** A step whose job has the fields of its layout. */
export const step = <L extends Layout>(operation: number, layout: L, job: JobOf<L>): Step => ({ operation, layout, job });

/** Writes each step's job and runs it to its end. */
export function runSteps(
  heap: Heap,
  run: (operation: number, job: number, jobs: number, alone?: boolean) => void,
  steps: Step[],
): void {
  for (const { operation, layout, job } of steps) run(operation, heap.writeJobs(layout, [job]), 1);
}
