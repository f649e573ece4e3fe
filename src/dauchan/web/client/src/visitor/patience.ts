/** Ends a request after so many milliseconds. `AbortSignal.timeout` is younger than the oldest browsers we serve. */
export function within(milliseconds: number): AbortSignal {
  const control = new AbortController();
  setTimeout(() => control.abort(), milliseconds);
  return control.signal;
}
