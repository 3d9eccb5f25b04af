type Floats = ArrayLike<number>;

/** Applies one of TensorFlow.js' fused activations to a value; `slope` is leakyrelu's or prelu's. */
export function fusedActivation(value: number, activation: string, slope: number): number {
  if (activation === 'relu') return Math.max(0, value);
  if (activation === 'relu6') return Math.min(6, Math.max(0, value));
  if (activation === 'elu') return value < 0 ? Math.expm1(value) : value;
  if (activation === 'leakyrelu' || activation === 'prelu') return value < 0 ? slope * value : value;
  return activation === 'sigmoid' ? 1 / (1 + Math.exp(-value)) : value;
}

/** activation(sums + bias) of a matrix [.., columns]; `slopes` are one per column, or one. */
export function finishReference(sums: Floats, bias: Floats, activation: string, slopes: Floats): Float64Array {
  const columns = bias.length;
  return Float64Array.from(sums, (sum, i) =>
    fusedActivation(sum + bias[i % columns], activation, slopes[(i % columns) % slopes.length]),
  );
}
