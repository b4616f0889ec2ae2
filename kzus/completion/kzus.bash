# Completion of kzus in bash. Put into ~/.bashrc: source <(kzus completion bash)
_kzus() {
    local IFS=$'\n' found
    if found=$(env _KZUS_COMPLETE=complete_bash COMP_WORDS="${COMP_WORDS[*]:0:COMP_CWORD+1}" COMP_CWORD="$COMP_CWORD" \
        "$1" 2>/dev/null); then
        COMPREPLY=($found)
        type compopt >/dev/null 2>&1 && compopt +o default # what belongs here is known, and is no file
    fi
}
complete -o default -F _kzus kzus
