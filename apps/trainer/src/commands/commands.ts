import { AUTO, BACKENDS } from '@cmcgan/backends';
import { FOREIGN_EXPORT_FLAGS, FOREIGN_GENERATE_FLAGS, FOREIGN_TRAIN_FLAGS } from '../options/foreign-flags';
import { PRESETS } from '../options/presets';
import { VARIANTS } from '../variants/variants';
import type { TrainerCommand } from './command';
import { DOCTOR_FLAGS, doctorCommand } from './doctor-command';
import { EXPORT_FLAGS, exportCommand } from './export-command';
import { GENERATE_FLAGS, generateCommand } from './generate-command';
import { measureBackendCommand } from './measure-backend-command';
import { NATIVE_FLAGS, nativeCommand } from './native-command';
import { reportCommand } from './report-command';
import { trainCommand } from './train-command';
import { TRAIN_FLAGS } from './train-flags';

/** A table's names with their summaries. */
const summaries = (table: Readonly<Record<string, { readonly summary: string }>>) =>
  Object.entries(table).map(([name, { summary }]) => [name, summary] as const);
const backends = [
  ...BACKENDS.map(({ name, summary }) => [name, summary] as const),
  [AUTO, 'the fastest that works here; measures each briefly'] as const,
];

/** All commands of the program. To add one: one file and one row. */
export const COMMANDS: readonly TrainerCommand[] = [
  {
    name: '',
    summary: 'Trains CMCGAN: pictures of musicians to their sounds, and sounds to pictures.',
    flags: TRAIN_FLAGS,
    foreignFlags: FOREIGN_TRAIN_FLAGS,
    examples: [
      ['trainer doctor', 'check what works on this machine'],
      ['trainer --dry-run', 'estimate time, memory and disk space'],
      ['trainer', 'train on simulated musicians with the preset laptop'],
      ['trainer --data ~/sub-urmp', 'train on real pairs'],
      ['trainer --resume runs/laptop', 'continue a run that stopped'],
      ['trainer report runs/laptop', 'curves, pictures and sounds on one page'],
    ],
    lists: { 'Presets:': summaries(PRESETS), 'Variants:': summaries(VARIANTS), 'Backends:': backends },
    footer: `In brackets: the default, and the paper's value if that differs.
trainer stands for: npx pnpm --filter trainer start`,
    run: trainCommand,
  },
  {
    name: 'generate',
    summary: 'turns a picture into a sound, or a sound into a picture',
    flags: GENERATE_FLAGS,
    foreignFlags: FOREIGN_GENERATE_FLAGS,
    examples: [
      ['trainer generate --checkpoint runs/laptop --image violin.jpg --out violin.wav', ''],
      ['trainer generate --checkpoint runs/laptop --sound horn.wav --out horn.png', ''],
    ],
    run: ({ flags }, dependencies) => generateCommand(flags, dependencies),
  },
  {
    name: 'export',
    summary: 'writes generators or a classifier for onnxruntime, or for TensorFlow.js without our packages',
    flags: EXPORT_FLAGS,
    foreignFlags: FOREIGN_EXPORT_FLAGS,
    examples: [
      ['trainer export --checkpoint runs/laptop --out onnx', 'image-to-sound.onnx, sound-to-image.onnx, …'],
      ['trainer export --checkpoint runs/laptop/judge/image --out onnx', "the judge's classifier of pictures"],
      ['trainer export --checkpoint runs/laptop --format tfjs --out web', 'web/image-to-sound/model.json, …'],
    ],
    run: exportCommand,
  },
  {
    name: 'report',
    summary: "rewrites a run's report.html from the contents of its folder",
    word: { name: 'run', help: 'a run folder' },
    flags: [],
    examples: [['trainer report runs/laptop', '']],
    run: reportCommand,
  },
  {
    name: 'doctor',
    summary: "reports what works on this machine, what doesn't, and how to fix it",
    flags: DOCTOR_FLAGS,
    examples: [['trainer doctor --data ~/sub-urmp', '']],
    footer: 'Exit code: 0 if a default run is possible, else 1.',
    run: doctorCommand,
  },
  {
    name: 'native',
    summary: "builds what --backend tfjs-node needs, against your Python's TensorFlow",
    flags: NATIVE_FLAGS,
    examples: [
      ['trainer native', 'against the TensorFlow that python3 has'],
      ['trainer native --python ~/venv/bin/python --gpu', 'and fail unless it computes on a GPU'],
      ['trainer native --download newest', 'let pip download one'],
    ],
    footer: 'Needs Linux, a C++ compiler and TensorFlow 2.12 or newer; takes up to a minute.',
    run: nativeCommand,
  },
  {
    name: 'measure-backend',
    hidden: true,
    summary: 'prints how fast a backend is, for --backend auto',
    flags: [
      { name: 'backend', value: 'name', help: 'backend to measure' },
      { name: 'threads', value: 'count', help: 'threads of the backend' },
    ],
    examples: [['trainer measure-backend --backend webgpu', '']],
    run: measureBackendCommand,
  },
];
