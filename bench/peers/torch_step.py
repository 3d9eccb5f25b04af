"""One CMCGAN training step in PyTorch: the peer that `npm run bench` compares ours with.

It shares the same work as ours: each real sample is encoded once, the generator runs forward once for both updates, and the
discriminator's features of a sample serve every pair it is in. Writes one JSON object per line: a greeting, then an answer
`{"seconds": ...}` to each line read. `--mode` is how a user may run it: as written (eager), with images and filters in the
channels-last layout, through torch.compile, or both. Threads and OpenMP's settings are PyTorch's own unless `--threads` is given.

    python3 torch_step.py --width 0.25 --batch 16 --mode channels-last
"""

import argparse
import json
import resource
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

CHANNELS = (64, 128, 256, 512, 512, 256)
CODE, LATENT = 64, 100
MODES = ('eager', 'channels-last', 'compile', 'compile-channels-last')


class Encoder(nn.Module):
    def __init__(self, channels_in, widths, code, leaky, normalise_first):
        super().__init__()
        layers, previous = [], channels_in
        for index, width in enumerate([*widths, code]):
            normalised = normalise_first or index > 0
            layers.append(nn.Conv2d(previous, width, 5, 2, 2, bias=not normalised))
            if normalised:
                layers.append(nn.BatchNorm2d(width, eps=1e-3))
            layers.append(nn.LeakyReLU(0.2, inplace=True) if leaky else nn.ReLU(inplace=True))
            previous = width
        self.layers = nn.Sequential(*layers)

    def forward(self, x):
        return self.layers(x)


class Decoder(nn.Module):
    def __init__(self, channels_out, widths, code, is_sound):
        super().__init__()
        layers, previous = [], code + LATENT
        # The paper's decoder: 256-512-512-256-128-64-(3|1); the sound's first two layers double only the mel axis.
        for index, width in enumerate([*reversed(widths), channels_out]):
            keeps_frames = is_sound and index < 2
            layers.append(
                nn.ConvTranspose2d(
                    previous, width, 5, (2, 1) if keeps_frames else 2, 2,
                    output_padding=(1, 0) if keeps_frames else 1, bias=index == len(widths),
                )
            )
            if index < len(widths):
                layers += [nn.BatchNorm2d(width, eps=1e-3), nn.LeakyReLU(0.2, inplace=True)]
            else:
                layers.append(nn.Tanh())
            previous = width
        self.layers = nn.Sequential(*layers)

    def forward(self, code, latent):
        return self.layers(torch.cat([code, latent], 1))


class Discriminator(nn.Module):
    def __init__(self, widths, code):
        super().__init__()
        self.image = Encoder(3, widths, code, leaky=True, normalise_first=False)
        self.sound = Encoder(1, widths, code, leaky=True, normalise_first=False)
        self.logit = nn.Linear(2 * code, 1)

    def forward(self, image_features, sound_features):
        return self.logit(torch.cat([image_features.flatten(1), sound_features.flatten(1)], 1))


