/** Families of MPI libraries: a launcher starts programs of its own family. */
export type MpiFamily = 'Open MPI' | 'MPICH';

/** The program that started this process as one of several. */
export interface Launcher {
  /** Such as "Open MPI's mpirun" or "srun". */
  readonly name: string;
  /** How many processes it started; undefined if it doesn't say. */
  readonly size?: number;
  /** Families of libraries whose programs it can start, the likelier first; none if it did not prepare its processes for MPI. */
  readonly families: readonly MpiFamily[];
}

type Environment = Readonly<Record<string, string | undefined>>;

const number = (text: string | undefined) => (text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined);

/**
 * The launcher that started this process, by the environment variables that it set; undefined for a process that was started alone. Slurm's
 * batch script, which has no step of its own, counts as alone.
 */
export function detectLauncher(environment: Environment): Launcher | undefined {
  const { OMPI_COMM_WORLD_SIZE, PMI_SIZE, SLURM_STEP_NUM_TASKS, MV2_COMM_WORLD_SIZE } = environment;
  const has = (...names: string[]) => names.some((name) => environment[name] !== undefined);
  if (OMPI_COMM_WORLD_SIZE !== undefined)
    return { name: "Open MPI's mpirun", size: number(OMPI_COMM_WORLD_SIZE), families: ['Open MPI'] };
  if (SLURM_STEP_NUM_TASKS !== undefined) {
    const pmi1Or2 = Object.keys(environment).some((name) => /^PMI2?_/.test(name)) || has('I_MPI_PMI_LIBRARY');
    const families: MpiFamily[] = has('PMIX_RANK') ? ['Open MPI', 'MPICH'] : pmi1Or2 ? ['MPICH', 'Open MPI'] : [];
    return { name: 'srun', size: number(SLURM_STEP_NUM_TASKS), families };
  }
  if (has('I_MPI_HYDRA_UUID')) return { name: "Intel MPI's mpirun", size: number(PMI_SIZE), families: ['MPICH'] };
  if (has('PMI_RANK', 'PMI_FD', 'PMI_PORT', 'PMI_SIZE'))
    return { name: "MPICH's mpirun", size: number(PMI_SIZE), families: ['MPICH'] };
  if (MV2_COMM_WORLD_SIZE !== undefined)
    return { name: "MVAPICH's mpirun", size: number(MV2_COMM_WORLD_SIZE), families: ['MPICH'] };
  if (has('PMIX_RANK')) return { name: 'a PMIx launcher', families: ['Open MPI', 'MPICH'] };
  return undefined;
}
