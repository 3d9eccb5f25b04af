// What the inversion module imports of the spectrum module.

/** Transforms (re, im); see transform.ts. */
export declare function transform(re: usize, im: usize): usize;
/** Windows samples and transforms them; see power.ts. */
export declare function transformSamples(samples: usize): usize;
