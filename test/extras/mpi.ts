import { execFile } from 'node:child_process';
import { hasProgram } from './program';

/** Lets root start processes, and more of them than there are cores. */
export const MPI_ENVIRONMENT = {
  OMPI_ALLOW_RUN_AS_ROOT: '1',
  OMPI_ALLOW_RUN_AS_ROOT_CONFIRM: '1',
  OMPI_MCA_rmaps_base_oversubscribe: '1',
  PRTE_ALLOW_RUN_AS_ROOT: '1',
  PRTE_ALLOW_RUN_AS_ROOT_CONFIRM: '1',
  PRTE_MCA_rmaps_default_mapping_policy: ':oversubscribe',
};

/** Whether the tests can start several processes; if not, prints what is not tested. */
export const hasMpi = (consequence: string): boolean => hasProgram('mpirun', consequence);

/** How a job ended. */
export interface JobEnd {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command as `processes` ranks under the mpirun on PATH; a job that hangs is killed. */
export function mpirun(
  processes: number,
  command: readonly string[],
  { env = {}, timeoutMs = 60_000 }: { env?: NodeJS.ProcessEnv; timeoutMs?: number } = {},
): Promise<JobEnd> {
  const options = { env: { ...process.env, ...MPI_ENVIRONMENT, ...env }, timeout: timeoutMs, maxBuffer: 2 ** 26 };
  return new Promise((resolve, reject) => {
    execFile('mpirun', ['-n', String(processes), ...command], options, (error, stdout, stderr) => {
      if (error?.killed) return reject(new Error(`the job must end within ${timeoutMs / 1000} s; so far: ${stdout}${stderr}`));
      resolve({ exitCode: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}
