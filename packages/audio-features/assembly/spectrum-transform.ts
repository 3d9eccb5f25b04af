// What the inversion module imports from the spectrum module.

/** Transforms complex values; see transform.ts. */
export declare function transform(from: usize): usize;
/** Windows samples and transforms them; see power.ts. */
export declare function transformSamples(samples: usize): usize;
