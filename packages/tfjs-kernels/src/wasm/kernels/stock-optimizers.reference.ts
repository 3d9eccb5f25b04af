/** A variable's values, its gradient and an optimiser's slots; a reference changes the arrays. */
export type OptimizerArrays = Record<'value' | 'gradient' | 'first' | 'second' | 'third', Float64Array>;

interface Numbers {
  learningRate: number;
  /** beta2 of Adamax; Nesterov's momentum. */
  decay: number;
  /** beta1 of Adamax. */
  momentum: number;
  epsilon: number;
  /** The step, from 1. */
  t: number;
}

/** One step for value i; returns what is subtracted from it. */
type Rule = (arrays: OptimizerArrays, i: number, numbers: Numbers) => number;

const gradientDescent: Rule = ({ gradient }, i, { learningRate }) => learningRate * gradient[i];

/** Sutskever et al. 2013, as in TensorFlow's ApplyMomentum with use_nesterov. */
const nesterov: Rule = ({ gradient, first }, i, { learningRate, decay }) => {
  first[i] = decay * first[i] + gradient[i];
  return learningRate * (gradient[i] + decay * first[i]);
};

/** As in TensorFlow's ApplyRMSProp. */
const rmsProp: Rule = ({ gradient, first, second }, i, { learningRate, decay, momentum: kept, epsilon }) => {
  first[i] = decay * first[i] + (1 - decay) * gradient[i] ** 2;
  second[i] = kept * second[i] + (learningRate * gradient[i]) / Math.sqrt(first[i] + epsilon);
  return second[i];
};

/** As in TensorFlow's ApplyCenteredRMSProp, which adds epsilon; tfjs-core subtracts it. */
const centredRmsProp: Rule = ({ gradient, first, second, third }, i, { learningRate, decay, momentum: kept, epsilon }) => {
  first[i] = decay * first[i] + (1 - decay) * gradient[i] ** 2;
  third[i] = decay * third[i] + (1 - decay) * gradient[i];
  second[i] = kept * second[i] + (learningRate * gradient[i]) / Math.sqrt(first[i] - third[i] ** 2 + epsilon);
  return second[i];
};

/** Duchi et al. 2011. */
const adagrad: Rule = ({ gradient, first }, i, { learningRate, epsilon }) => {
  first[i] += gradient[i] ** 2;
  return (learningRate * gradient[i]) / Math.sqrt(first[i] + epsilon);
};

/** Kingma and Ba 2014, algorithm 2, with tfjs-core's epsilon. */
const adamax: Rule = ({ gradient, first, second }, i, { learningRate, momentum: beta1, decay: beta2, epsilon, t }) => {
  first[i] = beta1 * first[i] + (1 - beta1) * gradient[i];
  second[i] = Math.max(beta2 * second[i], Math.abs(gradient[i]));
  return ((learningRate / (1 - beta1 ** t)) * first[i]) / (second[i] + epsilon);
};

/** Zeiler 2012, algorithm 1, but with the root of the squares before this step, as in tfjs-core. */
const adadelta: Rule = ({ gradient, first, second }, i, { learningRate, decay, epsilon }) => {
  const change = (Math.sqrt(second[i] + epsilon) / Math.sqrt(first[i] + epsilon)) * gradient[i];
  first[i] = decay * first[i] + (1 - decay) * gradient[i] ** 2;
  second[i] = decay * second[i] + (1 - decay) * change ** 2;
  return learningRate * change;
};

const RULES = { gradientDescent, nesterov, rmsProp, centredRmsProp, adagrad, adamax, adadelta };

export type StockRule = keyof typeof RULES;

/** One step of one of TensorFlow.js' optimisers on plain numbers; those of Adam and plain momentum are in optimizers.reference.ts. */
export function stockOptimizerReference(rule: StockRule, arrays: OptimizerArrays, numbers: Partial<Numbers>): void {
  const all = { learningRate: 0, decay: 0, momentum: 0, epsilon: 0, t: 1, ...numbers };
  for (let i = 0; i < arrays.value.length; i++) arrays.value[i] -= RULES[rule](arrays, i, all);
}
