import type { ForeignFlags } from '../options/foreign-flags';

/** A flag of the command line. */
export interface CommandFlag {
  readonly name: string;
  /** Name of its value in --help; left out: the flag is a switch. */
  readonly value?: string;
  readonly help: string;
  /** Its heading in --help. */
  readonly heading?: string;
}

/** Parsed arguments of a command: flag values by the flag's camel-case name, the switches given, and the positional argument. */
export interface Typed {
  readonly flags: Readonly<Record<string, string | undefined>>;
  readonly switches: ReadonlySet<string>;
  readonly word: string | undefined;
}

/** What the program needs from its process. */
export interface ProgramDependencies {
  /** Base of relative paths. */
  readonly folder: string;
  readonly trainerVersion: string;
}

/** One command of the program. */
export interface TrainerCommand {
  /** Empty for what the program does without a command. */
  readonly name: string;
  readonly summary: string;
  /** Not listed in --help: only the program itself runs it. */
  readonly hidden?: boolean;
  /** The command's positional argument. */
  readonly word?: { readonly name: string; readonly help: string };
  readonly flags: readonly CommandFlag[];
  /** Names of flags in other programs, with what to type here. */
  readonly foreignFlags?: ForeignFlags;
  /** Command lines shown below the summary in --help, each with what it does, or '' if that is obvious. */
  readonly examples: readonly (readonly [line: string, meaning: string])[];
  /** Lists at the end of --help, by their headings. */
  readonly lists?: Readonly<Record<string, readonly (readonly [name: string, meaning: string])[]>>;
  /** Last lines of --help. */
  readonly footer?: string;
  /** Resolves to the process's exit code. */
  run(typed: Typed, dependencies: ProgramDependencies): Promise<number>;
}
