/** Many jobs share one stream: each one's text comes out whole, in the order of the inputs. */

export interface Slot {
  append(text: string): Promise<void>;
  /** No more text from this job: the next one's turn. */
  end(): Promise<void>;
}

/**
 * @param write the stream; what it throws, every later `append` and `end` throws too
 * @param separator put between the texts of two jobs that both wrote something
 * @returns a function that opens the slot of input `index`; the slot whose turn it is writes
 *   through, later ones wait in memory.
 */
export function createOrderedOutput(
  write: (text: string) => Promise<void>,
  separator: string,
): (index: number) => Slot {
  const waiting = new Map<number, { text: string; ended: boolean }>();
  let turn = 0;
  let lastWriter: number | undefined;
  let draining = false;
  let broken: { readonly error: unknown } | undefined;

  /**
   * Lets out all that may go. Only one at a time: whoever finds it running leaves the text to it,
   * since it looks again after each write.
   */
  async function drain(): Promise<void> {
    if (broken !== undefined) throw broken.error;
    if (draining) return;
    draining = true;
    try {
      for (let slot = waiting.get(turn); slot !== undefined; slot = waiting.get(turn)) {
        if (slot.text !== "") {
          const { text } = slot;
          slot.text = "";
          const lead = lastWriter === undefined || lastWriter === turn ? "" : separator;
          lastWriter = turn;
          await write(lead + text);
        } else if (slot.ended) {
          waiting.delete(turn);
          turn += 1;
        } else return;
      }
    } catch (error) {
      broken = { error };
      throw error;
    } finally {
      draining = false;
    }
  }

  return (index) => {
    const slot = { text: "", ended: false };
    waiting.set(index, slot);
    return {
      async append(text) {
        slot.text += text;
        await drain();
      },
      async end() {
        slot.ended = true;
        await drain();
      },
    };
  };
}
