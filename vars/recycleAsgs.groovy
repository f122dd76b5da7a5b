// Delegates to the plugin's step of the same name; the parameters are in recycleAsgs.txt.
def call(Map args = [:]) {
    return steps.recycleAsgs(args)
}
