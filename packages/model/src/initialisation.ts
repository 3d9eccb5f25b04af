/** Standard deviation of the initial weights, or 'he' for sqrt(2 / fan-in), which keeps the signal's scale without normalisation. */
export type Initialisation = number | 'he';
