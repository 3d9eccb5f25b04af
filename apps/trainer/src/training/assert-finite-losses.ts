import type { StepLosses } from '../step/training-step';
import { UserError } from '../errors/user-error';

/** A loss that is no longer a number: training can't go on. */
export class DivergedError extends UserError {}

/** Throws a {@link DivergedError} that names the loss and the step when any loss is NaN or infinite. */
export function assertFiniteLosses(losses: StepLosses, step: number): void {
  for (const [network, parts] of Object.entries(losses)) {
    for (const [name, value] of Object.entries(parts)) {
      if (Number.isFinite(value)) continue;
      throw new DivergedError(
        `the ${network}'s ${name} loss is ${value} at step ${step}; try a lower learning rate or another --seed`,
      );
    }
  }
}
