import { useRef } from 'preact/hooks';
import type { PathedFile } from '../model-files';
import { Icon } from './icon';

interface FileButtonProps {
  /** What is on the button. */
  readonly text: string;
  /** What the files are, for those who can't see the page. */
  readonly label: string;
  /** Kinds of files, as an input's `accept`. */
  readonly accept: string;
  onFiles(files: readonly PathedFile[]): void;
}

/** A button that lets the user choose files. */
export function FileButton({ text, label, accept, onFiles }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  const choose = () => {
    const files = [...(input.current!.files ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
    input.current!.value = ''; // the same file may be chosen again
    onFiles(files);
  };
  return (
    <>
      <input ref={input} type="file" multiple hidden accept={accept} aria-label={label} onChange={choose} />
      <button type="button" class="primary" onClick={() => input.current!.click()}>
        <Icon name="file" /> {text}
      </button>
    </>
  );
}
