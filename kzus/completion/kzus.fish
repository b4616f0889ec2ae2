# Completion of kzus in fish. Put into ~/.config/fish/config.fish: kzus completion fish | source
function __kzus_complete
    set -l words (commandline -opc)
    set -l line (commandline -cp | string collect)
    env _KZUS_COMPLETE=complete_fish _TYPER_COMPLETE_ARGS="$line" $words[1] 2>/dev/null
    or __fish_complete_path (commandline -ct)
end
complete -c kzus -f -k -a '(__kzus_complete)'
