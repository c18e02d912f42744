/** For zsh 5, sourced or as a file `_asr` in the function path. */
export const ZSH = `#compdef asr
# zsh completion for asr

_asr() {
  local program=\${(Q)words[1]} kind line value help
  local -a answer plain open
  [[ $program == '~/'* ]] && program=$HOME/\${program[3,-1]}
  answer=("\${(@f)$("$program" complete -- "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" </dev/null 2>/dev/null)}")
  kind=$answer[1]
  case $kind in
    files) compset -P 1 '--*='; _files ;;
    folders) compset -P 1 '--*='; _files -/ ;;
    words)
      for line in "\${(@)answer[2,-1]}"; do
        value=\${line%%$'\\t'*}
        help=\${line#*$'\\t'}
        line=\${value//:/\\\\:}\${help:+:$help}
        if [[ $value == *= ]]; then open+=("$line"); else plain+=("$line"); fi
      done
      _describe asr plain -- open -S ''
      ;;
  esac
}

if [[ $funcstack[1] == _asr ]]; then
  _asr "$@"
else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
  compdef _asr asr
fi
`;
