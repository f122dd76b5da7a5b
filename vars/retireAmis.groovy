// Delegates to the plugin's step of the same name; the parameters are in retireAmis.txt.
def call(Map args = [:]) {
    return steps.retireAmis(args)
}
