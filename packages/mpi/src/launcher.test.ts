import { describe, expect, it } from 'vitest';
import { detectLauncher } from './launcher';

describe('detectLauncher', () => {
  it.each<[string, Record<string, string>, ReturnType<typeof detectLauncher>]>([
    ['nothing', {}, undefined],
    ["options of Open MPI in a user's shell", { OMPI_MCA_btl: 'tcp,self' }, undefined],
    ["Slurm's batch script", { SLURM_JOB_ID: '1', SLURM_PROCID: '0', SLURM_NTASKS: '4' }, undefined],
    ['Open MPI', { OMPI_COMM_WORLD_SIZE: '4', PMIX_RANK: '1' }, { name: "Open MPI's mpirun", size: 4, families: ['Open MPI'] }],
    ['MPICH', { PMI_RANK: '1', PMI_SIZE: '3', PMI_FD: '6' }, { name: "MPICH's mpirun", size: 3, families: ['MPICH'] }],
    [
      'Intel MPI',
      { PMI_RANK: '1', PMI_SIZE: '3', I_MPI_HYDRA_UUID: 'a' },
      { name: "Intel MPI's mpirun", size: 3, families: ['MPICH'] },
    ],
    ['MVAPICH', { MV2_COMM_WORLD_SIZE: '2' }, { name: "MVAPICH's mpirun", size: 2, families: ['MPICH'] }],
    ['srun with PMIx', { SLURM_STEP_NUM_TASKS: '8', PMIX_RANK: '0' }, { name: 'srun', size: 8, families: ['Open MPI', 'MPICH'] }],
    [
      'srun with PMI-2',
      { SLURM_STEP_NUM_TASKS: '8', PMI_RANK: '0', PMI_FD: '5' },
      { name: 'srun', size: 8, families: ['MPICH', 'Open MPI'] },
    ],
    ['srun without MPI', { SLURM_STEP_NUM_TASKS: '8' }, { name: 'srun', size: 8, families: [] }],
    ['another PMIx launcher', { PMIX_RANK: '0' }, { name: 'a PMIx launcher', families: ['Open MPI', 'MPICH'] }],
  ])('%s', (_, environment, expected) => expect(detectLauncher(environment)).toEqual(expected));
});
