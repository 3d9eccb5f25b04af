import { UserError } from '../errors/user-error';

/** Numbers have gone where training can't go on from. */
export class DivergedError extends UserError {}
