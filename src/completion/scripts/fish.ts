/**
 * For fish 3 and later. It adds no space after a word that ends with `=`. The word is asked for
 * without its quotes, of which the last may not be typed yet.
 */
export const FISH = `# fish completion for asr

function __asr_complete
    set -l before (commandline -opc)
    set -l typed (commandline -ct | string collect)
    set -l current "$typed"
    for quote in '' '"' "'"
        set -l plain (string unescape -- "$typed$quote" | string collect); or continue
        set current "$plain"
        break
    end
    set -l program (string replace -r '^~/' "$HOME/" -- $before[1])
    set -l answer ($program complete -- $before[2..-1] "$current" </dev/null 2>/dev/null)
    set -l prefix (string match -r -- '^--[a-z-]+=' "$current")
    set -l rest (string replace -r -- '^--[a-z-]+=' '' "$current")
    switch "$answer[1]"
        case words
            printf '%s\\n' $answer[2..-1]
        case files
            printf "$prefix%s\\n" (__fish_complete_path "$rest")
        case folders
            printf "$prefix%s\\n" (__fish_complete_directories "$rest" '')
    end
end

complete -c asr -e
complete -c asr -f -a '(__asr_complete)'
`;
