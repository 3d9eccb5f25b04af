const MIRRORED = 'drops the gradients of mirrored values';
const TRANSPOSED = 'expects a transposed convolution to reduce 8×8 to 4×4 outputs';
const DILATED = 'expects dilated convolutions to have no gradient';

/** Tests that fail on our kernels alone because what they expect is wrong, with the reason, by backend. */
export const WRONG_EXPECTATIONS = {
  wasm: {
    'avgPool: gradient x=[3,3,1] f=[3,3] s=1 p=explicit': 'counts padding that the average excludes',
    'mirrorPad: grad': MIRRORED,
    'mirrorPad: gradient with clones': MIRRORED,
    'depthwiseConv2d gradients: throws error on dilations > 1': DILATED,
    'conv2dTranspose: input=8x8x8,output=4x4x8,f=8,s=1,inDepth=8,p=same vec4': TRANSPOSED,
  },
  webgpu: {
    'mirrorPad: grad': MIRRORED,
    'mirrorPad: gradient with clones': MIRRORED,
    'depthwiseConv2d gradients: throws error on dilations > 1': DILATED,
    'conv2dTranspose: input=8x8x8,output=4x4x8,f=8,s=1,inDepth=8,p=same vec4': TRANSPOSED,
  },
};
