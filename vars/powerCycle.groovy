// Delegates to the plugin's step of the same name; the parameters are in powerCycle.txt.
def call(Map args = [:]) {
    return steps.powerCycle(args)
}
