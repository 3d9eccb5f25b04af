const MIRRORED = {
  reason: 'drops the gradients of mirrored values, which belong to their originals',
  evidence: "PyTorch's gradient of pad(mode='reflect')",
};
const DILATED = {
  reason: 'expects an error instead of the gradient of a valid convolution',
  evidence: "PyTorch's gradients of conv2d with groups and dilation",
};
const PADDED = {
  reason: 'divides by the whole window, where the forward pass averages without its padding',
  evidence: "PyTorch's gradient of the windows' sums over the number of their pixels",
};
const TRANSPOSED = {
  reason: 'expects a transposed convolution to reduce 8×8 to 4×4 outputs',
  evidence: 'TensorFlow and PyTorch refuse such sizes',
};

/**
 * Tests that fail on our kernels alone because what they expect is wrong, by backend. test/wrong-expectations.test.ts holds our values to
 * PyTorch's and test/gradients.test.ts to finite differences. The check fails where a listed test does not fail.
 */
export const WRONG_EXPECTATIONS = {
  wasm: {
    'avgPool: gradient x=[3,3,1] f=[3,3] s=1 p=explicit': PADDED,
    'mirrorPad: grad': MIRRORED,
    'mirrorPad: gradient with clones': MIRRORED,
    'depthwiseConv2d gradients: throws error on dilations > 1': DILATED,
  },
  webgpu: {
    'mirrorPad: grad': MIRRORED,
    'mirrorPad: gradient with clones': MIRRORED,
    'depthwiseConv2d gradients: throws error on dilations > 1': DILATED,
    'conv2dTranspose: input=8x8x8,output=4x4x8,f=8,s=1,inDepth=8,p=same vec4': TRANSPOSED,
  },
};