class Step:
    def __init__(self, width, batch):
        torch.manual_seed(0)
        widths, code = [round(c * width) for c in CHANNELS], round(CODE * width)
        self.encoder_v = Encoder(3, widths, code, leaky=False, normalise_first=True)
        self.encoder_a = Encoder(1, widths, code, leaky=False, normalise_first=True)
        self.decoder_v = Decoder(3, widths, code, is_sound=False)
        self.decoder_a = Decoder(1, widths, code, is_sound=True)
        self.discriminator = Discriminator(widths, code)
        generator = [p for m in (self.encoder_v, self.encoder_a, self.decoder_v, self.decoder_a) for p in m.parameters()]
        self.adam = torch.optim.Adam(generator, 1e-3)
        self.momentum = torch.optim.SGD(self.discriminator.parameters(), 1e-3, momentum=0.9)
        self.images, self.sounds = torch.randn(batch, 3, 128, 128), torch.randn(batch, 1, 128, 32)
        self.batch = batch
        self.parameters = sum(p.numel() for p in generator), sum(p.numel() for p in self.discriminator.parameters())

    def use_channels_last(self):
        for network in (self.encoder_v, self.encoder_a, self.decoder_v, self.decoder_a, self.discriminator):
            network.to(memory_format=torch.channels_last)
        self.images, self.sounds = (x.to(memory_format=torch.channels_last) for x in (self.images, self.sounds))

    def use_compiler(self):
        # Whole losses rather than single networks: fewer graphs, and faster here.
        self.path_ends = torch.compile(self.path_ends)
        self.discriminator_loss = torch.compile(self.discriminator_loss)
        self.generator_loss = torch.compile(self.generator_loss)

    def latent(self):
        return torch.randn(self.batch, LATENT, 1, 1)

    def path_ends(self):
        code_v, code_a = self.encoder_v(self.images), self.encoder_a(self.sounds)
        vav = self.decoder_v(self.encoder_a(self.decoder_a(code_v, self.latent())), self.latent())
        ava = self.decoder_a(self.encoder_v(self.decoder_v(code_a, self.latent())), self.latent())
        vva = self.decoder_a(self.encoder_v(self.decoder_v(code_v, self.latent())), self.latent())
        aav = self.decoder_v(self.encoder_a(self.decoder_a(code_a, self.latent())), self.latent())
        return (vav, aav), (ava, vva)

    def discriminator_loss(self, images, sounds):
        d, softplus = self.discriminator, F.softplus
        real_v, real_a = d.image(self.images), d.sound(self.sounds)
        real = softplus(-d(real_v, real_a)).mean()
        wrong = softplus(d(real_v, real_a.roll(1, 0))).mean() + softplus(d(real_v.roll(1, 0), real_a)).mean()
        fake = sum(softplus(d(d.image(x), real_a)).mean() for x in images) / 2
        fake = fake + sum(softplus(d(real_v, d.sound(x))).mean() for x in sounds) / 2
        return 2 * real + 0.5 * (wrong + fake)

    def generator_loss(self, images, sounds):
        d = self.discriminator
        with torch.no_grad():
            real_v, real_a = d.image(self.images), d.sound(self.sounds)
        adversarial = sum(F.softplus(-d(d.image(x), real_a)).mean() for x in images) / 2
        adversarial = adversarial + sum(F.softplus(-d(real_v, d.sound(x))).mean() for x in sounds) / 2
        consistency = sum(F.l1_loss(x, self.images) for x in images) + sum(F.l1_loss(x, self.sounds) for x in sounds)
        return adversarial + consistency

    def run(self):
        for parameter in self.discriminator.parameters():
            parameter.requires_grad_(True)
        images, sounds = self.path_ends()
        loss = self.discriminator_loss([x.detach() for x in images], [x.detach() for x in sounds])
        self.momentum.zero_grad(set_to_none=True)
        loss.backward()
        self.momentum.step()
        for parameter in self.discriminator.parameters():
            parameter.requires_grad_(False)
        loss = self.generator_loss(images, sounds)
        self.adam.zero_grad(set_to_none=True)
        loss.backward()
        self.adam.step()
        return loss.item()


def lap(step):
    started, cpu_started = time.perf_counter(), time.process_time()
    step.run()
    seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - cpu_started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {'seconds': seconds, 'cpuSeconds': cpu_seconds, 'peakBytes': peak}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--width', type=float, default=0.25)
    parser.add_argument('--batch', type=int, default=16)
    parser.add_argument('--threads', type=int)
    parser.add_argument('--mode', choices=MODES, default='eager')
    options = parser.parse_args()
    if options.threads:
        torch.set_num_threads(options.threads)
    step = Step(options.width, options.batch)
    if 'channels-last' in options.mode:
        step.use_channels_last()
    if 'compile' in options.mode:
        step.use_compiler()
    generator, discriminator = step.parameters
    name = f'PyTorch {torch.__version__.split("+")[0]} {options.mode}'
    print(json.dumps({'peer': name, 'generatorParameters': generator, 'discriminatorParameters': discriminator}), flush=True)
    for _ in sys.stdin:
        try:
            answer = lap(step)
        except Exception as error:
            sys.exit(str(error).strip().split('\n')[0])
        print(json.dumps(answer), flush=True)


if __name__ == '__main__':
    main()
