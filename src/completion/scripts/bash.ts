/**
 * For bash 3.2 and later, without the bash-completion package. Bash cuts words at `=` and `:` as
 * well; `$2` is what it will replace. Words come as typed: the quotes of those before are taken off.
 */
export const BASH = `# bash completion for asr

_asr() {
  local -a words=()
  local at piece prefix last kind='' value rest program=$1
  [[ $program == '~/'* ]] && program=$HOME/\${program:2}

  for ((at = 1; at <= COMP_CWORD; at++)); do
    piece=\${COMP_WORDS[at]}
    last=$((\${#words[@]} - 1))
    if ((last >= 0)) && [[ -n $piece && ($piece == [=:]* || \${words[last]} == *[=:]) ]]; then
      words[last]+=$piece
    else
      words+=("$piece")
    fi
  done
  last=$((\${#words[@]} - 1))
  for ((at = 0; at < last; at++)); do
    words[at]=\${words[at]//[\\"\\'\\\\]/}
  done
  prefix=\${words[last]}
  [[ $piece == [=:]* ]] || prefix=\${prefix%"$piece"}
  words[last]=$prefix$2

  COMPREPLY=()
  {
    read -r kind
    while IFS=$'\\t' read -r value rest; do
      COMPREPLY+=("\${value#"$prefix"}")
    done
  } < <("$program" complete -- "\${words[@]}" </dev/null 2>/dev/null)

  type compopt &>/dev/null || return 0
  case $kind in
    words) compopt +o bashdefault +o default ;;
    folders) compopt +o bashdefault +o default -o dirnames ;;
  esac
  [[ \${COMPREPLY[0]-} == *= ]] && compopt -o nospace
  return 0
}

complete -o bashdefault -o default -F _asr asr
`;
