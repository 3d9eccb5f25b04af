"""CMCGAN training steps in PyTorch on CUDA: the peer of bench/src/gpu.ts. Writes one JSON object per width, batch and precision.

    python3 torch_gpu.py --widths 0.125,1 --batches 16,64 --laps 8
"""

import argparse
import json
import statistics
import sys
import time

import torch

from torch_step import Step

#: Whether TensorFloat-32 is allowed, images and filters are in the channels-last layout, and losses are computed in bfloat16.
MODES = {'fp32': (False, False, False), 'tf32': (True, False, False), 'tf32 channels-last': (True, True, False), 'bf16 channels-last': (True, True, True)}
WARM_UP = 4


class CudaStep(Step):
    def __init__(self, width, batch, channels_last, bfloat16):
        super().__init__(width, batch)
        for network in (self.encoder_v, self.encoder_a, self.decoder_v, self.decoder_a, self.discriminator):
            network.cuda()
        self.images, self.sounds, self.bfloat16 = self.images.cuda(), self.sounds.cuda(), bfloat16
        if channels_last:
            self.use_channels_last()

    def latent(self):
        return torch.randn(self.batch, 100, 1, 1, device='cuda')

    def run(self):
        with torch.autocast('cuda', dtype=torch.bfloat16, enabled=self.bfloat16):
            super().run()
        torch.cuda.synchronize()


def measure(width, batch, mode, laps):
    allow, channels_last, bfloat16 = MODES[mode]
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = allow
    torch.cuda.empty_cache()
    torch.cuda.reset_peak_memory_stats()
    step = CudaStep(width, batch, channels_last, bfloat16)
    times = []
    for _ in range(WARM_UP + laps):
        started = time.perf_counter()
        step.run()
        times.append(time.perf_counter() - started)
    times = times[WARM_UP:]
    gibibytes = torch.cuda.max_memory_allocated() / 2**30
    return {'median': statistics.median(times), 'min': min(times), 'max': max(times), 'gibibytes': gibibytes}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--widths', default='0.125,0.25,1')
    parser.add_argument('--batches', default='16,64')
    parser.add_argument('--laps', type=int, default=8)
    options = parser.parse_args()
    if not torch.cuda.is_available():
        sys.exit(f'PyTorch {torch.__version__} finds no CUDA device')
    torch.backends.cudnn.benchmark = True
    for width in map(float, options.widths.split(',')):
        for batch in map(int, options.batches.split(',')):
            for mode in MODES:
                result = measure(width, batch, mode, options.laps)
                print(json.dumps({'torch': torch.__version__, 'width': width, 'batch': batch, 'mode': mode, **result}), flush=True)


if __name__ == '__main__':
    main()
