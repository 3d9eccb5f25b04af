"""Features of sounds in librosa, called as in its documentation: the peer that `npm run bench` compares ours with.

`--task lms`: a 16-bit WAV file to its mel spectrum in dB. `--task inversion`: that spectrum back to a waveform, by non-negative least
squares and 32 iterations of Griffin-Lim. Any other task: a feature of samples that have already been read. Clips are the WAV files of the
folder `--clips`, in turn. Writes one JSON object per line: a greeting, then an answer `{"seconds": ...}` (the mean of the repetitions) to
each line read.

    python3 librosa_features.py --task lms --clips folder --repetitions 20
"""

import argparse
import glob
import itertools
import json
import os
import resource
import sys
import time

import librosa
import soundfile

FRAMING = {'n_fft': 2048, 'hop_length': 512}


def lms(path):
    samples, rate = soundfile.read(path, dtype='float32')
    power = librosa.feature.melspectrogram(y=samples, sr=rate, n_mels=128, pad_mode='constant', **FRAMING)
    return librosa.power_to_db(power, amin=1e-10, top_db=None)


def inversion(decibels):
    magnitude = librosa.feature.inverse.mel_to_stft(librosa.db_to_power(decibels), sr=44100, n_fft=FRAMING['n_fft'])
    return librosa.griffinlim(magnitude, n_iter=32, length=22050, random_state=0, **FRAMING)


def tempo(y, rate):
    return librosa.feature.tempo(onset_envelope=librosa.onset.onset_strength(y=y, sr=rate), sr=rate)


FEATURES = {
    'mfcc': lambda y, rate: librosa.feature.mfcc(y=y, sr=rate),
    'rms': lambda y, rate: librosa.feature.rms(y=y),
    'zeroCrossingRate': lambda y, rate: librosa.feature.zero_crossing_rate(y),
    'spectralCentroid': lambda y, rate: librosa.feature.spectral_centroid(y=y, sr=rate),
    'spectralBandwidth': lambda y, rate: librosa.feature.spectral_bandwidth(y=y, sr=rate),
    'spectralRolloff': lambda y, rate: librosa.feature.spectral_rolloff(y=y, sr=rate),
    'spectralFlatness': lambda y, rate: librosa.feature.spectral_flatness(y=y),
    'spectralContrast': lambda y, rate: librosa.feature.spectral_contrast(y=y, sr=rate),
    'chroma': lambda y, rate: librosa.feature.chroma_stft(y=y, sr=rate),
    'onsetStrength': lambda y, rate: librosa.onset.onset_strength(y=y, sr=rate),
    'tempo': tempo,
    'pyin': lambda y, rate: librosa.pyin(y, sr=rate, fmin=65.4, fmax=2093),
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--task', choices=['lms', 'inversion', *FEATURES], required=True)
    parser.add_argument('--clips', required=True)
    parser.add_argument('--repetitions', type=int, default=1)
    options = parser.parse_args()
    paths = sorted(glob.glob(os.path.join(options.clips, '*.wav')))
    if options.task in FEATURES:
        items = [soundfile.read(path, dtype='float32') for path in paths]
        run = lambda item: FEATURES[options.task](*item)
    else:
        run, items = (lms, paths) if options.task == 'lms' else (inversion, [lms(path) for path in paths])
    turns = itertools.cycle(items)
    print(json.dumps({'peer': f'librosa {librosa.__version__}'}), flush=True)
    for _ in sys.stdin:
        started = time.perf_counter()
        for _ in range(options.repetitions):
            run(next(turns))
        seconds = (time.perf_counter() - started) / options.repetitions
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        print(json.dumps({'seconds': seconds, 'peakBytes': peak}), flush=True)


if __name__ == '__main__':
    main()
