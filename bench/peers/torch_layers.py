"""Training steps of small networks in PyTorch, with its default settings: the peer of `npm run bench -- --only layers-api`.

Writes one JSON object per line: a greeting, then an answer `{"seconds": ..., "peakBytes": ...}` to each line read, the mean of `--steps` steps.
"""

import argparse
import json
import resource
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

BATCH = 32


class Recurrent(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(32, 64, batch_first=True)
        self.dense = nn.Linear(64, 10)

    def forward(self, x):
        return self.dense(self.lstm(x)[0][:, -1])


def cnn():
    convolutions = [nn.Conv2d(1, 32, 3), nn.ReLU(), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten()]
    return nn.Sequential(*convolutions, nn.Linear(9216, 128), nn.ReLU(), nn.Linear(128, 10))


def mlp():
    return nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 256), nn.ReLU(), nn.Linear(256, 10))


NETWORKS = {'cnn': (cnn, (1, 28, 28)), 'mlp': (mlp, (784,)), 'lstm': (Recurrent, (16, 32))}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--network', choices=NETWORKS, default='cnn')
    parser.add_argument('--steps', type=int, default=1)
    options = parser.parse_args()
    torch.manual_seed(0)
    make, shape = NETWORKS[options.network]
    network = make()
    optimizer = torch.optim.Adam(network.parameters())
    x, y = torch.randn(BATCH, *shape), torch.arange(BATCH) % 10
    print(json.dumps({'peer': f'PyTorch {torch.__version__}'}), flush=True)
    for _ in sys.stdin:
        started = time.perf_counter()
        for _ in range(options.steps):
            optimizer.zero_grad()
            loss = F.cross_entropy(network(x), y)
            loss.backward()
            optimizer.step()
            loss.item()
        seconds = (time.perf_counter() - started) / options.steps
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        print(json.dumps({'seconds': seconds, 'peakBytes': peak}), flush=True)


if __name__ == '__main__':
    main()
