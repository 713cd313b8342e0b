// Some acts want a proof, minutes old at most, of who is asking. The HTTP layer asks here; the shell shows the question.
import { Store } from './store';

class FreshFactor extends Store<boolean> {
  private waiting: ((proved: boolean) => void)[] = [];
  /** Set by the shell once somebody can be asked. */
  asker = false;

  ask(): Promise<boolean> {
    if (!this.asker) return Promise.resolve(false);
    this.set(true);
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** Lets every waiting call go on, or fail as it would have. */
  answer(proved: boolean): void {
    const waiting = this.waiting;
    this.waiting = [];
    this.set(false);
    for (const resolve of waiting) resolve(proved);
  }
}

export const freshFactor = new FreshFactor(false);
