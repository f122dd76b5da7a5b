def call(text) {
    steps.echo "[var] ${text}"
}
