// Delegates to the plugin's step of the same name; the parameters are in updateLaunchTemplates.txt.
def call(Map args = [:]) {
    return steps.updateLaunchTemplates(args)
}
