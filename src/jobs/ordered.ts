/** Many jobs share one stream: each one's text comes out whole, in the order of the inputs. */

export interface Slot {
  append(text: string): Promise<void>;
  /** No more text from this job: the next one's turn. */
  end(): Promise<void>;
}

/**
 * @param write the stream
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
  let wroteBefore = false;
  let wroteInTurn = false;

  async function send(text: string): Promise<void> {
    if (text === "") return;
    const lead = wroteBefore && !wroteInTurn ? separator : "";
    wroteInTurn = true;
    await write(lead + text);
  }

  async function advance(): Promise<void> {
    for (;;) {
      wroteBefore ||= wroteInTurn;
      wroteInTurn = false;
      turn += 1;
      const next = waiting.get(turn);
      if (next === undefined) return;
      const { text } = next;
      next.text = "";
      await send(text);
      if (!next.ended) return;
      waiting.delete(turn);
    }
  }

  return (index) => {
    const slot = { text: "", ended: false };
    waiting.set(index, slot);
    return {
      async append(text) {
        if (index === turn) await send(text);
        else slot.text += text;
      },
      async end() {
        slot.ended = true;
        if (index !== turn) return;
        waiting.delete(index);
        await advance();
      },
    };
  };
}
