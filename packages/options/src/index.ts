export { deviationOrHe, numberFrom, oneOf, positive, text, wholeNumber, withDefault } from './rules';
export { parseOptions } from './parse-options';
