/** The spectrum module's `transform`, which the inversion module imports. */
export declare function transform(re: usize, im: usize): usize;
