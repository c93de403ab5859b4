import { RunControl } from '../experiment/control.ts';

/** Does work that Ctrl-C stops in two steps: first nothing new begins, a second one aborts what is under way. */
export async function interruptible<T>(
  say: (line: string) => void,
  work: (control: RunControl) => Promise<T>,
): Promise<T> {
  const control = new RunControl();
  const stop = () => {
    say('Stopping: finishing what is nearly done. Press Ctrl-C again to stop at once.');
    control.stop();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    return await work(control);
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}
