// Delegates to the plugin's step of the same name; the parameters are in releaseHold.txt.
def call(Map args = [:]) {
    return steps.releaseHold(args)
}
