/** One Adam step (t = 1, 2, ...) on plain numbers; changes the arrays. As in PyTorch's documentation of torch.optim.Adam. */
export function adamReference(
  { value, gradient, first, second }: Record<'value' | 'gradient' | 'first' | 'second', Float64Array>,
  { t, learningRate, beta1, beta2, epsilon }: Record<'t' | 'learningRate' | 'beta1' | 'beta2' | 'epsilon', number>,
): void {
  for (let i = 0; i < value.length; i++) {
    first[i] = beta1 * first[i] + (1 - beta1) * gradient[i];
    second[i] = beta2 * second[i] + (1 - beta2) * gradient[i] ** 2;
    const m = first[i] / (1 - beta1 ** t);
    const v = second[i] / (1 - beta2 ** t);
    value[i] -= (learningRate * m) / (Math.sqrt(v) + epsilon);
  }
}

/** One step of gradient descent with momentum; changes the arrays. */
export function momentumReference(
  { value, gradient, velocity }: Record<'value' | 'gradient' | 'velocity', Float64Array>,
  { learningRate, momentum }: Record<'learningRate' | 'momentum', number>,
): void {
  for (let i = 0; i < value.length; i++) {
    velocity[i] = momentum * velocity[i] + gradient[i];
    value[i] -= learningRate * velocity[i];
  }
}
