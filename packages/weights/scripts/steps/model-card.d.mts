/** What the model card says about the figures of a release, as Markdown. */
export function describeFigures(figures: object): string;
/** The figures in the text of a model card. */
export function figuresIn(text: string): string;
/** Replaces the figures in a model card. */
export function writeModelCard(path: string, figures: object): void;
