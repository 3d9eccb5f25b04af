import { fileURLToPath } from 'node:url';
import type { BenchOptions, Row } from './bench';
import { compareInTurns } from './compare-in-turns';
import { table } from './table';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The tasks. `repetitions` is the number of clips per lap, from five clips of 0.5 s in turn. From MFCC on, reading is not included. */
const TASKS = [
  { task: 'lms', name: 'LMS of 0.5 s clips, WAV read included', repetitions: 100 },
  { task: 'inversion', name: 'inversion of one LMS', repetitions: 5 },
  { task: 'mfcc', name: 'MFCC', repetitions: 50 },
  { task: 'rms', name: 'RMS', repetitions: 50 },
  { task: 'zeroCrossingRate', name: 'zero crossings', repetitions: 50 },
  { task: 'spectralCentroid', name: 'spectral centroid', repetitions: 50 },
  { task: 'spectralBandwidth', name: 'spectral bandwidth', repetitions: 50 },
  { task: 'spectralRolloff', name: 'spectral rolloff', repetitions: 50 },
  { task: 'spectralFlatness', name: 'spectral flatness', repetitions: 50 },
  { task: 'spectralContrast', name: 'spectral contrast', repetitions: 25 },
  { task: 'chroma', name: 'chroma, tuning estimated', repetitions: 25 },
  { task: 'onsetStrength', name: 'onset strength', repetitions: 50 },
  { task: 'tempo', name: 'tempo, onset strength included', repetitions: 10 },
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
