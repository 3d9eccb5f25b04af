export type { Backend, BackendAvailability, BackendOptions, RunningBackend } from './backend';
export type { BackendMeasurement } from './choose-backend';
export { measureInOwnProcess } from './measure-in-own-process';
export { withNamedBackend } from './named-backend';
export { nativePlaces } from './native-tensorflow';
export { AUTO, BACKENDS, BACKEND_NAMES, BACKEND_SYNONYMS, startBackend } from './start-backend';
