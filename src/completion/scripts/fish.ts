/** For fish 3 and later. It adds no space after a word that ends with `=`. */
export const FISH = `# fish completion for asr

function __asr_complete
    set -l before (commandline -opc)
    set -l current (commandline -ct)
    set -l program (string replace -r '^~/' "$HOME/" -- $before[1])
    set -l answer ($program complete -- $before[2..-1] "$current" 2>/dev/null)
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
