import mark from './mark.svg';

/** The sign of Linkspan: a span between two shores. */
export function Mark({ size }: { size: number }) {
  return <img src={mark} alt="" width={size} height={size} />;
}
