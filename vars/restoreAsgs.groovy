// Delegates to the plugin's step of the same name; the parameters are in restoreAsgs.txt.
def call(Map args = [:]) {
    return steps.restoreAsgs(args)
}
