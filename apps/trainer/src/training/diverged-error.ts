import { UserError } from '@cmcgan/command-line';

/** Numbers have gone where training can't go on from. */
export class DivergedError extends UserError {}
