"""Reads pictures with Pillow, for compare-with-peers.mjs.

Reads one path per line from stdin and answers each with a line of JSON: {width, height, mode} with the pixels (RGB, 8 bits) written to the file named as the only argument, or
{refused} with Pillow's reason. First frame, upright, the embedded profile converted to sRGB, transparency over white; with a side below 128 also
{enlarged: true}, and Pillow's bicubic enlargement to 128x128 after the pixels.
"""

import io
import json
import sys
import warnings

import numpy
from PIL import Image, ImageCms, ImageOps
from PIL import __version__ as version

warnings.simplefilter("ignore")
Image.MAX_IMAGE_PIXELS = None
SRGB = ImageCms.createProfile("sRGB")
# convert("RGB") goes through a table of 33 steps, which is up to 9 levels off what Little CMS computes directly.
LAB_TO_SRGB = ImageCms.buildTransform(ImageCms.createProfile("LAB"), SRGB, "LAB", "RGB", 0, ImageCms.Flags.NOOPTIMIZE)
SIDE = 128


def to_8_bits(image):
    if image.mode.startswith("I;16"):
        values = numpy.asarray(image.convert("I"), dtype=numpy.float64)
        bits = image.tag_v2.get(258, (16,))[0] if image.format == "TIFF" else 16
        values = values * 65535 / (2**bits - 1)  # Pillow leaves 12 bits as they are
    elif image.mode == "I":
        values = numpy.asarray(image, dtype=numpy.float64)
        if values.min() < 0 or values.max() > 65535:
            raise ValueError("32-bit integers have no 8-bit meaning")
    elif image.mode == "F":
        raise ValueError("floats have no 8-bit meaning")
    else:
        return image
    return Image.fromarray(numpy.rint(values / 257).astype(numpy.uint8))


def colours_and_alpha(image):
    if image.mode == "P":
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    elif image.mode in ("1", "PA", "La", "RGBa", "RGBX"):
        image = image.convert({"1": "L", "PA": "RGBA", "La": "LA", "RGBa": "RGBA", "RGBX": "RGB"}[image.mode])
    elif image.mode in ("L", "RGB") and "transparency" in image.info:
        image = image.convert("LA" if image.mode == "L" else "RGBA")
    if image.mode in ("LA", "RGBA"):
        return image.convert(image.mode[:-1]), image.getchannel("A")
    return image, None


def to_srgb(image, profile):
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            return ImageCms.profileToProfile(image, source, SRGB, renderingIntent=0, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            pass  # broken, or for another colour space than the pixels'
    if image.mode == "LAB":
        return ImageCms.applyTransform(image, LAB_TO_SRGB)
    return image.convert("RGB")


def exif_orientation(image):
    """The orientation from EXIF, or AVIF's own; XMP's is ignored, as in browsers; Pillow rotates a TIFF while reading it."""
    exif = Image.Exif()
    if image.format == "TIFF" or not image.info.get("exif"):
        return 1
    try:
        exif.load(image.info["exif"])
        return exif.get(0x0112, 1)
    except Exception:
        return 1


def read(path):
    with Image.open(path) as image:
        image.load()
        mode, profile = image.mode, image.info.get("icc_profile")
        orientation = exif_orientation(image)
        hidden = image.info.get("transparency") if image.mode.startswith("I;16") else None
        values = numpy.asarray(image) if hidden is not None else None
        colours, alpha = colours_and_alpha(to_8_bits(image))
        if hidden is not None:
            alpha = Image.fromarray(numpy.where(values == hidden, 0, 255).astype(numpy.uint8))
        colours = to_srgb(colours, profile)
    pixels = numpy.asarray(colours, dtype=numpy.float64)
    if alpha is not None:
        share = numpy.asarray(alpha, dtype=numpy.float64)[..., None] / 255
        pixels = pixels * share + 255 * (1 - share)
    upright = Image.fromarray(numpy.rint(pixels).astype(numpy.uint8))
    if orientation in range(2, 9):
        upright.getexif()[0x0112] = orientation
        upright = ImageOps.exif_transpose(upright)
    return mode, upright


def main():
    print(json.dumps({"version": version}), flush=True)
    for line in sys.stdin:
        try:
            mode, image = read(line.rstrip("\n"))
            enlarged = min(image.size) < SIDE
            with open(sys.argv[1], "wb") as target:
                target.write(image.tobytes())
                if enlarged:
                    target.write(image.resize((SIDE, SIDE), Image.Resampling.BICUBIC).tobytes())
            answer = {"width": image.width, "height": image.height, "mode": mode, "enlarged": enlarged}
        except Exception as reason:  # whatever Pillow reports about a file is its answer
            answer = {"refused": f"{type(reason).__name__}: {reason}"}
        print(json.dumps(answer), flush=True)


main()
