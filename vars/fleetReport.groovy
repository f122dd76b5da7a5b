// Delegates to the plugin's step of the same name; the parameters are in fleetReport.txt.
def call(Map args = [:]) {
    return steps.fleetReport(args)
}
