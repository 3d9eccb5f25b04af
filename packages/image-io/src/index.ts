export { COLOUR_MAP } from './colour-map';
export { contactSheet, type ContactSheetOptions, type ContactSheetRow } from './contact-sheet';
export { decodeImage, MAX_PIXELS, type DecodeImageOptions } from './decode-image';
export { drawText, textHeight, textWidth } from './draw-text';
export { encodeJpeg, encodePng } from './encode-image';
export { imageToPixels, pixelsToImage } from './image-range';
export { lmsToPixels, type LmsToPixelsOptions } from './lms-to-pixels';
export type { Picture, Rgb } from './picture';
export { resizePicture } from './resize-picture';
