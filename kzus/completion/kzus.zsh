#compdef kzus
# Completion of kzus in zsh. Put into ~/.zshrc, after compinit: source <(kzus completion zsh)
_kzus() {
    local lines
    local -a found
    if lines=$(env _KZUS_COMPLETE=complete_zsh _TYPER_COMPLETE_ARGS="${words[1,CURRENT]}" "${words[1]}" 2>/dev/null); then
        found=("${(@f)lines}")
        [[ -n $lines ]] && _describe -V kzus found
    else
        _files
    fi
}
if [[ ${funcstack[1]} == _kzus ]]; then
    _kzus "$@"
else
    compdef _kzus kzus
fi
