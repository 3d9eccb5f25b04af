import { Fragment } from 'preact';

/** A path as the paper writes it, its arrows drawn: not every font has them. */
export const PathName = ({ path }: { path: string }) => (
  <span class="name">
    {[...path].map((letter, i) => (
      <Fragment key={i}>
        {i > 0 && (
          <svg class="icon arrow" viewBox="0 0 24 24" width="16" height="16" role="img" aria-label="to">
            <path d="M4 12h15m0 0-5-5m5 5-5 5" />
          </svg>
        )}
        {letter}
      </Fragment>
    ))}
  </span>
);
