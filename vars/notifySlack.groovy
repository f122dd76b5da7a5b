// Delegates to the plugin's step of the same name; the parameters are in notifySlack.txt.
def call(Map args = [:]) {
    return steps.notifySlack(args)
}
