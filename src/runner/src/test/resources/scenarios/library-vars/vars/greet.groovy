def call(String name) {
    steps.echo "hello ${name}"
    sleep 2
}

def twice(String name) {
    2.times { steps.echo "again ${name}" }
}
