// The weekly refresh as one line of a Jenkinsfile; the parameters are in amiRefreshPipeline.txt.
def call(Map args = [:]) {
    List known = ['families', 'image', 'label', 'waves', 'checks', 'defaults']
    List unknown = new ArrayList(args.keySet()) - known
    if (unknown) {
        error "amiRefreshPipeline: '${unknown[0]}' is no parameter; allowed: ${known.join(', ')}"
    }
    List families = args.families ?: []
    Map defaults = [scaleInProtectedInstances: 'Refresh', failOn: 'none'] + (args.defaults ?: [:])
    List environment = []
    for (name in new ArrayList(defaults.keySet())) {
        environment << "AMI_REFRESH_${name.replaceAll('([A-Z])', '_$1').toUpperCase()}=${defaults[name]}".toString()
    }
    withEnv(environment) {
        try {
            refresh(args, families, args.checks == null ? [[http: '/health']] : args.checks)
        } finally {
            notifySlack event: 'end'
        }
    }
}

private void refresh(Map args, List families, List checks) {
    if (families) {
        Map branches = [:]
        for (family in families) {
            branches["Image: ${family}".toString()] = image(args.label ?: 'packer', [family: family] + (args.image ?: [:]))
        }
        stage('Images') { parallel branches }
    }
    stage('Launch templates') {
        notifySlack event: 'start'
        updateLaunchTemplates ami: families ? 'run' : 'newest'
    }
    List waves = args.waves ?: ['sandbox', 'dev', 'qa,test,training,build', 'qa2,stage', 'prod']
    for (wave in waves) {
        Map groups = wave instanceof Map ? wave : [environments: wave]
        stage("Refresh: ${groups.environments ?: 'all'} ${groups.families ?: ''}".trim()) {
            recycleAsgs groups
            if (checks) {
                smokeTestAsg groups + [checks: checks, onFailure: 'rollback']
            }
        }
    }
    stage('Verdict') { refreshReport() }
}

private Closure image(String label, Map build) {
    return {
        node(label) {
            checkout scm
            buildAmi build
        }
    }
}
