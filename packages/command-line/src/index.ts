export { addressSpaceShortage, assertAddressSpace, thisAddressSpace, type AddressSpace } from './address-space';
export { describeError, type FlagRemedies } from './describe-error';
export { createProgress, type Output, type Progress } from './progress';
export { runCommander } from './run-commander';
export { invocationFolder, startProgram, type Invocation, type StartOptions } from './start-program';
export { EXIT_CODES, UserError, usageError } from './user-error';
