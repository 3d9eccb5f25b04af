import type { DeviceErrors } from './device-errors';
import type { Dispatcher } from './dispatcher';
import type { OpenBackend } from './open-backend';

/** What a kernel works with. */
export interface KernelContext {
  backend: OpenBackend;
  dispatcher: Dispatcher;
  errors: DeviceErrors;
}
