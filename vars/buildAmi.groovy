// Delegates to the plugin's step of the same name; the parameters are in buildAmi.txt.
def call(Map args = [:]) {
    return steps.buildAmi(args)
}
