import type { ForeignFlags } from '../options/foreign-flags';

/** A flag of the command line. */
export interface CommandFlag {
  readonly name: string;
  /** What its value is called; left out: it is a switch. */
  readonly value?: string;
  readonly help: string;
  /** Heading of --help that it stands under. */
  readonly heading?: string;
}

/** What was typed behind a command: texts by the flag's camel-case name, true for a switch, and the word behind the command. */
export interface Typed {
  readonly flags: Readonly<Record<string, string | undefined>>;
  readonly switches: ReadonlySet<string>;
  readonly word: string | undefined;
}

/** What the program takes from its process. */
export interface ProgramDependencies {
  /** What relative paths start from. */
  readonly folder: string;
  readonly trainerVersion: string;
}

/** One command of the program. */
export interface TrainerCommand {
  /** Empty: what the program does without a command. */
  readonly name: string;
  readonly summary: string;
  /** Not listed by --help: the program runs it itself. */
  readonly hidden?: boolean;
  /** A word behind the command: what it is called and what it means. */
  readonly word?: { readonly name: string; readonly help: string };
  readonly flags: readonly CommandFlag[];
  /** Flags as other programs call them, with what to type here. */
  readonly foreignFlags?: ForeignFlags;
  /** What --help shows below the summary: lines to type, each with what it does where that is not plain. */
  readonly examples: readonly (readonly [line: string, meaning: string])[];
  /** Lists that --help ends with, by their headings. */
  readonly lists?: Readonly<Record<string, readonly (readonly [name: string, meaning: string])[]>>;
  /** What --help ends with. */
  readonly footer?: string;
  /** Resolves to the process's exit code. */
  run(typed: Typed, dependencies: ProgramDependencies): Promise<number>;
}
