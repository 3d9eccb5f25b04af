/**
 * tfjs-core's tests that our kernels fail because what they expect is wrong. `evidence`: where the right value comes from;
 * test/wrong-expectations.test.ts holds ours to it. The check fails when one of them passes, so that no entry outlives its reason.
 */
export const WRONG_EXPECTATIONS = {
  'avgPool test-wasm {} gradient x=[3,3,1] f=[3,3] s=1 p=explicit': {
    reason: 'the gradient divides by the whole window, padding included, while the forward pass averages without it',
    evidence: "PyTorch's gradient of window sums divided by the number of pixels in each; finite differences",
  },
  'mirrorPad test-wasm {} grad': {
    reason: 'drops the gradients of mirrored values: their originals should get them too',
    evidence: "PyTorch's gradient of torch.nn.functional.pad(mode='reflect'); finite differences",
  },
  'mirrorPad test-wasm {} gradient with clones': {
    reason: 'drops the gradients of mirrored values: their originals should get them too',
    evidence: "PyTorch's gradient of torch.nn.functional.pad(mode='reflect'); finite differences",
  },
  'depthwiseConv2d gradients test-wasm {} throws error on dilations > 1': {
    reason: 'expects an error for a gradient that exists: the convolution of this test is a valid one',
    evidence: "PyTorch's gradients of conv2d with groups and dilation; finite differences",
  },
};
