export { aim, analyse, plan, power, synthesise } from './real-fft';
export { descend, filters, product, toBins, toMels } from './filters';
