// Steps of the optimisers and of moving averages, in place.
import { OptimizerJob, OptimizerNumbers } from './jobs';

function numbersOf(job: OptimizerJob): OptimizerNumbers {
  return changetype<OptimizerNumbers>(job.numbers);
}

/** m = β₁m + (1-β₁)g; v = β₂v + (1-β₂)g²; value -= stepSize · m / (√v + ε); both corrections are in stepSize and ε. */
export function adamTile(job: OptimizerJob, tile: i32): void {
  const numbers = numbersOf(job);
  const start = tile * job.floatsPerTile;
  const end = min(job.count, start + job.floatsPerTile);
  const keep1 = f32x4.splat(numbers.beta1);
  const take1 = f32x4.splat(<f32>(1 - numbers.beta1));
  const keep2 = f32x4.splat(numbers.beta2);
  const take2 = f32x4.splat(<f32>(1 - numbers.beta2));
  const stepSize = f32x4.splat(numbers.stepSize);
  const epsilon = f32x4.splat(numbers.epsilon);
  let i = start;
  for (; i + 4 <= end; i += 4) {
    const o = (<usize>i) << 2;
    const g = v128.load(job.gradient + o);
    const m = f32x4.add(f32x4.mul(keep1, v128.load(job.first + o)), f32x4.mul(take1, g));
    const v = f32x4.add(f32x4.mul(keep2, v128.load(job.second + o)), f32x4.mul(take2, f32x4.mul(g, g)));
    v128.store(job.first + o, m);
    v128.store(job.second + o, v);
    const change = f32x4.div(f32x4.mul(stepSize, m), f32x4.add(f32x4.sqrt(v), epsilon));
    v128.store(job.value + o, f32x4.sub(v128.load(job.value + o), change));
  }
  for (; i < end; i++) {
    const o = (<usize>i) << 2;
    const g = load<f32>(job.gradient + o);
    const m = numbers.beta1 * load<f32>(job.first + o) + <f32>(1 - numbers.beta1) * g;
    const v = numbers.beta2 * load<f32>(job.second + o) + <f32>(1 - numbers.beta2) * (g * g);
    store<f32>(job.first + o, m);
    store<f32>(job.second + o, v);
    store<f32>(job.value + o, load<f32>(job.value + o) - (numbers.stepSize * m) / (sqrt<f32>(v) + numbers.epsilon));
  }
}

/** v = momentum · v + g; value -= stepSize · v. The momentum is in beta1. */
export function momentumTile(job: OptimizerJob, tile: i32): void {
  const numbers = numbersOf(job);
  const start = tile * job.floatsPerTile;
  const end = min(job.count, start + job.floatsPerTile);
  const momentum = f32x4.splat(numbers.beta1);
  const stepSize = f32x4.splat(numbers.stepSize);
  let i = start;
  for (; i + 4 <= end; i += 4) {
    const o = (<usize>i) << 2;
    const v = f32x4.add(f32x4.mul(momentum, v128.load(job.first + o)), v128.load(job.gradient + o));
    v128.store(job.first + o, v);
    v128.store(job.value + o, f32x4.sub(v128.load(job.value + o), f32x4.mul(stepSize, v)));
  }
  for (; i < end; i++) {
    const o = (<usize>i) << 2;
    const v = numbers.beta1 * load<f32>(job.first + o) + load<f32>(job.gradient + o);
    store<f32>(job.first + o, v);
    store<f32>(job.value + o, load<f32>(job.value + o) - numbers.stepSize * v);
  }
}

/** value = keep · value + take · x. The new x is in gradient, keep in beta1, take in stepSize. */
export function movingAverageTile(job: OptimizerJob, tile: i32): void {
  const numbers = numbersOf(job);
  const start = tile * job.floatsPerTile;
  const end = min(job.count, start + job.floatsPerTile);
  const keep = f32x4.splat(numbers.beta1);
  const take = f32x4.splat(numbers.stepSize);
  let i = start;
  for (; i + 4 <= end; i += 4) {
    const o = (<usize>i) << 2;
    const kept = f32x4.mul(keep, v128.load(job.value + o));
    v128.store(job.value + o, f32x4.add(kept, f32x4.mul(take, v128.load(job.gradient + o))));
  }
  for (; i < end; i++) {
    const o = (<usize>i) << 2;
    store<f32>(job.value + o, numbers.beta1 * load<f32>(job.value + o) + numbers.stepSize * load<f32>(job.gradient + o));
  }
}
