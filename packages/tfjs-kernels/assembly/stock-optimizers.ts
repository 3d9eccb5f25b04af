// Steps of TensorFlow.js' own optimisers, in place; Adam's and plain momentum's are in optimizers.ts. Formulas as in tfjs-core's
// dist/optimizers, in their order of operations.
import { StockOptimizerJob, StockOptimizerNumbers } from './jobs';
import { loadPart, storePart } from './vector';

/** As in src/stock-optimizers.ts. */
enum Rule {
  gradientDescent,
  nesterov,
  rmsProp,
  centredRmsProp,
  adagrad,
  adamax,
  adadelta,
}

/** A step of some floats of one variable. */
export function stockOptimizerTile(job: StockOptimizerJob, tile: i32): void {
  const first = tile * job.floatsPerTile;
  const end = min(job.count, first + job.floatsPerTile);
  for (let i = first; i < end; i += 4) {
    const o = (<usize>i) << 2;
    const present = min(4, end - i);
    const gradient = loadPart(job.gradient + o, present);
    const change = changeOf(job, gradient, o, present);
    storePart(job.value + o, f32x4.add(loadPart(job.value + o, present), change), present);
  }
}

function numbersOf(job: StockOptimizerJob): StockOptimizerNumbers {
  return changetype<StockOptimizerNumbers>(job.numbers);
}

/** The update that is added to a variable; changes the slots. */
function changeOf(job: StockOptimizerJob, g: v128, o: usize, present: i32): v128 {
  switch (job.rule) {
    case Rule.gradientDescent:
      return scaled(g, -numbersOf(job).learningRate);
    case Rule.nesterov:
      return nesterovChange(job, g, o, present);
    case Rule.rmsProp:
    case Rule.centredRmsProp:
      return rmsPropChange(job, g, o, present);
    case Rule.adagrad:
      return adagradChange(job, g, o, present);
    case Rule.adamax:
      return adamaxChange(job, g, o, present);
    default:
      return adadeltaChange(job, g, o, present);
  }
}

function scaled(v: v128, factor: f32): v128 {
  return f32x4.mul(v, f32x4.splat(factor));
}

/** √(v + epsilon) */
function root(v: v128, epsilon: f32): v128 {
  return f32x4.sqrt(f32x4.add(v, f32x4.splat(epsilon)));
}

/** A slot's next value, decay · slot + (1 - decay) · x. */
function moved(slot: usize, decay: f32, x: v128, present: i32): v128 {
  return f32x4.add(scaled(loadPart(slot, present), decay), scaled(x, <f32>(1 - decay)));
}

/** v = decay · v + g; -rate · (g + decay · v) */
function nesterovChange(job: StockOptimizerJob, g: v128, o: usize, present: i32): v128 {
  const velocity = f32x4.add(scaled(loadPart(job.first + o, present), numbersOf(job).decay), g);
  storePart(job.first + o, velocity, present);
  return scaled(f32x4.add(g, scaled(velocity, numbersOf(job).decay)), -numbersOf(job).learningRate);
}

/**
 * s = decay · s + (1 - decay) · g²; v = momentum · v + rate · g / √(s + ε), or √(s - m² + |ε|) with m the mean of g; -v. As in TensorFlow:
 * tfjs-core subtracts ε, which makes NaN of a gradient that does not vary, unless it is negative. Rounding can make s less than m².
 */
function rmsPropChange(job: StockOptimizerJob, g: v128, o: usize, present: i32): v128 {
  const squares = moved(job.first + o, numbersOf(job).decay, f32x4.mul(g, g), present);
  storePart(job.first + o, squares, present);
  let deviation = root(squares, numbersOf(job).epsilon);
  if (job.rule == Rule.centredRmsProp) {
    const mean = moved(job.third + o, numbersOf(job).decay, g, present);
    storePart(job.third + o, mean, present);
    const variance = f32x4.max(f32x4.sub(squares, f32x4.mul(mean, mean)), f32x4.splat(0));
    deviation = root(variance, abs(numbersOf(job).epsilon));
  }
  const step = f32x4.div(scaled(g, numbersOf(job).learningRate), deviation);
  const velocity = f32x4.add(scaled(loadPart(job.second + o, present), numbersOf(job).momentum), step);
  storePart(job.second + o, velocity, present);
  return f32x4.neg(velocity);
}

/** s = s + g²; -rate · g / √(s + ε) */
function adagradChange(job: StockOptimizerJob, g: v128, o: usize, present: i32): v128 {
  const squares = f32x4.add(loadPart(job.first + o, present), f32x4.mul(g, g));
  storePart(job.first + o, squares, present);
  return scaled(f32x4.div(g, root(squares, numbersOf(job).epsilon)), -numbersOf(job).learningRate);
}

/** m = momentum · m + (1 - momentum) · g; u = max(decay · u, |g|); -rate · m / (u + ε) */
function adamaxChange(job: StockOptimizerJob, g: v128, o: usize, present: i32): v128 {
  const moment = moved(job.first + o, numbersOf(job).momentum, g, present);
  const norm = f32x4.max(scaled(loadPart(job.second + o, present), numbersOf(job).decay), f32x4.abs(g));
  storePart(job.first + o, moment, present);
  storePart(job.second + o, norm, present);
  return scaled(f32x4.div(moment, f32x4.add(norm, f32x4.splat(numbersOf(job).epsilon))), -numbersOf(job).learningRate);
}

/** d = √(u + ε) / √(s + ε) · g, then s = decay · s + (1 - decay) · g², u = decay · u + (1 - decay) · d²; -rate · d */
function adadeltaChange(job: StockOptimizerJob, g: v128, o: usize, present: i32): v128 {
  const updates = loadPart(job.second + o, present);
  const ratio = f32x4.div(root(updates, numbersOf(job).epsilon), root(loadPart(job.first + o, present), numbersOf(job).epsilon));
  const change = f32x4.mul(ratio, g);
  storePart(job.first + o, moved(job.first + o, numbersOf(job).decay, f32x4.mul(g, g), present), present);
  storePart(job.second + o, moved(job.second + o, numbersOf(job).decay, f32x4.mul(change, change), present), present);
  return scaled(change, -numbersOf(job).learningRate);
}
