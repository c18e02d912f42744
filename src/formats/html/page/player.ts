/** The place in the recording: of the sound, where there is some, else of the reader. */
import { element, optional } from "./elements.ts";

export interface Player {
  /** Undefined in a page without sound. */
  readonly sound?: HTMLAudioElement;
  readonly durationMs: number;
  nowMs(): number;
  seek(ms: number): void;
  toggle(): void;
  isPlaying(): boolean;
  /** True where the place is that of a sound, which tells itself where it is. */
  hasSound(): boolean;
  /** Called whenever the place is another one; while it plays, with each frame. */
  onMove(listener: (ms: number) => void): void;
}

export function createPlayer(durationMs: number): Player {
  const sound = optional<HTMLAudioElement>("sound");
  const listeners: ((ms: number) => void)[] = [];
  const tell = (ms: number): void => {
    for (const listener of listeners) listener(ms);
  };
  const onMove = (listener: (ms: number) => void): void => void listeners.push(listener);
  const inside = (ms: number): number => Math.max(0, Math.min(ms, durationMs));
  return sound === undefined
    ? silentPlayer(durationMs, { tell, onMove, inside })
    : soundingPlayer(sound, durationMs, { tell, onMove, inside });
}

interface Moves {
  readonly tell: (ms: number) => void;
  readonly onMove: Player["onMove"];
  readonly inside: (ms: number) => number;
}

function silentPlayer(durationMs: number, { tell, onMove, inside }: Moves): Player {
  let placeMs = 0;
  return {
    durationMs,
    nowMs: () => placeMs,
    seek(ms) {
      placeMs = inside(ms);
      tell(placeMs);
    },
    toggle: () => {},
    isPlaying: () => false,
    hasSound: () => false,
    onMove,
  };
}

function soundingPlayer(
  sound: HTMLAudioElement,
  durationMs: number,
  { tell, onMove, inside }: Moves,
): Player {
  const button = element<HTMLButtonElement>("play");
  /** Of a sound that can't be loaded. */
  let silent: Player | undefined;
  const nowMs = (): number => silent?.nowMs() ?? Math.round(sound.currentTime * 1000);
  const frame = (): void => {
    tell(nowMs());
    if (!sound.paused) requestAnimationFrame(frame);
  };
  const toggle = (): void => {
    // What can't be played says so by its "error".
    if (sound.paused) void sound.play().catch(() => {});
    else sound.pause();
  };
  const show = (): void => {
    button.setAttribute("aria-label", sound.paused ? "Play" : "Pause");
    button.classList.toggle("playing", !sound.paused);
  };
  button.addEventListener("click", toggle);
  for (const name of ["play", "pause", "ended"]) sound.addEventListener(name, show);
  sound.addEventListener("play", frame);
  for (const name of ["seeking", "seeked"]) sound.addEventListener(name, () => tell(nowMs()));
  const speed = element<HTMLSelectElement>("speed");
  speed.addEventListener("change", () => {
    sound.playbackRate = Number(speed.value);
  });
  const failed = (): void => {
    const note = optional("sound-note");
    if (note !== undefined) note.hidden = false;
    button.disabled = true;
    const placeMs = nowMs();
    silent = silentPlayer(durationMs, { tell, onMove, inside });
    silent.seek(placeMs);
  };
  sound.addEventListener("error", failed);
  if (sound.error !== null) failed();
  return {
    sound,
    durationMs,
    nowMs,
    seek(ms) {
      if (silent !== undefined) return silent.seek(ms);
      sound.currentTime = inside(ms) / 1000;
      // It tells once it is there; whoever looks sees it at once.
      tell(inside(ms));
    },
    toggle,
    isPlaying: () => !sound.paused,
    hasSound: () => silent === undefined,
    onMove,
  };
}
