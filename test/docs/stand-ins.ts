/**
 * Programs that a test can't run as they are, each as a shell script that goes before the real one
 * in the sandbox's PATH. `$AUDIO` is the folder of recordings.
 */
export const STAND_INS: Readonly<Record<string, string>> = {
  /** The package is built and installed already; a package of the registry is one of those here. */
  npm: `case "$1" in
  ci | test | install | run) ;;
  pack)
    for word in "$@"; do
      case "$word" in *@*) ;; *) continue ;; esac
      name=\${word%@*} file="\${word%@*}-\${word##*@}.tgz"
      tar -C "$PACKAGES" --transform "s,^$name,package," -cf - "$name" | gzip -1 > "$file" && echo "$file"
    done ;;
  *) echo "npm $* has no stand-in" >&2; exit 64 ;;
esac`,
  npx: 'exec "$@"',
  /** A language model: it says that it was asked. */
  llm: 'cat > /dev/null && echo "# Minutes"',
  /** Following a file never ends: what is there already is enough. */
  tail: `for word in "$@"; do
  shift
  test "$word" = -f || set -- "$@" "$word"
done
PATH="$REAL_PATH" exec tail "$@"`,
  /** A microphone: a recording; where asr itself listens, somebody presses Ctrl-C when it is over. */
  arecord: `case " $* " in
  *" -l "*) echo "card 1: Device [USB Audio], device 0: USB Audio [USB Audio]" ;;
  *" -q -t raw "*) tail -c +45 "$AUDIO/en-librivox-0890.wav"; kill -INT "$PPID" 2>/dev/null; sleep 5 ;;
  *" -t raw "*) tail -c +45 "$AUDIO/en-librivox-0890.wav" ;;
  *) cat "$AUDIO/en-librivox-0890.wav" ;;
esac`,
  /** A broadcast is a recording; all else is the real ffmpeg. */
  ffmpeg: `for word in "$@"; do
  shift
  case "$word" in rtmp://*) word="$AUDIO/en-librivox-0890.wav" ;; esac
  set -- "$@" "$word"
done
PATH="$REAL_PATH" exec ffmpeg "$@"`,
  /** The real one, on a port that is free, with its data away from the page's files. */
  "redis-server": `PATH="$REAL_PATH" exec redis-server "$@" --bind 127.0.0.1 --port "$QUEUE_PORT" --dir "$TMPDIR"`,
  /** Whisper's own command writes its JSON into the working folder. */
  whisper: `name=$(basename "\${1%.*}")
printf '{"text":" Hello.","segments":[{"id":0,"start":0,"end":1.2,"text":" Hello."}],"language":"en"}' > "$name.json"`,
};
