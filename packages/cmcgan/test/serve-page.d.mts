export function buildPage(project: string): Promise<string>;
export function serve(folder: string): Promise<{ address: string; close(): void }>;
