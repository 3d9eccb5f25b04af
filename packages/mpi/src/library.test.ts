import { expect, it } from 'vitest';
import { openLibrary, readVersion } from './library';

// what MPI_Get_library_version wrote, here and in the libraries' documentation
it.each([
  ['Open MPI v4.1.4, package: Debian OpenMPI, ident: 4.1.4, repo rev: v4.1.4', 'Open MPI', '4.1.4', 'Open MPI'],
  ['Open MPI v5.0.11, package: Open MPI user@localhost Distribution', 'Open MPI', '5.0.11', 'Open MPI'],
  ['MPICH Version:\t4.0.2\nMPICH Release date:\tThu Apr  7 12:34:45 CDT 2022', 'MPICH', '4.0.2', 'MPICH'],
  ['Intel(R) MPI Library 2021.18.1 for Linux* OS\n', 'Intel MPI', '2021.18.1', 'MPICH'],
  ['MVAPICH2 Version      :\t2.3.7\nMVAPICH2 Release date : Wed March 02', 'MVAPICH', '2.3.7', 'MPICH'],
  ['MPI VERSION    : CRAY MPICH version 8.1.25.17 (ANL base 3.4a2)', 'Cray MPICH', '8.1.25.17', 'MPICH'],
])('reads the version from %j', (text, name, version, family) => {
  expect(readVersion(text)).toEqual({ name, version, family });
});

it('refuses a library that is not MPI, and a file that is none', async () => {
  const { sharedObjects } = process.report.getReport() as { sharedObjects: string[] };
  const other = sharedObjects.find((file) => /libm[.-]|libSystem/.test(file))!;
  await expect(openLibrary(other)).rejects.toThrow(`${other} must be an MPI library, but has no MPI_Init_thread`);
  await expect(openLibrary('/nowhere/libmpi.so')).rejects.toThrow('/nowhere/libmpi.so');
});
