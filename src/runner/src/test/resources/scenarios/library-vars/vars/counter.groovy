import groovy.transform.Field

@Field int total = 0

def add(int n) {
    total += n
    steps.echo "total ${total}"
}
