import { fileURLToPath } from 'node:url';
import type { BenchOptions, Row } from './bench';
import { compareInTurns } from './compare-in-turns';
import { table } from './table';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * The tasks. `repetitions` is the number of clips per lap, from five clips of 0.5 s in turn: so many that after the first lap, which does
 * not count, the engine has compiled what it runs. From MFCC on, reading is not included.
 */
const TASKS = [
  { task: 'lms', name: 'LMS of 0.5 s clips, WAV read included', repetitions: 300 },
  { task: 'inversion', name: 'inversion of one LMS', repetitions: 10 },
  { task: 'mfcc', name: 'MFCC', repetitions: 300 },
  { task: 'rms', name: 'RMS', repetitions: 2000 },
  { task: 'zeroCrossingRate', name: 'zero crossings', repetitions: 1000 },
  { task: 'spectralCentroid', name: 'spectral centroid', repetitions: 500 },
  { task: 'spectralBandwidth', name: 'spectral bandwidth', repetitions: 500 },
  { task: 'spectralRolloff', name: 'spectral rolloff', repetitions: 500 },
  { task: 'spectralFlatness', name: 'spectral flatness', repetitions: 500 },
  { task: 'spectralContrast', name: 'spectral contrast', repetitions: 300 },
  { task: 'chroma', name: 'chroma, tuning estimated', repetitions: 200 },
  { task: 'onsetStrength', name: 'onset strength', repetitions: 300 },
  { task: 'tempo', name: 'tempo, onset strength included', repetitions: 100 },
  { task: 'pyin', name: 'pYIN, C2 to C7', repetitions: 5 },
];

/**
 * Times our features and the inversion of mel spectra against librosa's, alternating; seconds are per clip. One thread each: ours uses no
 * more, and a second one makes librosa's least squares slower when the cores are busy.
 */
export async function benchAudioFeatures(options: BenchOptions): Promise<Row[]> {
  console.log('Timing features, and the inversion of mel spectra …');
  const rows: Row[] = [];
  for (const { task, name, repetitions } of TASKS) {
    const { ours, peer, reason } = await compareInTurns({
      ...options,
      threads: 1,
      ours: here('./our-audio.js'),
      peer: here('../peers/librosa_features.py'),
      library: 'librosa',
      flags: [
        ...['--task', task, '--repetitions', String(repetitions)],
        ...['--clips', here('../../packages/audio-features/test/fixtures/librosa')],
      ],
    });
    if (!peer) console.log(`Could not compare with librosa: ${reason}`);
    const ratio = peer ? peer.seconds / ours.seconds : null;
    rows.push({ name, oursSeconds: ours.seconds, peer: peer?.name ?? null, peerSeconds: peer?.seconds ?? null, ratio });
  }
  const milliseconds = (seconds: number | null) => (seconds === null ? '–' : `${(seconds * 1e3).toFixed(2)} ms`);
  const lines = rows.map(({ name, oursSeconds, peer, peerSeconds, ratio }) => [
    name,
    milliseconds(oursSeconds),
    peer ?? '–',
    milliseconds(peerSeconds),
    ratio ? `${ratio.toFixed(2)}×` : '–',
  ]);
  console.log(`\n${table([['one clip, one thread (median)', 'ours', 'peer', "peer's", 'ratio'], ...lines])}\n`);
  return rows;
}
