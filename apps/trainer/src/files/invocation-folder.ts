/**
 * The folder that relative paths on the command line start from: where the person typed the command.
 * `pnpm --filter trainer start` changes to the app's folder first and leaves the person's in INIT_CWD.
 */
export function invocationFolder(environment: Readonly<Record<string, string | undefined>>, workingFolder: string): string {
  const startedByPackageManager = environment.npm_lifecycle_event === 'start' && environment.npm_package_name === 'trainer';
  return (startedByPackageManager && environment.INIT_CWD) || workingFolder;
}
