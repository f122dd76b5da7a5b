// The weekly refresh as one line of a Jenkinsfile; the parameters are in amiRefreshPipeline.txt.
def call(Map args = [:]) {
    List known = ['families', 'image', 'label', 'waves', 'checks', 'defaults']
    requireKnown('', args, known)
    for (wave in (args.waves ?: [])) {
        requireKnown('waves: ', wave instanceof Map ? wave : [:], selecting())
    }
    List families = args.families ?: []
    Map shipped = [scaleInProtectedInstances: 'Refresh', failOn: 'none', allowEmpty: !args.waves]
    withEnv(environment(shipped + (args.defaults ?: [:]))) {
        try {
            refresh(args, families, args.checks == null ? [[http: '/health']] : args.checks)
        } catch (failure) {
            // Jenkins gives a scripted build its result when it has ended: too late for the message below.
            currentBuild.result = failure instanceof InterruptedException ? 'ABORTED' : 'FAILURE'
            throw failure
        } finally {
            notifySlack event: 'end'
        }
    }
}

private void requireKnown(String where, Map given, List known) {
    List unknown = new ArrayList(given.keySet()) - known
    if (unknown) {
        error "amiRefreshPipeline: ${where}'${unknown[0]}' is no parameter; allowed: ${known.join(', ')}"
    }
}

// What selects groups and places in every step of a wave.
private List selecting() {
    return ['environments', 'onlyEnvironments', 'families', 'asgs', 'tags', 'excludeEnvironments', 'excludeFamilies',
        'excludeAsgs', 'allowEmpty', 'regions', 'accounts', 'externalId', 'credentialsId']
}

// The parameters of all steps as variables, with their names, so that the first step refuses one that no step has.
private List environment(Map defaults) {
    List names = new ArrayList(defaults.keySet())
    List environment = ["AMI_REFRESH_DEFAULTS=${names.join(',')}".toString()]
    for (name in names) {
        def value = defaults[name]
        if (value instanceof Map || (value instanceof List && value.any { it instanceof Map })) {
            error "amiRefreshPipeline: defaults.${name}: a map is for one step; 'waves' and 'image' take it"
        }
        String text = value instanceof List ? value.join(',') : "${value}"
        environment << "AMI_REFRESH_${name.replaceAll('([A-Z])', '_$1').toUpperCase()}=${text}".toString()
    }
    return environment
}

private void refresh(Map args, List families, List checks) {
    List waves = args.waves ?: ['sandbox', 'dev', 'qa,test,training,build', 'qa2,stage', 'prod']
    if (checks) {
        // A check that cannot be asked is found here, not behind the first wave, which may be days later.
        smokeTestAsg checks: checks, dryRun: true, allowEmpty: true
    }
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
            // A job without sources builds with the product's own template, which the step brings along.
            if (build.template || build.variablesFiles) {
                checkout scm
            }
            buildAmi build
        }
    }
}
