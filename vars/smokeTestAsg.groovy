// Delegates to the plugin's step of the same name; the parameters are in smokeTestAsg.txt.
def call(Map args = [:]) {
    return steps.smokeTestAsg(args)
}
