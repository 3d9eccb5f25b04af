import type { Compilation } from './compilation';
import type { DeviceErrors } from './device-errors';
import type { Dispatcher } from './dispatcher';
import type { OpenBackend } from './open-backend';

/** The context that every kernel gets. */
export interface KernelContext {
  backend: OpenBackend;
  dispatcher: Dispatcher;
  errors: DeviceErrors;
  compilation: Compilation;
}
