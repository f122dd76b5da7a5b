// Delegates to the plugin's step of the same name; the parameters are in rollbackAsgs.txt.
def call(Map args = [:]) {
    return steps.rollbackAsgs(args)
}
