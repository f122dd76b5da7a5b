// Delegates to the plugin's step of the same name; the parameters are in recycleOnEvents.txt.
def call(Map args = [:]) {
    return steps.recycleOnEvents(args)
}
