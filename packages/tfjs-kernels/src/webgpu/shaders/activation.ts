/** `activate(value, slope)`: 'slope' multiplies negative values by `slope` (1: linear, 0: ReLU); 'tanh' ignores it. */
export type ShaderActivation = 'slope' | 'tanh';

/** Up to here a power series is exact to the last digit; above it, the quotient of exponentials is. */
const SERIES_BELOW = '0.25';

/** WGSL's own tanh may be off by many digits, and NaN for large arguments. */
const TANH = `
  fn activate(value: f32, slope: f32) -> f32 {
    let size = abs(value);
    let square = value * value;
    let series = size * (1.0 + square * (-1.0 / 3.0 + square * (2.0 / 15.0 + square * (-17.0 / 315.0 + square * (62.0 / 2835.0)))));
    let decay = exp(-2.0 * size);
    return sign(value) * select((1.0 - decay) / (1.0 + decay), series, size < ${SERIES_BELOW});
  }
  fn derivative(output: f32, slope: f32) -> f32 { return 1.0 - output * output; }`;

const SLOPE = `
  fn activate(value: f32, slope: f32) -> f32 { return select(value * slope, value, value > 0.0); }
  fn derivative(output: f32, slope: f32) -> f32 { return select(slope, 1.0, output > 0.0); }`;

/** Functions `activate(value, slope)` and `derivative(output, slope)`; for 'slope' anything with the input's sign stands for the output. */
export const activationFunctions = (activation: ShaderActivation): string => (activation === 'tanh' ? TANH : SLOPE);
