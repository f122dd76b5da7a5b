// Delegates to the plugin's step of the same name; the parameters are in updateEcsService.txt.
def call(Map args = [:]) {
    return steps.updateEcsService(args)
}
