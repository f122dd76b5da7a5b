// Delegates to the plugin's step of the same name; the parameters are in refreshReport.txt.
def call(Map args = [:]) {
    return steps.refreshReport(args)
}
