import { useEffect, useRef, useState } from 'preact/hooks';
import { mediaDevices, mediaError } from '../media-error';
import { Dialog } from './dialog';
import { Icon } from './icon';

interface CameraDialogProps {
  onPicture(file: File): void;
  onClose(): void;
}

/** Shows what the camera sees, and takes a picture of it: its middle, as a square. */
export function CameraDialog({ onPicture, onClose }: CameraDialogProps) {
  const video = useRef<HTMLVideoElement>(null);
  const [error, setError] = useState<string>();
  const [ready, setReady] = useState(false);
  useEffect(() => {
    let [stream, closed]: [MediaStream | undefined, boolean] = [undefined, false];
    const stop = () => stream?.getTracks().forEach((track) => track.stop());
    const open = async () => {
      stream = await mediaDevices().getUserMedia({ video: { facingMode: { ideal: 'environment' } } });
      if (closed) return stop();
      video.current!.srcObject = stream;
      await video.current!.play();
      setReady(true);
    };
    open().catch((reason: unknown) => closed || setError(mediaError('camera', reason)));
    return () => {
      closed = true;
      stop();
    };
  }, []);

  return (
    <Dialog title="Take a picture" onClose={onClose}>
      {error !== undefined ? (
        <p role="alert">{error}</p>
      ) : (
        <>
          <video ref={video} class="viewfinder" muted playsInline aria-label="What the camera sees" />
          <button type="button" class="primary" disabled={!ready} onClick={async () => onPicture(await squareOf(video.current!))}>
            <Icon name="camera" /> Take it
          </button>
        </>
      )}
    </Dialog>
  );
}

/** The middle of what a video shows, as a file. */
async function squareOf(video: HTMLVideoElement): Promise<File> {
  const { videoWidth, videoHeight } = video;
  const side = Math.min(videoWidth, videoHeight);
  const canvas = new OffscreenCanvas(side, side);
  canvas.getContext('2d')!.drawImage(video, (videoWidth - side) / 2, (videoHeight - side) / 2, side, side, 0, 0, side, side);
  return new File([await canvas.convertToBlob({ type: 'image/png' })], 'Your picture');
}
