export { addressSpaceShortage, assertAddressSpace, thisAddressSpace, type AddressSpace } from './address-space';
export { assertCanWrite } from './assert-can-write';
export { describeError, type FlagRemedies } from './describe-error';
export { createProgress, type Output, type Progress } from './progress';
export { runCommander, type Finish } from './run-commander';
export { invocationFolder, startProgram, type Invocation, type StartOptions } from './start-program';
export { textTable } from './text-table';
export { EXIT_CODES, UserError, usageError } from './user-error';
export { wholeNumberFlag } from './whole-number-flag';
